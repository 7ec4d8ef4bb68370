//! Setting dead jobs going again.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::JobId,
    jobs::Job,
};

use super::{Error, rows::JobRow};
use crate::{
    audit::{self, Entry},
    db::{Connection, schema::job},
    http::AtVersion,
    identity::{AdministerJobs, Require},
};

/// Sets a dead job going again, with all its tries before it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Stale`] when somebody else was faster, [`Error::NotDead`].
pub(super) async fn retry(
    conn: &mut Connection,
    asker: &Require<AdministerJobs>,
    id: JobId,
    version: i64,
) -> Result<Job, Error> {
    conn.transaction(async |conn| {
        let found: Option<JobRow> =
            job::table.find(id).select(JobRow::as_select()).for_update().get_result(conn).await.optional()?;
        let asker = &asker.again(conn).await?;
        let now = asker.now();
        let row = found.ok_or(Error::NotFound)?.at_version(version)?;
        if row.died_at.is_none() {
            return Err(Error::NotDead);
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
        audit::record(conn, asker, entry, now).await?;
        Ok(row.into_wire())
    })
    .await
}
