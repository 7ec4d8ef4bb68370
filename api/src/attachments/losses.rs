//! What is known to be lost: noticed when a content is asked for or verified, and shown to operators until it is found.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::ids::FileId;

use super::{Error, File};
use crate::{
    db::{Connection, Shared, schema::file},
    ports::files::StoreError,
    service::Service,
};

// A file that nothing refers to is on its way in or out: its content may be missing.
const NOTE: &str = "UPDATE file SET lost_at = coalesce(lost_at, $2) WHERE id = $1 AND file_is_used(id)";

/// Notes that a content is missing or damaged; tells whether it should have been there.
///
/// # Errors
/// When the database fails.
pub(super) async fn note(conn: &mut Connection, id: FileId, now: DateTime<Utc>) -> QueryResult<bool> {
    let noted = diesel::sql_query(NOTE).bind::<sql_types::Uuid, _>(id).bind::<sql_types::Timestamptz, _>(now);
    Ok(noted.execute(conn).await? > 0)
}

/// Notes that contents were lost by then.
///
/// # Errors
/// When the database fails.
pub async fn note_all(conn: &mut Connection, ids: &[FileId], at: DateTime<Utc>) -> QueryResult<()> {
    if !ids.is_empty() {
        let lost = file::table.filter(file::id.eq_any(ids)).filter(file::lost_at.is_null());
        diesel::update(lost).set(file::lost_at.eq(at)).execute(conn).await?;
    }
    Ok(())
}

/// Notes that a content is whole after all.
///
/// # Errors
/// When the database fails.
pub(super) async fn note_found(conn: &mut Connection, id: FileId) -> QueryResult<()> {
    let lost = file::table.find(id).filter(file::lost_at.is_not_null());
    diesel::update(lost).set(file::lost_at.eq(None::<DateTime<Utc>>)).execute(conn).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = sql_types::BigInt)]
    lost: i64,
}

/// How many files are known to be lost.
///
/// # Errors
/// When the database fails.
pub async fn count(mut conn: Shared<'_>) -> QueryResult<u64> {
    let known = "SELECT count(*) AS lost FROM file WHERE lost_at IS NOT NULL";
    let Known { lost } = diesel::sql_query(known).get_result(&mut conn).await?;
    Ok(lost.unsigned_abs())
}

/// Notes a loss that a reader came upon, for operators to see; why the file cannot be fetched.
pub(super) async fn noticed(service: &Service, file: &File, why: &StoreError) -> Error {
    let noted = async { Ok::<_, Error>(note(&mut *service.connection().await?, file.id, service.now()).await?) };
    match noted.await {
        Ok(true) => {
            tracing::error!(file = %file.id, why = %why, "a file is lost: see `agora files verify`");
            Error::Lost
        }
        Ok(false) => Error::Gone,
        Err(error) => error,
    }
}

/// Notes that a file which was lost is there again. Nobody's download fails because of it.
pub(super) async fn noticed_again(service: &Service, file: &File) {
    let noted = async { Ok::<_, Error>(note_found(&mut *service.connection().await?, file.id).await?) };
    match noted.await {
        Ok(()) => tracing::info!(file = %file.id, "a file that was lost is there again"),
        Err(error) => {
            tracing::warn!(file = %file.id, %error, "a file that was lost is there again, which was not noted")
        }
    }
}
