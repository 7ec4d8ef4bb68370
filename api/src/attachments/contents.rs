//! The contents that rows know of: every one that has to be in the file store. Whoever verifies or saves contents asks here,
//! so that a content which a row gets beside its first is neither taken for an orphan nor left out.

use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::ids::FileId;

use super::jobs::RemoveContent;
use crate::{
    db::Connection,
    jobs::{self, Job},
};

/// A content that a row knows of.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Known {
    /// What the store calls it.
    #[diesel(sql_type = sql_types::Uuid)]
    pub id: FileId,
    /// Its size in bytes.
    #[diesel(sql_type = sql_types::BigInt)]
    pub size: i64,
    /// Its SHA-256, in hexadecimal.
    #[diesel(sql_type = sql_types::Text)]
    pub sha256: String,
    /// Whether anything refers to it. What nothing refers to is on its way in or out, and may not be there.
    #[diesel(sql_type = sql_types::Bool)]
    pub used: bool,
    /// Whether it is known to be lost.
    #[diesel(sql_type = sql_types::Bool)]
    pub lost: bool,
}

// The one list of contents: of each file its original, and the copy that is shown. Sizes of images are files of their own.
// `$1` is the last one before, nothing at first.
// A copy that is noted while its file still waits is on its way in.
const KNOWN: &str = "\
    SELECT id, size, encode(sha256, 'hex') AS sha256, there AND file_is_used(file) AS used, lost_at IS NOT NULL AS lost \
    FROM ( \
        SELECT id, size, sha256, lost_at, id AS file, true AS there FROM file \
        UNION ALL \
        SELECT shown_id, shown_size, shown_sha256, shown_lost_at, id, shown_state <> 'waiting' FROM file \
        WHERE shown_id IS NOT NULL \
    ) AS content WHERE $1 IS NULL OR id > $1 ORDER BY id LIMIT $2";

const WITH_A_ROW: &str = "\
    SELECT id FROM file WHERE id = ANY($1) UNION ALL SELECT shown_id FROM file WHERE shown_id = ANY($1)";

const USED: &str = "\
    SELECT EXISTS ( \
        SELECT FROM file WHERE (id = $1 OR shown_id = $1 AND shown_state <> 'waiting') AND file_is_used(id) \
    ) AS used";

/// So many contents at the most, in the order of their ids, after one.
///
/// # Errors
/// When the database fails.
pub async fn known(conn: &mut Connection, after: Option<FileId>, most: i64) -> QueryResult<Vec<Known>> {
    diesel::sql_query(KNOWN)
        .bind::<sql_types::Nullable<sql_types::Uuid>, _>(after)
        .bind::<sql_types::BigInt, _>(most)
        .get_results(conn)
        .await
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = sql_types::Uuid)]
    id: FileId,
}

/// Those of some contents that no row knows of, and that no job is about to remove.
///
/// # Errors
/// When the database fails.
pub(super) async fn unknown(conn: &mut Connection, mut ids: Vec<FileId>) -> QueryResult<Vec<FileId>> {
    let with_a_row: Vec<Id> =
        diesel::sql_query(WITH_A_ROW).bind::<sql_types::Array<sql_types::Uuid>, _>(&ids).get_results(conn).await?;
    ids.retain(|id| with_a_row.iter().all(|row| row.id != *id));
    if !ids.is_empty() {
        let to_remove = jobs::contents_to_remove(conn, RemoveContent::NAME, &ids).await?;
        ids.retain(|id| !to_remove.contains(id));
    }
    Ok(ids)
}

/// Whether something refers now to the file that a content is of.
///
/// # Errors
/// When the database fails.
pub(super) async fn is_used(conn: &mut Connection, id: FileId) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Used {
        #[diesel(sql_type = sql_types::Bool)]
        used: bool,
    }
    let used = diesel::sql_query(USED).bind::<sql_types::Uuid, _>(id);
    Ok(used.get_result::<Used>(conn).await?.used)
}
