//! Logging in and out, and making accounts.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, upsert::excluded};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::{AccountId, SessionId},
    session::{Capacity, GlobalRole, LoginRequest},
};

use super::{Actor, BuiltInAccounts, Error, built_in, queries, throttle};
use crate::{
    audit::{self, Entry},
    db::{
        Connection,
        schema::{account, account_role, credential, session},
    },
    http::{Origin, cookies::new_token},
};

/// Logs in with a built-in account and gives the session's token, which is stored nowhere.
///
/// # Errors
/// [`Error::Throttled`] after too many failures, [`Error::BadCredentials`].
pub(super) async fn log_in(
    conn: &mut Connection,
    accounts: &BuiltInAccounts,
    request: LoginRequest,
    name_digest: String,
    origin: Origin,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let subjects = throttle::Subjects::new(&request.username, &origin);
    throttle::check(conn, &subjects, now).await?;
    let known: Option<(AccountId, String)> = credential::table
        .filter(diesel::dsl::sql::<diesel::sql_types::Text>("lower(username)").eq(request.username.to_lowercase()))
        .select((credential::account_id, credential::password_hash))
        .first(conn)
        .await
        .optional()?;
    let (id, stored) = known.unzip();
    let fits = accounts.verify(request.password, stored).await?;
    match id {
        Some(id) if fits => {
            throttle::forget(conn, &subjects).await?;
            open_session(conn, id, Capacity::Employee, origin, now).await
        }
        _ => {
            throttle::count(conn, &subjects, now).await?;
            let refusal = Entry::new(AuditAction::LoginFailed, AuditObject::Session).object_id(name_digest);
            audit::tally(conn, refusal, None, &origin, now).await?;
            Err(Error::BadCredentials)
        }
    }
}

async fn open_session(
    conn: &mut Connection,
    account: AccountId,
    capacity: Capacity,
    origin: Origin,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let token = new_token();
    let hash = queries::token_hash(&token);
    let id = SessionId::new(now);
    conn.transaction(async |conn| {
        diesel::insert_into(session::table)
            .values((
                session::id.eq(id),
                session::token_hash.eq(hash),
                session::account_id.eq(account),
                session::capacity.eq(capacity),
                session::created_at.eq(now),
                session::last_used_at.eq(now),
            ))
            .execute(conn)
            .await?;
        diesel::update(account::table.find(account)).set(account::last_login_at.eq(now)).execute(conn).await?;
        let who = audit::Who { account, capacity };
        let entry = Entry::new(AuditAction::LoggedIn, AuditObject::Session).object_id(id);
        audit::record_as(conn, Some(who), &origin, entry, now).await?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(token)
}

/// Ends a session before its time.
///
/// # Errors
/// When the database fails.
pub(super) async fn log_out(conn: &mut Connection, actor: &Actor, now: DateTime<Utc>) -> Result<(), Error> {
    conn.transaction(async |conn| {
        diesel::update(session::table.find(actor.session))
            .filter(session::revoked_at.is_null())
            .set(session::revoked_at.eq(now))
            .execute(conn)
            .await?;
        let entry = Entry::new(AuditAction::LoggedOut, AuditObject::Session).object_id(actor.session);
        audit::record(conn, actor, entry, now).await?;
        Ok(())
    })
    .await
}

/// A person with a built-in account, as the command line and the seed make him.
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

/// Makes a built-in account, or brings the one with the same e-mail address up to date.
///
/// # Errors
/// When the user name is somebody else's or the database fails.
pub async fn upsert_account(conn: &mut Connection, person: &Person, now: DateTime<Utc>) -> Result<AccountId, Error> {
    let password_hash = built_in::hash(&person.password)?;
    conn.transaction(async |conn| {
        let known: Option<AccountId> = account::table
            .filter(diesel::dsl::sql::<diesel::sql_types::Text>("lower(email)").eq(person.email.to_lowercase()))
            .select(account::id)
            .first(conn)
            .await
            .optional()?;
        let id = known.unwrap_or_else(|| AccountId::new(now));
        diesel::insert_into(account::table)
            .values((
                account::id.eq(id),
                account::name.eq(&person.name),
                account::email.eq(&person.email),
                account::department.eq(&person.department),
                account::created_at.eq(now),
            ))
            .on_conflict(account::id)
            .do_update()
            .set((account::name.eq(excluded(account::name)), account::department.eq(excluded(account::department))))
            .execute(conn)
            .await?;
        diesel::insert_into(credential::table)
            .values((
                credential::account_id.eq(id),
                credential::username.eq(&person.username),
                credential::password_hash.eq(&password_hash),
            ))
            .on_conflict(credential::account_id)
            .do_update()
            .set((
                credential::username.eq(excluded(credential::username)),
                credential::password_hash.eq(excluded(credential::password_hash)),
            ))
            .execute(conn)
            .await?;
        diesel::delete(account_role::table.filter(account_role::account_id.eq(id))).execute(conn).await?;
        let roles: Vec<_> =
            person.roles.iter().map(|role| (account_role::account_id.eq(id), account_role::role.eq(role))).collect();
        diesel::insert_into(account_role::table).values(roles).execute(conn).await?;
        Ok(id)
    })
    .await
}
