//! What is known to be lost: noticed when a content is asked for or verified, and shown to operators until it was found
//! whole, which its SHA-256 alone tells.

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::ids::FileId;

use super::{Error, Served};
use crate::{
    db::{Connection, Shared},
    ports::files::{self, StoreError},
    service::Service,
};

/// What has become of a lost content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The file store does not have it.
    Gone,
    /// The file store has something else in its place.
    Damaged,
}

impl Loss {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Damaged => "damaged",
        }
    }
}

// Of each file, its original and the copy that is shown have a mark each: one may be lost and the other there. A file that
// nothing refers to is on its way in or out: its contents may be missing. When it was first noted stays; what has become of
// it is what was seen last.
const NOTE: &str = "\
    UPDATE file SET \
        lost_at = CASE WHEN id = $1 THEN coalesce(lost_at, $2) ELSE lost_at END, \
        loss = CASE WHEN id = $1 THEN $3 ELSE loss END, \
        shown_lost_at = CASE WHEN shown_id = $1 THEN coalesce(shown_lost_at, $2) ELSE shown_lost_at END, \
        shown_loss = CASE WHEN shown_id = $1 THEN $3 ELSE shown_loss END \
    WHERE (id = $1 OR shown_id = $1) AND file_is_used(id)";

const NOTE_GONE: &str = "\
    UPDATE file SET \
        lost_at = CASE WHEN id = ANY($1) THEN coalesce(lost_at, $2) ELSE lost_at END, \
        loss = CASE WHEN id = ANY($1) THEN 'gone' ELSE loss END, \
        shown_lost_at = CASE WHEN shown_id = ANY($1) THEN coalesce(shown_lost_at, $2) ELSE shown_lost_at END, \
        shown_loss = CASE WHEN shown_id = ANY($1) THEN 'gone' ELSE shown_loss END \
    WHERE id = ANY($1) OR shown_id = ANY($1)";

const NOTE_FOUND: &str = "\
    UPDATE file SET \
        lost_at = CASE WHEN id = $1 THEN NULL ELSE lost_at END, \
        loss = CASE WHEN id = $1 THEN NULL ELSE loss END, \
        shown_lost_at = CASE WHEN shown_id = $1 THEN NULL ELSE shown_lost_at END, \
        shown_loss = CASE WHEN shown_id = $1 THEN NULL ELSE shown_loss END \
    WHERE id = $1 OR shown_id = $1";

/// Notes that a content is missing or damaged; tells whether it should have been there.
///
/// # Errors
/// When the database fails.
pub(super) async fn note(conn: &mut Connection, content: FileId, loss: Loss, now: DateTime<Utc>) -> QueryResult<bool> {
    let noted = diesel::sql_query(NOTE).bind::<sql_types::Uuid, _>(content).bind::<sql_types::Timestamptz, _>(now);
    Ok(noted.bind::<sql_types::Text, _>(loss.as_str()).execute(conn).await? > 0)
}

/// Notes that contents were gone by then.
///
/// # Errors
/// When the database fails.
pub async fn note_gone(conn: &mut Connection, contents: &[FileId], at: DateTime<Utc>) -> QueryResult<()> {
    if !contents.is_empty() {
        let noted = diesel::sql_query(NOTE_GONE).bind::<sql_types::Array<sql_types::Uuid>, _>(contents);
        noted.bind::<sql_types::Timestamptz, _>(at).execute(conn).await?;
    }
    Ok(())
}

/// Notes that a content is whole after all: its SHA-256 was compared and agreed.
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

/// Notes a loss that a reader came upon, for operators to see; why the content cannot be fetched.
pub(super) async fn noticed(service: &Service, content: FileId, loss: Loss) -> Error {
    let noted = async { Ok::<_, Error>(note(&mut *service.connection().await?, content, loss, service.now()).await?) };
    match noted.await {
        Ok(true) => {
            tracing::error!(%content, loss = loss.as_str(), "a file is lost: see `agora files verify`");
            Error::Lost
        }
        Ok(false) => Error::Gone,
        Err(error) => error,
    }
}

/// Passes a content that is known to be lost and is whole after all, which its SHA-256 tells; what it is then is noted.
/// Until then nothing of it is given to anybody, also when its size agrees.
pub(super) async fn check(service: &Service, file: &Served) -> Result<(), Error> {
    let content = file.content;
    match files::digest(service.files(), content, file.bytes()).await {
        Ok(digest) if digest[..] == file.sha256[..] => {
            note_found(&mut *service.connection().await?, content).await?;
            tracing::info!(file = %file.id, %content, "a file that was lost is there again");
            Ok(())
        }
        Ok(_) | Err(StoreError::CutOff) => Err(noticed(service, content, Loss::Damaged).await),
        Err(StoreError::Missing) => Err(noticed(service, content, Loss::Gone).await),
        Err(error) => Err(error.into()),
    }
}
