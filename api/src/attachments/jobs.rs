//! What becomes of files that nothing refers to: their rows go, then their contents.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::ids::FileId;
use serde::{Deserialize, Serialize};

use super::removal;
use crate::{
    db::Connection,
    jobs::{self, Job, JobError, Lane, Turn},
    ports::files,
    service::Service,
};

#[derive(QueryableByName)]
struct Gone {
    #[diesel(sql_type = sql_types::Uuid)]
    id: FileId,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Uuid>)]
    shown_id: Option<FileId>,
}

// What is used is not asked again until something lets go of it. Rows that somebody is about to refer to are locked, and
// left for the next time.
const SWEEP: &str = "\
    WITH due AS ( \
        SELECT id, file_is_used(id) AS used FROM file WHERE sweep_at <= $1 \
        ORDER BY sweep_at LIMIT 100 FOR UPDATE SKIP LOCKED \
    ), kept AS ( \
        UPDATE file SET sweep_at = NULL FROM due WHERE file.id = due.id AND due.used \
    ) \
    DELETE FROM file USING due WHERE file.id = due.id AND NOT due.used RETURNING file.id, file.shown_id";

/// Forgets files that nothing refers to and queues the removal of their contents; tells how many there were.
///
/// # Errors
/// When the database fails; then nothing was forgotten.
pub async fn sweep(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        // Kept meanwhile, the rows still count for those who uploaded them.
        if !removal::is_allowed(conn).await? {
            return Ok(0);
        }
        let gone: Vec<Gone> = diesel::sql_query(SWEEP).bind::<sql_types::Timestamptz, _>(now).get_results(conn).await?;
        for Gone { id, shown_id } in &gone {
            jobs::enqueue(conn, &RemoveContent { file: *id }, now).await?;
            if let Some(copy) = shown_id {
                jobs::enqueue(conn, &RemoveContent { file: *copy }, now).await?;
            }
        }
        Ok(gone.len())
    })
    .await
}

/// Forgets a file that nothing refers to and whose content was removed; one whose content may be there is left to the
/// next sweep.
///
/// # Errors
/// When the database fails.
pub(super) async fn settle(conn: &mut Connection, file: FileId, removed: bool) -> QueryResult<()> {
    let settled = match removed {
        true => "DELETE FROM file WHERE id = $1 AND NOT file_is_used(id)",
        false => "UPDATE file SET sweep_at = '-infinity' WHERE id = $1",
    };
    diesel::sql_query(settled).bind::<sql_types::Uuid, _>(file).execute(conn).await?;
    Ok(())
}

/// Removes the content of a file that is gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveContent {
    /// Its id in the file store: the file's, or that of the copy that was shown.
    pub file: FileId,
}

impl Job for RemoveContent {
    const NAME: &'static str = "file.remove_content";
    const LANE: Lane = Lane::Files;
    // The transaction below may lie idle for no longer.
    const TIMEOUT: Duration = Duration::from_secs(30);

    async fn perform(&self, turn: &Turn<'_>) -> Result<(), JobError> {
        let conn = &mut *turn.service.connection().await?;
        // Open while the content goes, because a backup that begins must wait for it.
        conn.transaction(async |conn| {
            if !removal::is_allowed(conn).await? {
                return Err(JobError::Failed("a backup is being made", "it may need the content".into()));
            }
            let removed = files::remove(turn.service.files(), self.file).await;
            removed.map_err(JobError::because("the file store did not remove a content"))
        })
        .await
    }
}

/// Removes what a server that died in the middle of an upload left on this machine.
pub async fn sweep_incoming(service: &Service, now: SystemTime) {
    if let Err(error) = files::sweep(service.files().incoming(), now).await {
        tracing::warn!(%error, "broken-off uploads could not be looked for");
    }
}
