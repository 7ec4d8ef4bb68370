//! What is known to be lost: noticed when a content is asked for or verified, and shown to operators until it was found
//! whole, which its SHA-256 alone tells.

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use futures::{TryStreamExt, stream};
use openapi::ids::FileId;
use sha2::{Digest, Sha256};

use super::{Error, Served};
use crate::{
    db::{Connection, Shared},
    ports::files::Content,
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

/// The same content of a file that is known to be lost, compared with what was uploaded while it is read: noted when it is
/// there again, and when it is not what it was. Nobody's download fails because of it.
pub(super) fn compared(service: &Service, file: &Served, content: Content) -> Content {
    let begun = Comparing { service: service.clone(), file: file.clone(), left: file.bytes(), hash: Sha256::new() };
    Box::pin(stream::try_unfold((content, begun), |(mut content, mut comparing): (Content, Comparing)| async move {
        let Some(piece) = content.try_next().await? else { return Ok(None) };
        comparing.hash.update(&piece);
        comparing.left = comparing.left.saturating_sub(piece.len() as u64);
        // Before the last piece goes out: who has read all of it finds it noted.
        if comparing.left == 0 {
            comparing.conclude().await;
        }
        Ok(Some((piece, (content, comparing))))
    }))
}

/// A content that is compared while it is read.
struct Comparing {
    service: Service,
    file: Served,
    /// Bytes that are still to come.
    left: u64,
    hash: Sha256,
}

impl Comparing {
    async fn conclude(&mut self) {
        let Self { service, file, hash, .. } = self;
        let content = file.content;
        let agrees = hash.finalize_reset()[..] == file.sha256[..];
        let noted = async {
            let conn = &mut *service.connection().await?;
            if agrees {
                note_found(conn, content).await?;
            } else {
                note(conn, content, Loss::Damaged, service.now()).await?;
            }
            Ok::<_, Error>(())
        };
        match noted.await {
            Ok(()) if agrees => tracing::info!(file = %file.id, %content, "a file that was lost is there again"),
            Ok(()) => tracing::error!(file = %file.id, %content, "a file is damaged, and was fetched all the same"),
            Err(error) => tracing::warn!(file = %file.id, %error, "whether a lost file is there again was not noted"),
        }
    }
}
