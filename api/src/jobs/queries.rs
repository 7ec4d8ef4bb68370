//! Looking at the queue.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, QueryableByName, SelectableHelper,
    sql_types::{self, Timestamptz},
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::FileId,
    jobs::{Job, JobQuery, JobState},
    page::Page,
};

use super::rows::JobRow;
use crate::{
    audit::{self, Entry},
    db::{Connection, schema::job},
    http::{ApiError, cursor::Order},
    identity::{AdministerJobs, Require},
};

const NEWEST: Order = Order::descending("-created", "job.created_at", "job.id");

/// The jobs that are not done, newest first. The reading leaves its entry in the audit log.
pub(super) async fn page(
    conn: &mut Connection,
    asker: &Require<AdministerJobs>,
    query: &JobQuery,
) -> Result<Page<Job>, ApiError> {
    conn.transaction(async |conn| {
        let rows = jobs(conn, query).await?;
        let page = NEWEST.page(rows, query.limit, |row: &JobRow| (row.created_at, row.id.0));
        let entry = Entry::new(AuditAction::JobsRead, AuditObject::Job)
            .filter_any("state", &query.state)
            .count(page.items.len());
        audit::record(conn, asker, entry, asker.now()).await?;
        Ok(Page { items: page.items.into_iter().map(JobRow::into_wire).collect(), next: page.next })
    })
    .await
}

async fn jobs(conn: &mut Connection, query: &JobQuery) -> Result<Vec<JobRow>, ApiError> {
    let mut jobs = job::table.select(JobRow::as_select()).into_boxed();
    let (waiting, dead) = (query.state.contains(&JobState::Waiting), query.state.contains(&JobState::Dead));
    if waiting != dead {
        jobs = if dead { jobs.filter(job::died_at.is_not_null()) } else { jobs.filter(job::died_at.is_null()) };
    }
    let slice = NEWEST.slice::<Timestamptz, DateTime<Utc>, _>(jobs, query.cursor.as_deref(), query.limit)?;
    Ok(slice.load(conn).await?)
}

#[derive(QueryableByName)]
struct ToRemove {
    #[diesel(sql_type = sql_types::Uuid)]
    file: FileId,
}

const TO_REMOVE: &str = "SELECT (payload ->> 'file')::uuid AS file FROM job \
     WHERE kind = $2 AND died_at IS NULL AND (payload ->> 'file')::uuid = ANY($1)";

/// Those of some contents that jobs of this kind are about to remove.
///
/// # Errors
/// When the database fails.
pub async fn contents_to_remove(conn: &mut Connection, kind: &str, among: &[FileId]) -> QueryResult<Vec<FileId>> {
    let waiting = diesel::sql_query(TO_REMOVE)
        .bind::<sql_types::Array<sql_types::Uuid>, _>(among)
        .bind::<sql_types::Text, _>(kind);
    let waiting: Vec<ToRemove> = waiting.get_results(conn).await?;
    Ok(waiting.into_iter().map(|ToRemove { file }| file).collect())
}

/// Jobs of one kind that are about files.
#[derive(Debug)]
pub struct Queued {
    /// The files, also those whose jobs failed and those whose jobs were given up.
    pub files: Vec<FileId>,
    waiting: usize,
}

impl Queued {
    /// How many more may wait, when so many may at once. What has failed waits for its time and keeps none of the others
    /// waiting: it may fail for days.
    #[must_use]
    pub fn room(&self, at_once: usize) -> i64 {
        i64::try_from(at_once.saturating_sub(self.waiting)).unwrap_or(i64::MAX)
    }
}

/// The jobs of one kind, which is about files, that are not done.
///
/// # Errors
/// When the database fails.
pub async fn queued_for_files(conn: &mut Connection, kind: &str, now: DateTime<Utc>) -> QueryResult<Queued> {
    #[derive(QueryableByName)]
    struct About {
        #[diesel(sql_type = sql_types::Uuid)]
        file: FileId,
        #[diesel(sql_type = sql_types::Bool)]
        waits: bool,
    }
    let about = "SELECT (payload ->> 'file')::uuid AS file, died_at IS NULL AND run_at <= $2 AS waits FROM job \
         WHERE kind = $1";
    let about = diesel::sql_query(about).bind::<sql_types::Text, _>(kind).bind::<Timestamptz, _>(now);
    let about: Vec<About> = about.get_results(conn).await?;
    let waiting = about.iter().filter(|job| job.waits).count();
    Ok(Queued { files: about.into_iter().map(|About { file, .. }| file).collect(), waiting })
}
