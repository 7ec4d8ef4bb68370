//! Looking at the queue and setting dead jobs going again.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::JobId,
    jobs::{Job, JobQuery, JobState},
    page::Page,
    problem::ProblemCode,
};

use super::rows::JobRow;
use crate::{
    audit::{self, Entry},
    db::{Connection, schema::job},
    http::{ApiError, cursor},
    identity::Actor,
};

const NEWEST: &str = "-created";

/// The jobs that are not done, newest first.
pub(super) async fn page(
    conn: &mut Connection,
    actor: &Actor,
    query: &JobQuery,
    now: DateTime<Utc>,
) -> Result<Page<Job>, ApiError> {
    let after: Option<(DateTime<Utc>, JobId)> = cursor::decode(query.cursor.as_deref(), NEWEST)?;
    let mut jobs = job::table.select(JobRow::as_select()).order((job::created_at.desc(), job::id.desc())).into_boxed();
    let (waiting, dead) = (query.state.contains(&JobState::Waiting), query.state.contains(&JobState::Dead));
    if waiting != dead {
        jobs = if dead { jobs.filter(job::died_at.is_not_null()) } else { jobs.filter(job::died_at.is_null()) };
    }
    if let Some((time, id)) = after {
        jobs = jobs.filter(job::created_at.lt(time).or(job::created_at.eq(time).and(job::id.lt(id))));
    }
    let rows = jobs.limit(cursor::rows_to_fetch(query.limit)).load(conn).await?;
    let page = cursor::page(rows, query.limit, NEWEST, |row: &JobRow| (row.created_at, row.id));
    let entry = Entry::new(AuditAction::JobsRead, AuditObject::Job).count(page.items.len());
    audit::record(conn, actor, entry, now).await?;
    Ok(Page { items: page.items.into_iter().map(JobRow::into_wire).collect(), next: page.next })
}

/// Sets a dead job going again, with all its tries before it.
pub(super) async fn retry(
    conn: &mut Connection,
    actor: &Actor,
    id: JobId,
    version: i64,
    now: DateTime<Utc>,
) -> Result<Job, ApiError> {
    conn.transaction(async |conn| {
        let found: Option<JobRow> =
            job::table.find(id).select(JobRow::as_select()).for_update().first(conn).await.optional()?;
        let row = found.ok_or_else(ApiError::not_found)?;
        if row.version != version || row.died_at.is_none() {
            let detail = format!("It is at version {} now, or not dead any more.", row.version);
            return Err(ApiError::new(ProblemCode::PreconditionFailed, detail));
        }
        let row: JobRow = diesel::update(job::table.find(id))
            .set((
                job::version.eq(job::version + 1),
                job::attempts.eq(0),
                job::run_at.eq(now),
                job::died_at.eq(None::<DateTime<Utc>>),
            ))
            .returning(JobRow::as_returning())
            .get_result(conn)
            .await?;
        let entry = Entry::new(AuditAction::JobRetried, AuditObject::Job).object_id(id);
        audit::record(conn, actor, entry, now).await?;
        Ok(row.into_wire())
    })
    .await
}
