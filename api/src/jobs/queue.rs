//! Putting jobs into the queue.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryResult};
use diesel_async::RunQueryDsl;
use openapi::ids::JobId;
use serde_json::json;

use super::Job;
use crate::db::{Connection, schema::job};

/// Queues a job, in the transaction of its cause. The workers are woken after the commit.
///
/// # Errors
/// When the database fails; then the cause must not happen either.
pub async fn enqueue<J: Job>(conn: &mut Connection, work: &J, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::insert_into(job::table)
        .values((
            job::id.eq(JobId::new(now)),
            job::kind.eq(J::NAME),
            job::payload.eq(json!(work)),
            job::created_at.eq(now),
            job::run_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
