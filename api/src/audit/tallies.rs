//! Refusals: counted per minute, so that a flood of them becomes one entry a minute and source, not a flood of entries.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, upsert::excluded};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject, AuditOutcome},
    ids::{AccountId, HearingId},
    session::Capacity,
};
use uuid::Uuid;

use super::{Entry, Who, record_as};
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

type Tally = (DateTime<Utc>, AuditAction, AuditObject, String, HearingId, AccountId, Option<Capacity>, String, i32);

/// Turns the tallies of minutes that are over into entries.
///
/// # Errors
/// When the database fails.
pub async fn flush_tallies(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    let minute = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
    conn.transaction(async |conn| {
        // Deleting takes the rows' locks: two servers never flush the same one.
        let tallies: Vec<Tally> = diesel::delete(audit_tally::table.filter(audit_tally::minute.lt(minute)))
            .returning(audit_tally::all_columns)
            .get_results(conn)
            .await?;
        let count = tallies.len();
        for (minute, action, object, object_id, hearing, account, capacity, source, events) in tallies {
            let who = capacity.map(|capacity| Who { account, capacity });
            let origin = Origin { request_id: None, source: Some(source).filter(|source| !source.is_empty()) };
            let mut entry = Entry::new(action, object).count(usize::try_from(events).unwrap_or_default());
            entry.outcome = AuditOutcome::Denied;
            entry.object_id = Some(object_id).filter(|id| !id.is_empty());
            entry.hearing = Some(hearing).filter(|hearing| !hearing.0.is_nil());
            record_as(conn, who, &origin, entry, minute).await?;
        }
        Ok(count)
    })
    .await
}
