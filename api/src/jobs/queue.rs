//! Putting jobs into the queue and trying the next one.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures::FutureExt;
use openapi::ids::JobId;
use serde_json::json;

use super::{JobError, Work, rows::JobRow, runner::Failed};
use crate::{
    attachments,
    db::{Connection, schema::job},
    hearings, responses,
    service::Service,
};

/// Tries before a job is given up: over the back-off below, about a day and a half.
const ATTEMPTS: i32 = 16;

/// Queues a job, in the transaction of its cause. Whoever does the jobs is woken by [`super::bell`] after the commit.
///
/// # Errors
/// When the database fails; then the cause must not happen either.
pub async fn enqueue(conn: &mut Connection, work: &Work, now: DateTime<Utc>) -> QueryResult<()> {
    let written = json!(work);
    let kind = written.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default();
    diesel::insert_into(job::table)
        .values((
            job::id.eq(JobId::new(now)),
            job::kind.eq(kind),
            job::payload.eq(written.get("payload").cloned().unwrap_or_default()),
            job::created_at.eq(now),
            job::run_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Tries the next job whose time has come; tells whether there was one.
///
/// The job's row stays locked while it runs, so that no other server takes it, and is removed in the transaction of the
/// job's own effects. Dies the server, the lock goes and the next one tries.
///
/// # Errors
/// When the database is away, or fails in a way that is not the job's.
pub(super) async fn try_next(service: &Service) -> Result<bool, Failed> {
    let mut conn = service.connection().await?;
    let mut tried: Option<JobRow> = None;
    let outcome = conn
        .transaction(async |conn| {
            let next: Option<JobRow> = job::table
                .filter(job::died_at.is_null())
                .filter(job::run_at.le(service.now()))
                .order((job::run_at, job::id))
                .select(JobRow::as_select())
                .for_update()
                .skip_locked()
                .first(conn)
                .await
                .optional()?;
            let Some(row) = next else { return Ok(()) };
            tried = Some(row.clone());
            // A mistake in one job must not keep all the others from being done.
            let performed = AssertUnwindSafe(perform(conn, service, &row)).catch_unwind().await;
            performed.unwrap_or_else(|panic| Err(JobError::from_panic(&*panic)))?;
            diesel::delete(job::table.find(row.id)).execute(conn).await?;
            Ok::<_, JobError>(())
        })
        .await;
    match (tried, outcome) {
        (None, Ok(())) => Ok(false),
        (None, Err(JobError::Database(error))) => Err(error.into()),
        (None, Err(_)) | (Some(_), Ok(())) => Ok(true),
        (Some(row), Err(error)) => {
            let (attempt, error_chain) = (row.attempts + 1, error.whole());
            tracing::warn!(job = %row.id, kind = row.kind, attempt, error = error_chain, "a job failed");
            // On another connection: whoever panicked may have left a transaction open in this one, and the job's row
            // locked by it. Giving such a connection back closes it.
            drop(conn);
            note_failure(&mut *service.connection().await?, &row, &error, service.now()).await?;
            Ok(true)
        }
    }
}

async fn perform(conn: &mut Connection, service: &Service, row: &JobRow) -> Result<(), JobError> {
    let written = json!({ "kind": row.kind, "payload": row.payload });
    let work = serde_json::from_value(written).map_err(JobError::because("this version knows no such job"))?;
    match work {
        Work::MailReceipt { response, version } => {
            responses::jobs::mail_receipt(conn, service, row.id, (response, version)).await
        }
        Work::HearingOpened { hearing, instant } => hearings::jobs::opened(conn, hearing, instant).await,
        Work::DeadlinePassed { hearing, instant } => hearings::jobs::deadline_passed(conn, hearing, instant).await,
        Work::LookAt { file } => attachments::afterwards::look_at(conn, service, file).await,
        Work::ImageSizes { hearing, file } => hearings::jobs::make_image_sizes(conn, service, hearing, file).await,
        Work::RemoveContent { file } => attachments::jobs::remove_content(conn, service, file).await,
    }
}

async fn note_failure(conn: &mut Connection, row: &JobRow, error: &JobError, now: DateTime<Utc>) -> QueryResult<()> {
    // What passes by itself is tried for as long as it takes.
    let attempts = if error.is_passing() { (row.attempts + 1).min(ATTEMPTS - 1) } else { row.attempts + 1 };
    let died_at = (attempts >= ATTEMPTS).then_some(now);
    diesel::update(job::table.find(row.id))
        .set((
            job::version.eq(job::version + 1),
            job::attempts.eq(attempts),
            job::run_at.eq(now + back_off(attempts)),
            job::died_at.eq(died_at),
            job::last_error.eq(error.to_string()),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Twenty seconds, doubled at each try, at most six hours.
fn back_off(attempts: i32) -> TimeDelta {
    let doubled =
        20_i64.saturating_mul(1_i64.checked_shl(attempts.clamp(1, 30).unsigned_abs() - 1).unwrap_or(i64::MAX));
    TimeDelta::seconds(doubled.min(6 * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_seldomer_and_never_later_than_six_hours() {
        assert_eq!(back_off(1), TimeDelta::seconds(20));
        assert_eq!(back_off(3), TimeDelta::seconds(80));
        assert_eq!(back_off(12), TimeDelta::hours(6));
        assert_eq!(back_off(ATTEMPTS), TimeDelta::hours(6));
        assert_eq!(back_off(i32::MAX), TimeDelta::hours(6));
    }

    #[test]
    fn a_job_is_given_up_after_about_a_day_and_a_half() {
        let waited: TimeDelta = (1..ATTEMPTS).map(back_off).sum();
        assert!((TimeDelta::hours(35)..TimeDelta::hours(37)).contains(&waited), "{waited}");
    }

    #[test]
    fn work_is_written_as_kind_and_payload() {
        let written = json!(Work::MailReceipt { response: openapi::ids::ResponseId(uuid::Uuid::nil()), version: 1 });
        assert_eq!(written["kind"], "mail.receipt");
        assert_eq!(written["payload"]["response"], "00000000-0000-0000-0000-000000000000");
    }
}
