//! The people of Eksempel Kommune: forty with a log-in, and colleagues who have only answered.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::ExpressionMethods;
use diesel_async::RunQueryDsl;
use openapi::{
    ids::AccountId,
    session::{DemoPerson, GlobalRole},
    text::slug,
};
use serde::Deserialize;

use super::Error;
use crate::{
    db::{
        Connection,
        schema::{account, account_role, credential},
    },
    identity,
};

/// The password of everybody in the demonstration; no secret, nobody of them exists.
pub const PASSWORD: &str = "hoering-2026";

/// A person answers a hearing once, so that many answers need many people.
const COLLEAGUES: usize = 84;

/// What is written of somebody with a log-in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    username: String,
    name: String,
    department: String,
    #[serde(default)]
    roles: Vec<GlobalRole>,
    /// For those who are offered on the log-in page.
    about: Option<String>,
}

/// What colleagues are made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    first: Vec<String>,
    last: Vec<String>,
    departments: Vec<String>,
    bodies: Vec<String>,
}

/// Somebody of the municipality.
#[derive(Debug, Clone)]
pub(super) struct Inhabitant {
    pub(super) id: AccountId,
    pub(super) name: String,
    pub(super) department: String,
    pub(super) email: String,
    /// Whether somebody may want to be him: then he answers only what he is told to.
    pub(super) is_offered: bool,
}

/// Everybody there is.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) people: Vec<Inhabitant>,
    by_username: HashMap<String, usize>,
    /// What answers are given on behalf of, with `{afdeling}` for the department.
    pub(super) bodies: Vec<String>,
}

impl Town {
    /// Somebody by user name.
    pub(super) fn person(&self, username: &str) -> Result<&Inhabitant, Error> {
        let place = self.by_username.get(username);
        let person = place.and_then(|place| self.people.get(*place));
        person.ok_or_else(|| Error::Contradiction(format!("nobody is called {username}")))
    }
}

/// The people offered on the log-in page.
#[must_use]
pub fn demo_people() -> Vec<DemoPerson> {
    let offered = |person: Described| {
        let Described { username, name, about, .. } = person;
        about.map(|description| DemoPerson { username, password: PASSWORD.to_owned(), name, description })
    };
    // A test reads the file; should it ever be broken, the log-in page has its form left.
    described().unwrap_or_default().into_iter().filter_map(offered).collect()
}

fn described() -> Result<Vec<Described>, Error> {
    let file = "people.json";
    serde_json::from_str(include_str!("demo/people.json")).map_err(|source| Error::Unreadable { file, source })
}

/// Writes everybody.
pub(super) async fn write(conn: &mut Connection, now: DateTime<Utc>) -> Result<Town, Error> {
    let file = "names.json";
    let names: Names =
        serde_json::from_str(include_str!("demo/names.json")).map_err(|source| Error::Unreadable { file, source })?;
    let described = described()?;
    let since = now - TimeDelta::days(400);
    let mut people: Vec<Inhabitant> = described
        .iter()
        .map(|person| inhabitant(&person.name, &person.department, person.about.is_some(), since))
        .collect();
    people.extend((0..COLLEAGUES).filter_map(|place| colleague(&names, place, since)));

    let accounts: Vec<_> = people
        .iter()
        .map(|person| {
            (
                account::id.eq(person.id),
                account::name.eq(&person.name),
                account::email.eq(&person.email),
                account::department.eq(Some(&person.department)),
                account::created_at.eq(since),
            )
        })
        .collect();
    diesel::insert_into(account::table).values(accounts).execute(conn).await?;
    write_log_ins(conn, &described, &people).await?;
    let by_username = (0..).zip(described).map(|(place, person)| (person.username, place)).collect();
    Ok(Town { people, by_username, bodies: names.bodies })
}

async fn write_log_ins(conn: &mut Connection, described: &[Described], people: &[Inhabitant]) -> Result<(), Error> {
    // Hashing takes its time on purpose; the one password of all is hashed once.
    let hash = identity::hash_password(PASSWORD).map_err(Error::Hashing)?;
    let credentials: Vec<_> = described
        .iter()
        .zip(people)
        .map(|(described, person)| {
            (
                credential::account_id.eq(person.id),
                credential::username.eq(&described.username),
                credential::password_hash.eq(&hash),
            )
        })
        .collect();
    diesel::insert_into(credential::table).values(credentials).execute(conn).await?;
    let roles: Vec<_> = described
        .iter()
        .zip(people)
        .flat_map(|(described, person)| described.roles.iter().map(|role| (person.id, *role)))
        .map(|(id, role)| (account_role::account_id.eq(id), account_role::role.eq(role)))
        .collect();
    diesel::insert_into(account_role::table).values(roles).execute(conn).await?;
    Ok(())
}

fn inhabitant(name: &str, department: &str, is_offered: bool, since: DateTime<Utc>) -> Inhabitant {
    Inhabitant {
        id: AccountId::new(since),
        name: name.to_owned(),
        department: department.to_owned(),
        // A domain that nobody can own, so that no mail can ever arrive.
        email: format!("{}@eksempel-kommune.example", slug(name).replace('-', ".")),
        is_offered,
    }
}

/// First and last names run at different lengths, so that no pair comes twice.
fn colleague(names: &Names, place: usize, since: DateTime<Utc>) -> Option<Inhabitant> {
    let around = |from: &[String]| from.get(place % from.len().max(1)).cloned();
    let name = format!("{} {}", around(&names.first)?, around(&names.last)?);
    Some(inhabitant(&name, &around(&names.departments)?, false, since))
}
