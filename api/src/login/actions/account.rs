//! Making accounts and keeping them up to date.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, IntoSql, OptionalExtension, QueryDsl, QueryResult, sql_types::Text, upsert::excluded};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    employees::Employee,
    ids::AccountId,
    session::{Capacity, GlobalRole},
};

use crate::{
    audit::{self, Change, Entry},
    db::{
        Connection,
        schema::{account, account_role, credential, session},
    },
    http::Origin,
    identity::queries::{employee, global_roles},
    login::{Error, devices, password, queries::lower, username},
    ports::identity::Identity,
};

/// A person with a built-in account, as the command line makes it.
#[derive(Debug, Clone)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// E-mail address; an account with the same one is changed instead of made.
    pub email: String,
    /// Department.
    pub department: Option<String>,
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// Global roles, all of them.
    pub roles: Vec<GlobalRole>,
}

/// Makes a built-in account, or brings the one with the same e-mail address up to date. All who are logged in with it have
/// to log in again: the old password and the old roles end at once, and no device is known any more.
///
/// # Errors
/// When the user name is that of another account or the database fails.
pub async fn upsert_account(conn: &mut Connection, person: &Person, now: DateTime<Utc>) -> Result<AccountId, Error> {
    let password_hash = password::hash(&person.password)?;
    conn.transaction(async |conn| {
        let known: Option<AccountId> = account::table
            .filter(lower(account::email).eq(lower(person.email.as_str().into_sql::<Text>())))
            .select(account::id)
            .get_result(conn)
            .await
            .optional()?;
        let id = known.unwrap_or_else(|| AccountId::new(now));
        let identity = Identity {
            account: id,
            name: person.name.clone(),
            email: person.email.clone(),
            department: person.department.clone(),
            capacity: Capacity::Employee,
            roles: person.roles.clone(),
        };
        let mut changes = write(conn, &identity, now).await?;
        write_credential(conn, id, &person.username, &password_hash).await?;
        changes.push(Change::text("password"));
        end_all_sessions(conn, id, now).await?;
        record(conn, id, changes, &Origin::default(), now).await?;
        Ok(id)
    })
    .await
}

/// Makes an account what its identity provider says of it at a login.
pub(super) async fn bring_up_to_date(
    conn: &mut Connection,
    identity: &Identity,
    origin: &Origin,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let changes = write(conn, identity, now).await?;
    if changes.is_empty() { Ok(()) } else { record(conn, identity.account, changes, origin, now).await }
}

async fn record(
    conn: &mut Connection,
    id: AccountId,
    changes: Vec<Change>,
    origin: &Origin,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let entry = Entry::new(AuditAction::AccountChanged, AuditObject::Account).object_id(id).changes(changes);
    audit::record_as(conn, None, origin, entry, now).await
}

/// Writes a person and their roles where these differ from what is there; tells what did.
async fn write(conn: &mut Connection, identity: &Identity, now: DateTime<Utc>) -> QueryResult<Vec<Change>> {
    let Identity { account, name, email, department, .. } = identity.clone();
    let before = employee(conn, account).await?;
    let after = Employee { id: account, name, email, department };
    let mut changes = differences(before.as_ref(), &after);
    if !changes.is_empty() {
        write_person(conn, &after, now).await?;
    }
    changes.extend(write_roles(conn, account, &identity.roles).await?);
    Ok(changes)
}

fn differences(before: Option<&Employee>, after: &Employee) -> Vec<Change> {
    let personal = |field, value: fn(&Employee) -> Option<String>| {
        let (old, new) = (before.and_then(value), value(after));
        (old != new).then(|| Change::personal(field, old, new, Some(after.id)))
    };
    let fields = [
        personal("name", |person| Some(person.name.clone())),
        personal("email", |person| Some(person.email.clone())),
        personal("department", |person| person.department.clone()),
    ];
    fields.into_iter().flatten().collect()
}

async fn write_person(conn: &mut Connection, person: &Employee, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::insert_into(account::table)
        .values((
            account::id.eq(person.id),
            account::name.eq(&person.name),
            account::email.eq(&person.email),
            account::department.eq(&person.department),
            account::created_at.eq(now),
        ))
        .on_conflict(account::id)
        .do_update()
        .set((
            account::name.eq(excluded(account::name)),
            account::email.eq(excluded(account::email)),
            account::department.eq(excluded(account::department)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

async fn write_roles(conn: &mut Connection, id: AccountId, roles: &[GlobalRole]) -> QueryResult<Option<Change>> {
    let before: BTreeSet<GlobalRole> = global_roles(conn, id).await?.into_iter().collect();
    let after: BTreeSet<GlobalRole> = roles.iter().copied().collect();
    if before == after {
        return Ok(None);
    }
    diesel::delete(account_role::table.filter(account_role::account_id.eq(id))).execute(conn).await?;
    let rows: Vec<_> =
        after.iter().map(|role| (account_role::account_id.eq(id), account_role::role.eq(*role))).collect();
    diesel::insert_into(account_role::table).values(rows).on_conflict_do_nothing().execute(conn).await?;
    Ok(Some(Change::decision("roles", listed(&before), listed(&after))))
}

fn listed(roles: &BTreeSet<GlobalRole>) -> Option<String> {
    let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

async fn write_credential(
    conn: &mut Connection,
    id: AccountId,
    username: &str,
    password_hash: &str,
) -> QueryResult<()> {
    diesel::insert_into(credential::table)
        .values((
            credential::account_id.eq(id),
            credential::username.eq(username),
            credential::username_key.eq(username::fold(username)),
            credential::password_hash.eq(password_hash),
        ))
        .on_conflict(credential::account_id)
        .do_update()
        .set((
            credential::username.eq(excluded(credential::username)),
            credential::username_key.eq(excluded(credential::username_key)),
            credential::password_hash.eq(excluded(credential::password_hash)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends all sessions of an account, on every server, forgets its devices, and lets no login through that is under way;
/// tells how many sessions there were.
pub(super) async fn end_all_sessions(conn: &mut Connection, id: AccountId, now: DateTime<Utc>) -> QueryResult<usize> {
    let once_more = account::sessions_ended.eq(account::sessions_ended + 1);
    diesel::update(account::table.find(id)).set(once_more).execute(conn).await?;
    devices::forget(conn, id).await?;
    diesel::update(session::table)
        .filter(session::account_id.eq(id))
        .filter(session::revoked_at.is_null())
        .set(session::revoked_at.eq(now))
        .execute(conn)
        .await
}
