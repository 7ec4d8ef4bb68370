//! What follows when a hearing passes a boundary of its life. The status does not wait for this; consequences do. A
//! passed boundary is noticed once however late or often it is looked for, and queues the job that does what follows.

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{audit::AuditAction, ids::HearingId};

use crate::{
    audit::{self, Entry},
    db::Connection,
    http::Origin,
    jobs::{self, JobError, Work},
};

#[derive(QueryableByName)]
struct Passed {
    #[diesel(sql_type = sql_types::Uuid)]
    hearing_id: HearingId,
    #[diesel(sql_type = sql_types::Text)]
    boundary: String,
    #[diesel(sql_type = sql_types::Timestamptz)]
    instant: DateTime<Utc>,
}

// A boundary is keyed by where it lay. The key makes two servers that notice it at once agree that one of them did; the
// order keeps them from waiting for each other.
const NOTICE: &str = "\
    INSERT INTO hearing_boundary (hearing_id, boundary, instant, noticed_at) \
    SELECT hearing.id, passed.boundary, passed.instant, $1 \
    FROM hearing CROSS JOIN LATERAL (VALUES ('opened', hearing.starts_at), ('deadline_passed', hearing.deadline_at)) \
        AS passed (boundary, instant) \
    WHERE hearing.published_at IS NOT NULL \
        AND passed.instant <= $1 \
        AND (hearing.cancelled_at IS NULL OR hearing.cancelled_at > passed.instant) \
        AND NOT EXISTS (SELECT FROM hearing_boundary AS known WHERE known.hearing_id = hearing.id \
            AND known.boundary = passed.boundary AND known.instant = passed.instant) \
    ORDER BY hearing.id, passed.boundary \
    ON CONFLICT DO NOTHING \
    RETURNING hearing_id, boundary, instant";

/// Notices the boundaries that were passed and queues what follows; tells how many there were.
///
/// # Errors
/// When the database fails; then nothing was noticed.
pub async fn notice_boundaries(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        let passed: Vec<Passed> =
            diesel::sql_query(NOTICE).bind::<sql_types::Timestamptz, _>(now).get_results(conn).await?;
        for Passed { hearing_id: hearing, boundary, instant } in &passed {
            let (hearing, instant) = (*hearing, *instant);
            let work = match boundary.as_str() {
                "opened" => Work::HearingOpened { hearing, instant },
                _ => Work::DeadlinePassed { hearing, instant },
            };
            jobs::enqueue(conn, &work, now).await?;
        }
        Ok(passed.len())
    })
    .await
}

/// What follows a hearing's start.
///
/// # Errors
/// When the database fails; the queue tries again.
pub async fn opened(conn: &mut Connection, hearing: HearingId, instant: DateTime<Utc>) -> Result<(), JobError> {
    record(conn, AuditAction::HearingOpened, hearing, instant).await
}

/// What follows a hearing's deadline.
///
/// # Errors
/// When the database fails; the queue tries again.
pub async fn deadline_passed(
    conn: &mut Connection,
    hearing: HearingId,
    instant: DateTime<Utc>,
) -> Result<(), JobError> {
    record(conn, AuditAction::HearingDeadlinePassed, hearing, instant).await
}

async fn record(
    conn: &mut Connection,
    action: AuditAction,
    hearing: HearingId,
    instant: DateTime<Utc>,
) -> Result<(), JobError> {
    Ok(audit::record_as(conn, None, &Origin::default(), Entry::on_hearing(action, hearing), instant).await?)
}
