//! Reads of people and sessions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper, dsl::array};
use diesel_async::RunQueryDsl;
use openapi::{employees::Employee, ids::AccountId, session::GlobalRole};

use super::{
    Actor, TokenHash,
    rows::{AccountRow, SessionRow},
};
use crate::{
    config::SessionRules,
    db::{
        Connection, Shared,
        schema::{account, account_role, session},
    },
    http::Origin,
};

/// Who a session's token belongs to, unless the session has ended; notes its use.
///
/// # Errors
/// When the database fails.
pub async fn actor(
    conn: &mut Connection,
    token: &str,
    rules: SessionRules,
    origin: Origin,
    now: DateTime<Utc>,
) -> QueryResult<Option<Actor>> {
    let token = TokenHash::of(token);
    let Some(Living(session, person, roles)) = living(conn, &token, rules, now).await? else { return Ok(None) };
    if rules.is_worth_noting(session.last_used_at, now) {
        diesel::update(session::table.find(session.id)).set(session::last_used_at.eq(now)).execute(conn).await?;
    }
    Ok(Some(Actor {
        account: person.id,
        session: session.id,
        token,
        name: person.name,
        email: person.email,
        department: person.department,
        capacity: session.capacity,
        roles,
        expires_at: rules.expires_at(session.created_at, now),
        origin,
    }))
}

/// The same caller as things stand now, unless the session has ended since.
pub(super) async fn actor_again(
    conn: Shared<'_>,
    actor: &Actor,
    rules: SessionRules,
    now: DateTime<Utc>,
) -> QueryResult<Option<Actor>> {
    let found = living(conn, &actor.token, rules, now).await?;
    Ok(found.map(|Living(_, _, roles)| Actor { roles, ..actor.clone() }))
}

/// A session that has not ended, whose it is, and the person's global roles.
struct Living(SessionRow, AccountRow, Vec<GlobalRole>);

// One statement, because every request of everybody who is logged in begins with it.
async fn living(
    mut conn: Shared<'_>,
    token: &TokenHash,
    rules: SessionRules,
    now: DateTime<Utc>,
) -> QueryResult<Option<Living>> {
    let roles = account_role::table
        .filter(account_role::account_id.eq(account::id))
        .order(account_role::role)
        .select(account_role::role);
    let found: Option<(SessionRow, AccountRow, Vec<GlobalRole>)> = session::table
        .inner_join(account::table)
        .filter(session::token_hash.eq(&token.0))
        .filter(session::revoked_at.is_null())
        .select((SessionRow::as_select(), AccountRow::as_select(), array(roles)))
        .get_result(&mut conn)
        .await
        .optional()?;
    let lives = |(session, _, _): &(SessionRow, _, _)| rules.expires_at(session.created_at, session.last_used_at) > now;
    Ok(found.filter(lives).map(|(session, person, roles)| Living(session, person, roles)))
}

/// A person's global roles.
///
/// # Errors
/// When the database fails.
pub async fn global_roles(conn: &mut Connection, id: AccountId) -> QueryResult<Vec<GlobalRole>> {
    account_role::table
        .filter(account_role::account_id.eq(id))
        .order(account_role::role)
        .select(account_role::role)
        .load(conn)
        .await
}

/// A person, as staff see them.
///
/// # Errors
/// When the database fails.
pub async fn employee(conn: &mut Connection, id: AccountId) -> QueryResult<Option<Employee>> {
    let row = account::table.find(id).select(AccountRow::as_select()).get_result(conn).await.optional()?;
    Ok(row.map(AccountRow::into_employee))
}

/// People, as staff see them, by id.
///
/// # Errors
/// When the database fails.
pub async fn employees(conn: &mut Connection, ids: &[AccountId]) -> QueryResult<HashMap<AccountId, Employee>> {
    let rows = account::table.filter(account::id.eq_any(ids)).select(AccountRow::as_select()).load(conn).await?;
    Ok(rows.into_iter().map(|row: AccountRow| (row.id, row.into_employee())).collect())
}
