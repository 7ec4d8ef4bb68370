//! Looking at the queue.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::JobId,
    jobs::{Job, JobQuery, JobState},
    page::Page,
};

use super::rows::JobRow;
use crate::{
    audit::{self, Entry},
    db::{Connection, schema::job},
    http::{ApiError, cursor},
    identity::Actor,
};

const NEWEST: &str = "-created";

/// The jobs that are not done, newest first. The reading leaves its entry in the audit log.
pub(super) async fn page(
    conn: &mut Connection,
    actor: &Actor,
    query: &JobQuery,
    now: DateTime<Utc>,
) -> Result<Page<Job>, ApiError> {
    conn.transaction(async |conn| {
        let rows = jobs(conn, query).await?;
        let page = cursor::page(rows, query.limit, NEWEST, |row: &JobRow| (row.created_at, row.id));
        let entry = Entry::new(AuditAction::JobsRead, AuditObject::Job)
            .filter_any("state", &query.state)
            .count(page.items.len());
        audit::record(conn, actor, entry, now).await?;
        Ok(Page { items: page.items.into_iter().map(JobRow::into_wire).collect(), next: page.next })
    })
    .await
}

async fn jobs(conn: &mut Connection, query: &JobQuery) -> Result<Vec<JobRow>, ApiError> {
    let after: Option<(DateTime<Utc>, JobId)> = cursor::decode(query.cursor.as_deref(), NEWEST)?;
    let mut jobs = job::table.select(JobRow::as_select()).order((job::created_at.desc(), job::id.desc())).into_boxed();
    let (waiting, dead) = (query.state.contains(&JobState::Waiting), query.state.contains(&JobState::Dead));
    if waiting != dead {
        jobs = if dead { jobs.filter(job::died_at.is_not_null()) } else { jobs.filter(job::died_at.is_null()) };
    }
    if let Some((time, id)) = after {
        jobs = jobs.filter(job::created_at.lt(time).or(job::created_at.eq(time).and(job::id.lt(id))));
    }
    Ok(jobs.limit(cursor::rows_to_fetch(query.limit)).load(conn).await?)
}
