//! Devices that a person has logged in on before. There the failures of that device count and no others: guessing at a
//! password elsewhere locks no person out of the usual device.
//!
//! A device is known by its cookie, and is the same one when the cookie changes. Each login on it, of whichever of its
//! accounts, gives it a new cookie; one from before is that of an unknown device.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, upsert::excluded};
use diesel_async::RunQueryDsl;
use openapi::ids::AccountId;
use uuid::{Builder, Uuid};

use crate::{
    db::{Connection, schema::known_device},
    http::cookies::DEVICE_KNOWN_FOR,
    identity::TokenHash,
};

/// Devices that one account has at the most: those used last.
const PER_ACCOUNT: i64 = 20;

/// A device, whatever its cookie is by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Device(pub(super) Uuid);

/// The device with this cookie, if the account logged in on it lately. Asks the same of the database for a name that
/// belongs to no account.
pub(super) async fn known(
    conn: &mut Connection,
    token: &str,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<Option<Device>> {
    let known = known_device::table
        .find((TokenHash::of(token).0, account.unwrap_or(AccountId(Uuid::nil()))))
        .filter(known_device::used_at.gt(now - DEVICE_KNOWN_FOR))
        .select(known_device::device_id);
    Ok(known.get_result(conn).await.optional()?.map(Device))
}

/// Remembers a device under a new token, for all who have logged in on it. It stays the device that it was: what failed
/// on it before still counts.
pub(super) async fn remember(
    conn: &mut Connection,
    account: AccountId,
    before: Option<&str>,
    token: &str,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let token = TokenHash::of(token);
    let same: Vec<Uuid> = match before {
        Some(before) => {
            diesel::update(known_device::table)
                .filter(known_device::token_hash.eq(TokenHash::of(before).0))
                .set(known_device::token_hash.eq(&token.0))
                .returning(known_device::device_id)
                .get_results(conn)
                .await?
        }
        None => Vec::new(),
    };
    let new = || Builder::from_random_bytes(rand::random()).into_uuid();
    let device = same.into_iter().next().unwrap_or_else(new);
    diesel::insert_into(known_device::table)
        .values((
            known_device::token_hash.eq(&token.0),
            known_device::account_id.eq(account),
            known_device::used_at.eq(now),
            known_device::device_id.eq(device),
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
    diesel::delete(known_device::table.filter(known_device::used_at.le(now - DEVICE_KNOWN_FOR))).execute(conn).await?;
    Ok(())
}
