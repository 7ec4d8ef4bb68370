//! The people of Eksempel Kommune: forty with a log-in, and colleagues who have only answered.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use openapi::{
    ids::AccountId,
    session::{DemoPerson, GlobalRole},
    text::slug,
};
use serde::Deserialize;

use super::{Error, in_parts};
use crate::{
    db::{
        Connection,
        schema::{account, account_role, credential},
    },
    login,
};

/// The password of everybody in the demonstration; no secret, nobody of them exists.
pub const PASSWORD: &str = "hoering-2026";

/// How many of a town's people begin hearings: one in so many.
const PEOPLE_A_CREATOR: usize = 100;

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
    /// Whether he may begin hearings.
    pub(super) creates: bool,
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

/// Writes everybody with a log-in and so many colleagues; who is there already stays as he is.
pub(super) async fn write(conn: &mut Connection, colleagues: usize, now: DateTime<Utc>) -> Result<Town, Error> {
    let file = "names.json";
    let names: Names =
        serde_json::from_str(include_str!("demo/names.json")).map_err(|source| Error::Unreadable { file, source })?;
    let described = described()?;
    let since = now - TimeDelta::days(400);
    let mut people: Vec<Inhabitant> = described.iter().map(|person| person.to_inhabitant(since)).collect();
    people.extend((0..colleagues).filter_map(|place| colleague(&names, place, since)));
    move_in(conn, &mut people, since).await?;
    write_log_ins(conn, &described, &people).await?;
    write_roles(conn, &described, &people).await?;
    let by_username = (0..).zip(described).map(|(place, person)| (person.username, place)).collect();
    Ok(Town { people, by_username, bodies: names.bodies })
}

/// Gives everybody an account, or the account he has.
async fn move_in(conn: &mut Connection, people: &mut [Inhabitant], since: DateTime<Utc>) -> Result<(), Error> {
    let accounts: Vec<_> = people
        .iter()
        .map(|person| {
            (
                account::id.eq(person.id),
                account::name.eq(person.name.clone()),
                account::email.eq(person.email.clone()),
                account::department.eq(Some(person.department.clone())),
                account::created_at.eq(since),
            )
        })
        .collect();
    in_parts(conn, accounts, async |conn, part| {
        diesel::insert_into(account::table).values(part).on_conflict_do_nothing().execute(conn).await
    })
    .await?;
    let emails: Vec<&str> = people.iter().map(|person| person.email.as_str()).collect();
    let known: HashMap<String, AccountId> = account::table
        .filter(account::email.eq_any(emails))
        .select((account::email, account::id))
        .load::<(String, AccountId)>(conn)
        .await?
        .into_iter()
        .collect();
    for person in people {
        person.id = known.get(&person.email).copied().unwrap_or(person.id);
    }
    Ok(())
}

async fn write_log_ins(conn: &mut Connection, described: &[Described], people: &[Inhabitant]) -> Result<(), Error> {
    // Hashing takes its time on purpose; the one password of all is hashed once.
    let hash = login::hash_password(PASSWORD).map_err(Error::Hashing)?;
    let credentials: Vec<_> = described
        .iter()
        .zip(people)
        .map(|(described, person)| {
            (
                credential::account_id.eq(person.id),
                credential::username.eq(&described.username),
                credential::username_key.eq(login::fold_username(&described.username)),
                credential::password_hash.eq(&hash),
            )
        })
        .collect();
    diesel::insert_into(credential::table).values(credentials).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

async fn write_roles(conn: &mut Connection, described: &[Described], people: &[Inhabitant]) -> Result<(), Error> {
    let of_described = described
        .iter()
        .zip(people)
        .flat_map(|(described, person)| described.roles.iter().map(|role| (person.id, *role)));
    let of_colleagues = people
        .iter()
        .skip(described.len())
        .filter(|person| person.creates)
        .map(|person| (person.id, GlobalRole::HearingCreator));
    let roles: Vec<_> = of_described
        .chain(of_colleagues)
        .map(|(id, role)| (account_role::account_id.eq(id), account_role::role.eq(role)))
        .collect();
    diesel::insert_into(account_role::table).values(roles).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

impl Described {
    fn to_inhabitant(&self, since: DateTime<Utc>) -> Inhabitant {
        Inhabitant {
            is_offered: self.about.is_some(),
            creates: self.roles.contains(&GlobalRole::HearingCreator),
            ..inhabitant(&self.name, &self.department, since)
        }
    }
}

fn inhabitant(name: &str, department: &str, since: DateTime<Utc>) -> Inhabitant {
    Inhabitant {
        id: AccountId::new(since),
        name: name.to_owned(),
        department: department.to_owned(),
        // A domain that nobody can own, so that no mail can ever arrive.
        email: format!("{}@eksempel-kommune.example", slug(name).replace('-', ".")),
        is_offered: false,
        creates: false,
    }
}

/// First and last names run at different lengths, so that no pair comes twice; when all pairs are used up, a middle name
/// tells the next ones apart.
fn colleague(names: &Names, place: usize, since: DateTime<Utc>) -> Option<Inhabitant> {
    let around = |from: &[String], place: usize| from.get(place % from.len().max(1)).cloned();
    let (first, last) = (around(&names.first, place)?, around(&names.last, place)?);
    let name = match place / (names.first.len() * names.last.len()).max(1) {
        0 => format!("{first} {last}"),
        round => format!("{first} {} {last}", around(&names.last, place + round)?),
    };
    let creates = place % PEOPLE_A_CREATOR == PEOPLE_A_CREATOR - 1;
    Some(Inhabitant { creates, ..inhabitant(&name, &around(&names.departments, place)?, since) })
}
