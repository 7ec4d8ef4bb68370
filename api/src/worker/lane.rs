//! A lane: its jobs, one after the other. A job is leased, done with no transaction open, and finished in a short one.
//!
//! The lease is the database's time, and is renewed while the job is under way: a worker that dies loses it within
//! seconds, and another one tries. Who has lost a lease can finish nothing any more.

use std::{panic::AssertUnwindSafe, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures::FutureExt;
use openapi::ids::JobId;
use serde_json::Value;
use tokio::{sync::watch, time};
use uuid::Uuid;

use super::registry::Registry;
use crate::{
    db::{Connection, Failed, schema::job},
    jobs::{JobError, Lane, Turn},
    service::Service,
};

/// Tries before a job is given up: over the back-off below, about a day and a half.
const ATTEMPTS: i32 = 16;

/// Seconds a lease lasts when nothing renews it.
const LEASE: i32 = 15;

/// How often a lease is renewed: several times before it ends.
const RENEW_EVERY: Duration = Duration::from_secs(4);

/// Tries every job of a lane whose time has come, until told to stop; tells how many.
///
/// # Errors
/// When the database is away, or fails in a way that is not a job's.
pub(super) async fn work_off(
    service: &Service,
    registry: &Registry,
    lane: Lane,
    stop: &watch::Receiver<bool>,
) -> Result<usize, Failed> {
    let mut tried = 0;
    while !*stop.borrow() {
        service.heartbeat().beat(lane.as_str(), service.real_now());
        let leased = lease(&mut *service.connection().await?, registry, lane, service.now()).await?;
        let Some(leased) = leased else { break };
        // A mistake in one job must not keep all the others from being done.
        let attempt = AssertUnwindSafe(attempt(service, registry, lane, &leased)).catch_unwind().await;
        if let Err(error) = attempt.unwrap_or_else(|panic| Err(JobError::from_panic(&*panic))) {
            let (attempt, error_chain) = (leased.attempts + 1, error.whole());
            tracing::warn!(job = %leased.id, kind = leased.kind, attempt, error = error_chain, "a job failed");
            note_failure(&mut *service.connection().await?, &leased, &error, service.now()).await?;
        }
        tried += 1;
    }
    Ok(tried)
}

/// A job that this worker may do now.
#[derive(Debug, QueryableByName)]
struct Leased {
    #[diesel(sql_type = sql_types::Uuid)]
    id: JobId,
    #[diesel(sql_type = sql_types::Text)]
    kind: String,
    #[diesel(sql_type = sql_types::Jsonb)]
    payload: Value,
    #[diesel(sql_type = sql_types::Integer)]
    attempts: i32,
    #[diesel(sql_type = sql_types::Uuid)]
    lease: Uuid,
}

const TAKE: &str = "\
    WITH next AS ( \
        SELECT id FROM job \
        WHERE died_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until < clock_timestamp()) \
            AND (kind = ANY($2) OR ($3 AND kind <> ALL($4))) \
        ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED \
    ) \
    UPDATE job SET lease = $5, leased_until = clock_timestamp() + make_interval(secs => $6) \
    FROM next WHERE job.id = next.id RETURNING job.id, kind, payload, attempts, lease";

/// Leases the next job of a lane. What no version here knows goes by the database's lane, where it fails and is told.
async fn lease(
    conn: &mut Connection,
    registry: &Registry,
    lane: Lane,
    now: DateTime<Utc>,
) -> QueryResult<Option<Leased>> {
    diesel::sql_query(TAKE)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Array<sql_types::Text>, _>(registry.names_in(lane))
        .bind::<sql_types::Bool, _>(lane == Lane::Database)
        .bind::<sql_types::Array<sql_types::Text>, _>(registry.names())
        .bind::<sql_types::Uuid, _>(Uuid::now_v7())
        .bind::<sql_types::Double, _>(f64::from(LEASE))
        .get_result(conn)
        .await
        .optional()
}

async fn attempt(service: &Service, registry: &Registry, lane: Lane, leased: &Leased) -> Result<(), JobError> {
    let job = registry.read(&leased.kind, leased.payload.clone())?;
    let turn = Turn { service, id: leased.id };
    tokio::select! {
        performed = within(job.timeout(), job.perform(&turn)) => performed?,
        lost = keep(service, lane, leased) => return Err(lost),
    }
    let conn = &mut *service.connection().await?;
    conn.transaction(async |conn| {
        let ours = job::table.filter(job::id.eq(leased.id)).filter(job::lease.eq(leased.lease));
        if diesel::delete(ours).execute(conn).await? == 0 {
            return Err(lost());
        }
        job.finish(conn).await
    })
    .await
}

/// Breaks off what takes too long.
async fn within(limit: Duration, work: impl Future<Output = Result<(), JobError>>) -> Result<(), JobError> {
    time::timeout(limit, work).await.map_err(JobError::because("it took too long"))?
}

/// Renews a lease for as long as it is had; tells when it is lost.
async fn keep(service: &Service, lane: Lane, leased: &Leased) -> JobError {
    loop {
        time::sleep(RENEW_EVERY).await;
        service.heartbeat().beat(lane.as_str(), service.real_now());
        match renew(service, leased).await {
            Ok(true) => {}
            Ok(false) => return lost(),
            // The database may come back before the lease ends; when it does not, finishing tells.
            Err(error) => tracing::warn!(job = %leased.id, %error, "a lease was not renewed"),
        }
    }
}

async fn renew(service: &Service, leased: &Leased) -> Result<bool, Failed> {
    const RENEW: &str = "\
        UPDATE job SET leased_until = clock_timestamp() + make_interval(secs => $3) WHERE id = $1 AND lease = $2";
    let renewed = diesel::sql_query(RENEW)
        .bind::<sql_types::Uuid, _>(leased.id)
        .bind::<sql_types::Uuid, _>(leased.lease)
        .bind::<sql_types::Double, _>(f64::from(LEASE))
        .execute(&mut *service.connection().await?)
        .await?;
    Ok(renewed > 0)
}

fn lost() -> JobError {
    JobError::Failed("its lease was lost", "another worker has it".into())
}

async fn note_failure(conn: &mut Connection, leased: &Leased, error: &JobError, now: DateTime<Utc>) -> QueryResult<()> {
    // What passes by itself is tried for as long as it takes.
    let attempts = if error.is_passing() { (leased.attempts + 1).min(ATTEMPTS - 1) } else { leased.attempts + 1 };
    let died_at = (attempts >= ATTEMPTS).then_some(now);
    diesel::update(job::table.filter(job::id.eq(leased.id)).filter(job::lease.eq(leased.lease)))
        .set((
            job::version.eq(job::version + 1),
            job::attempts.eq(attempts),
            job::run_at.eq(now + back_off(attempts)),
            job::died_at.eq(died_at),
            job::last_error.eq(error.to_string()),
            job::lease.eq(None::<Uuid>),
            job::leased_until.eq(None::<DateTime<Utc>>),
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

    #[tokio::test]
    async fn what_takes_too_long_is_broken_off() {
        let hanging = within(Duration::from_millis(5), std::future::pending()).await;
        assert_eq!(hanging.unwrap_err().to_string(), "it took too long");
        assert!(within(Duration::from_secs(60), std::future::ready(Ok(()))).await.is_ok());
    }

    #[test]
    fn a_job_is_given_up_after_about_a_day_and_a_half() {
        let waited: TimeDelta = (1..ATTEMPTS).map(back_off).sum();
        assert!((TimeDelta::hours(35)..TimeDelta::hours(37)).contains(&waited), "{waited}");
    }
}
