//! Refusals: counted per minute, so that a flood of them becomes one entry a minute and source, not a flood of entries.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryResult, QueryableByName, pg::Pg, sql_types, upsert::excluded};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject, AuditOutcome},
    ids::{AccountId, HearingId},
    session::Capacity,
};
use uuid::Uuid;

use super::{Change, Entry, Who, record_as};
use crate::{
    db::{Connection, schema::audit_tally},
    http::Origin,
    identity::Actor,
};

/// Counts a refusal, in a transaction of its own: what was refused was rolled back.
///
/// # Errors
/// When the database fails.
pub async fn tally(
    conn: &mut Connection,
    entry: Entry,
    actor: Option<&Actor>,
    origin: &Origin,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let minute = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
    diesel::insert_into(audit_tally::table)
        .values((
            audit_tally::minute.eq(minute),
            audit_tally::action.eq(entry.action),
            audit_tally::object.eq(entry.object),
            audit_tally::object_id.eq(entry.object_id.unwrap_or_default()),
            audit_tally::hearing_id.eq(entry.hearing.map_or(Uuid::nil(), |hearing| hearing.0)),
            audit_tally::actor_id.eq(actor.map_or(Uuid::nil(), |actor| actor.account.0)),
            audit_tally::capacity.eq(actor.map(|actor| actor.capacity)),
            audit_tally::source.eq(origin.source.clone().unwrap_or_default()),
            audit_tally::count.eq(1),
        ))
        .on_conflict((
            audit_tally::minute,
            audit_tally::action,
            audit_tally::object,
            audit_tally::object_id,
            audit_tally::hearing_id,
            audit_tally::actor_id,
            audit_tally::source,
        ))
        .do_update()
        .set(audit_tally::count.eq(audit_tally::count + excluded(audit_tally::count)))
        .execute(conn)
        .await?;
    Ok(())
}

#[derive(QueryableByName)]
#[diesel(table_name = audit_tally, check_for_backend(Pg))]
struct Tally {
    minute: DateTime<Utc>,
    action: AuditAction,
    object: AuditObject,
    object_id: String,
    hearing_id: HearingId,
    actor_id: AccountId,
    capacity: Option<Capacity>,
    source: String,
    count: i32,
}

const TAKE: &str = "DELETE FROM audit_tally WHERE ctid = ANY(ARRAY( \
         SELECT ctid FROM audit_tally WHERE minute < $1 ORDER BY minute LIMIT $2 FOR UPDATE SKIP LOCKED)) \
     RETURNING minute, action, object, object_id, hearing_id, actor_id, capacity, source, count";

/// Tallies that become entries in one transaction, so that nothing waits long for it. The rest follows in the next.
const AT_ONCE: i64 = 500;

/// The minute of refusals that are written so much later, because the service was down, is no longer their entry's time:
/// that has to be near the time at which it is recorded.
const LONG_AGO: TimeDelta = TimeDelta::minutes(5);

/// Turns tallies of minutes that are over into entries; tells how many.
///
/// # Errors
/// When the database fails.
pub async fn flush_tallies(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    let minute = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
    conn.transaction(async |conn| {
        // Two servers never flush the same one.
        let tallies: Vec<Tally> = diesel::sql_query(TAKE)
            .bind::<sql_types::Timestamptz, _>(minute)
            .bind::<sql_types::BigInt, _>(AT_ONCE)
            .get_results(conn)
            .await?;
        let count = tallies.len();
        for tally in tallies {
            let who = tally.capacity.map(|capacity| Who { account: tally.actor_id, capacity });
            let origin = Origin { request_id: None, source: Some(tally.source).filter(|source| !source.is_empty()) };
            let count = usize::try_from(tally.count).unwrap_or_default();
            let mut entry = Entry::new(tally.action, tally.object).count(count);
            entry.outcome = AuditOutcome::Denied;
            entry.object_id = Some(tally.object_id).filter(|id| !id.is_empty());
            entry.hearing = Some(tally.hearing_id).filter(|hearing| !hearing.0.is_nil());
            let mut at = tally.minute;
            if now.signed_duration_since(at) > LONG_AGO {
                at = now;
                entry = entry.changes(vec![Change::decision("minute", None::<&str>, Some(tally.minute.to_rfc3339()))]);
            }
            record_as(conn, who, &origin, entry, at).await?;
        }
        Ok(count)
    })
    .await
}
