//! Writes what the audit log would have heard.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods,
    sql_types::{Array, Text, Uuid},
};
use diesel_async::RunQueryDsl;
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::{AccountId, HearingId},
    session::Capacity,
};

use super::{Error, hearings::Written};
use crate::{
    audit::{self, Change, Entry, Who},
    db::{Connection, schema::hearing_boundary},
    http::Origin,
};

/// An entry for each answer sent or begun, which waits for its seal: in one statement, because there may be a million.
/// An id is of version 7, as everywhere: 48 bits of time, and chance.
const ANSWERS: &str = "\
    WITH entry AS ( \
    INSERT INTO audit_entry (id, occurred_at, actor_id, capacity, action, outcome, object, object_id, hearing_id, \
        recorded_at, transaction_id) \
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') \
            || '7' || left(md5(random()::text), 3) || '8' || left(md5(random()::text), 15))::uuid, \
        at, author_id, capacity, action, 'done', object, id::text, hearing_id, \
        clock_timestamp(), pg_current_xact_id()::text::bigint \
    FROM (SELECT id, hearing_id, author_id, capacity, sent_at AS at, $2 AS action, $3 AS object FROM response \
        UNION ALL SELECT id, hearing_id, author_id, 'employee', created_at, $4, $5 FROM draft) AS written \
    WHERE hearing_id = ANY($1) RETURNING id) \
    INSERT INTO audit_unsealed (entry_id) SELECT id FROM entry";

/// Writes the entries of hearings and of their answers.
pub(super) async fn write(conn: &mut Connection, hearings: &[Written<'_>]) -> Result<(), Error> {
    for hearing in hearings {
        write_decisions(conn, hearing).await?;
    }
    let ids: Vec<HearingId> = hearings.iter().map(|hearing| hearing.id).collect();
    diesel::sql_query(ANSWERS)
        .bind::<Array<Uuid>, _>(ids)
        .bind::<Text, _>(AuditAction::ResponseSent)
        .bind::<Text, _>(AuditObject::Response)
        .bind::<Text, _>(AuditAction::DraftCreated)
        .bind::<Text, _>(AuditObject::Draft)
        .execute(conn)
        .await?;
    Ok(())
}

async fn write_decisions(conn: &mut Connection, hearing: &Written<'_>) -> Result<(), Error> {
    let Written { case, id, times, .. } = hearing;
    let owner = case.owner.id;
    let title = vec![Change::decision("title", None::<&str>, Some(&case.text.title))];
    let entry = Entry::on_hearing(AuditAction::HearingCreated, *id).changes(title);
    record(conn, owner, entry, times.created_at).await?;
    if let Some(published_at) = times.published_at {
        let changes = vec![
            Change::decision("startsAt", None::<&str>, times.starts_at().map(|start| start.to_rfc3339())),
            Change::decision("deadlineOn", None::<&str>, times.deadline_on),
        ];
        let entry = Entry::on_hearing(AuditAction::HearingPublished, *id).changes(changes);
        record(conn, owner, entry, published_at).await?;
    }
    if let Some(concluded_at) = times.concluded_at {
        let entry = Entry::on_hearing(AuditAction::HearingConcluded, *id).changes(vec![Change::text("conclusion")]);
        record(conn, owner, entry, concluded_at).await?;
    }
    Ok(())
}

pub(super) async fn record(
    conn: &mut Connection,
    account: AccountId,
    entry: Entry,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let who = Who { account, capacity: Capacity::Employee };
    Ok(audit::record_as(conn, Some(who), &Origin::default(), entry, at).await?)
}

/// Writes that the boundaries passed by now were noticed when they were passed, with what followed.
pub(super) async fn pass_boundaries(
    conn: &mut Connection,
    hearings: &[Written<'_>],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for Written { id, times, .. } in hearings.iter().filter(|hearing| hearing.times.published_at.is_some()) {
        for (boundary, action, instant) in [
            ("opened", AuditAction::HearingOpened, times.starts_at()),
            ("deadline_passed", AuditAction::HearingDeadlinePassed, times.deadline_at()),
        ] {
            let Some(instant) = instant.filter(|instant| *instant <= now && !times.cancelled_by(*instant)) else {
                continue;
            };
            diesel::insert_into(hearing_boundary::table)
                .values((
                    hearing_boundary::hearing_id.eq(id),
                    hearing_boundary::boundary.eq(boundary),
                    hearing_boundary::instant.eq(instant),
                    hearing_boundary::noticed_at.eq(instant),
                ))
                .execute(conn)
                .await?;
            audit::record_as(conn, None, &Origin::default(), Entry::on_hearing(action, *id), instant).await?;
        }
    }
    Ok(())
}
