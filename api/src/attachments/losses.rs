//! What is known to be lost: noticed when a content is asked for or verified, and shown to operators until it is found.

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::ids::FileId;

use super::{Error, Served};
use crate::{
    db::{Connection, Shared},
    ports::files::StoreError,
    service::Service,
};

// Of each file, its original and the copy that is shown have a mark each: one may be lost and the other there. A file that
// nothing refers to is on its way in or out: its contents may be missing.
const NOTE: &str = "\
    UPDATE file SET \
        lost_at = CASE WHEN id = $1 THEN coalesce(lost_at, $2) ELSE lost_at END, \
        shown_lost_at = CASE WHEN shown_id = $1 THEN coalesce(shown_lost_at, $2) ELSE shown_lost_at END \
    WHERE (id = $1 OR shown_id = $1) AND file_is_used(id)";

const NOTE_ALL: &str = "\
    UPDATE file SET \
        lost_at = CASE WHEN id = ANY($1) THEN coalesce(lost_at, $2) ELSE lost_at END, \
        shown_lost_at = CASE WHEN shown_id = ANY($1) THEN coalesce(shown_lost_at, $2) ELSE shown_lost_at END \
    WHERE id = ANY($1) OR shown_id = ANY($1)";

const NOTE_FOUND: &str = "\
    UPDATE file SET \
        lost_at = CASE WHEN id = $1 THEN NULL ELSE lost_at END, \
        shown_lost_at = CASE WHEN shown_id = $1 THEN NULL ELSE shown_lost_at END \
    WHERE id = $1 OR shown_id = $1";

/// Notes that a content is missing or damaged; tells whether it should have been there.
///
/// # Errors
/// When the database fails.
pub(super) async fn note(conn: &mut Connection, content: FileId, now: DateTime<Utc>) -> QueryResult<bool> {
    let noted = diesel::sql_query(NOTE).bind::<sql_types::Uuid, _>(content).bind::<sql_types::Timestamptz, _>(now);
    Ok(noted.execute(conn).await? > 0)
}

/// Notes that contents were lost by then.
///
/// # Errors
/// When the database fails.
pub async fn note_all(conn: &mut Connection, contents: &[FileId], at: DateTime<Utc>) -> QueryResult<()> {
    if !contents.is_empty() {
        let noted = diesel::sql_query(NOTE_ALL).bind::<sql_types::Array<sql_types::Uuid>, _>(contents);
        noted.bind::<sql_types::Timestamptz, _>(at).execute(conn).await?;
    }
    Ok(())
}

/// Notes that a content is whole after all.
///
/// # Errors
/// When the database fails.
pub(super) async fn note_found(conn: &mut Connection, content: FileId) -> QueryResult<()> {
    diesel::sql_query(NOTE_FOUND).bind::<sql_types::Uuid, _>(content).execute(conn).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = sql_types::BigInt)]
    lost: i64,
}

/// How many files are known to be lost: their originals, the copies of them that are shown, or both.
///
/// # Errors
/// When the database fails.
pub async fn count(mut conn: Shared<'_>) -> QueryResult<u64> {
    let known = "SELECT count(*) AS lost FROM file WHERE lost_at IS NOT NULL OR shown_lost_at IS NOT NULL";
    let Known { lost } = diesel::sql_query(known).get_result(&mut conn).await?;
    Ok(lost.unsigned_abs())
}

/// Notes a loss that a reader came upon, for operators to see; why the file cannot be fetched.
pub(super) async fn noticed(service: &Service, file: &Served, why: &StoreError) -> Error {
    let noted = async { Ok::<_, Error>(note(&mut *service.connection().await?, file.content, service.now()).await?) };
    match noted.await {
        Ok(true) => {
            tracing::error!(file = %file.id, content = %file.content, why = %why, "a file is lost: see `agora files verify`");
            Error::Lost
        }
        Ok(false) => Error::Gone,
        Err(error) => error,
    }
}

/// Notes that a file which was lost is there again. Nobody's download fails because of it.
pub(super) async fn noticed_again(service: &Service, file: &Served) {
    let noted = async { Ok::<_, Error>(note_found(&mut *service.connection().await?, file.content).await?) };
    match noted.await {
        Ok(()) => tracing::info!(file = %file.id, content = %file.content, "a file that was lost is there again"),
        Err(error) => {
            tracing::warn!(file = %file.id, %error, "a file that was lost is there again, which was not noted");
        }
    }
}
