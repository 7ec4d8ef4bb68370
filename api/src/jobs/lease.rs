//! Leases: which job a worker has, for some seconds that it renews while the job is under way. A worker that dies loses
//! its lease, and another one tries; one that has lost it can finish nothing any more. Leases go by the database's time.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::ids::JobId;
use serde_json::Value;
use uuid::Uuid;

use super::JobError;
use crate::db::{Connection, schema::job};

/// Tries before a job is given up: over the back-off below, about a day and a half.
const ATTEMPTS: i32 = 16;

/// Seconds a lease lasts when nothing renews it.
const LASTS: i32 = 15;

/// A job that this worker may do now.
#[derive(Debug, QueryableByName)]
pub(crate) struct Leased {
    /// The job.
    #[diesel(sql_type = sql_types::Uuid)]
    pub(crate) id: JobId,
    /// What it is called.
    #[diesel(sql_type = sql_types::Text)]
    pub(crate) kind: String,
    /// What it holds.
    #[diesel(sql_type = sql_types::Jsonb)]
    pub(crate) payload: Value,
    /// Tries before this one.
    #[diesel(sql_type = sql_types::Integer)]
    pub(crate) attempts: i32,
    #[diesel(sql_type = sql_types::Uuid)]
    lease: Uuid,
}

/// Of which kind the job is that is taken.
#[derive(Debug)]
pub(crate) struct Kinds {
    /// One of these.
    pub(crate) of: Vec<&'static str>,
    /// Or one that is none of these.
    pub(crate) none_of: Option<Vec<&'static str>>,
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

/// Leases the next job whose time has come.
///
/// # Errors
/// When the database fails.
pub(crate) async fn take(conn: &mut Connection, kinds: Kinds, now: DateTime<Utc>) -> QueryResult<Option<Leased>> {
    diesel::sql_query(TAKE)
        .bind::<sql_types::Timestamptz, _>(now)
        .bind::<sql_types::Array<sql_types::Text>, _>(kinds.of)
        .bind::<sql_types::Bool, _>(kinds.none_of.is_some())
        .bind::<sql_types::Array<sql_types::Text>, _>(kinds.none_of.unwrap_or_default())
        .bind::<sql_types::Uuid, _>(Uuid::now_v7())
        .bind::<sql_types::Double, _>(f64::from(LASTS))
        .get_result(conn)
        .await
        .optional()
}

const RENEW: &str = "\
    UPDATE job SET leased_until = clock_timestamp() + make_interval(secs => $3) WHERE id = $1 AND lease = $2";

impl Leased {
    /// Renews the lease; false when it is lost.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn renew(&self, conn: &mut Connection) -> QueryResult<bool> {
        let renewed = diesel::sql_query(RENEW)
            .bind::<sql_types::Uuid, _>(self.id)
            .bind::<sql_types::Uuid, _>(self.lease)
            .bind::<sql_types::Double, _>(f64::from(LASTS))
            .execute(conn)
            .await?;
        Ok(renewed > 0)
    }

    /// Takes the job out of the queue; false when the lease is lost.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn remove(&self, conn: &mut Connection) -> QueryResult<bool> {
        let ours = job::table.filter(job::id.eq(self.id)).filter(job::lease.eq(self.lease));
        Ok(diesel::delete(ours).execute(conn).await? > 0)
    }

    /// Gives the lease back and notes why the job was not done: it is tried again later, or given up. Nothing when the
    /// lease is lost.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn give_back(
        &self,
        conn: &mut Connection,
        error: &JobError,
        now: DateTime<Utc>,
    ) -> QueryResult<()> {
        // What passes by itself is tried for as long as it takes.
        let attempts = if error.is_passing() { (self.attempts + 1).min(ATTEMPTS - 1) } else { self.attempts + 1 };
        let died_at = (attempts >= ATTEMPTS).then_some(now);
        diesel::update(job::table.filter(job::id.eq(self.id)).filter(job::lease.eq(self.lease)))
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
}
