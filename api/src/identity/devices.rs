//! Devices that a person has logged in on before. There a person's own mistakes count and nobody else's: whoever guesses
//! at a password elsewhere locks nobody out of the usual device.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, dsl::exists, select, upsert::excluded};
use diesel_async::RunQueryDsl;
use openapi::ids::AccountId;
use uuid::Uuid;

use super::TokenHash;
use crate::db::{Connection, schema::known_device};

/// How long a device is known after a login.
pub(crate) const KNOWN_FOR: TimeDelta = TimeDelta::days(180);

/// Devices that one account has at the most: those used last.
const PER_ACCOUNT: i64 = 20;

/// Whether an account logged in on a device lately. Asks the same of the database for a name that is nobody's.
pub(super) async fn knows(
    conn: &mut Connection,
    device: &TokenHash,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let known = known_device::table
        .find((&device.0, account.unwrap_or(AccountId(Uuid::nil()))))
        .filter(known_device::used_at.gt(now - KNOWN_FOR));
    select(exists(known)).get_result(conn).await
}

/// Remembers a device under a new token, for everybody who has logged in on it.
pub(super) async fn remember(
    conn: &mut Connection,
    account: AccountId,
    before: Option<&str>,
    token: &str,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let token = TokenHash::of(token);
    if let Some(before) = before {
        diesel::update(known_device::table)
            .filter(known_device::token_hash.eq(TokenHash::of(before).0))
            .set(known_device::token_hash.eq(&token.0))
            .execute(conn)
            .await?;
    }
    diesel::insert_into(known_device::table)
        .values((
            known_device::token_hash.eq(&token.0),
            known_device::account_id.eq(account),
            known_device::used_at.eq(now),
        ))
        .on_conflict((known_device::token_hash, known_device::account_id))
        .do_update()
        .set(known_device::used_at.eq(excluded(known_device::used_at)))
        .execute(conn)
        .await?;
    let others = diesel::alias!(known_device as others);
    let beyond = others
        .filter(others.field(known_device::account_id).eq(account))
        .order(others.field(known_device::used_at).desc())
        .offset(PER_ACCOUNT)
        .select(others.field(known_device::token_hash));
    diesel::delete(known_device::table)
        .filter(known_device::account_id.eq(account).and(known_device::token_hash.eq_any(beyond)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets all of an account's devices.
pub(super) async fn forget(conn: &mut Connection, account: AccountId) -> QueryResult<()> {
    diesel::delete(known_device::table.filter(known_device::account_id.eq(account))).execute(conn).await?;
    Ok(())
}

/// Forgets devices that were not used for long.
pub(super) async fn sweep(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::delete(known_device::table.filter(known_device::used_at.le(now - KNOWN_FOR))).execute(conn).await?;
    Ok(())
}
