//! Reads of files by those who know what they hang on.

use diesel::{OptionalExtension, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use openapi::ids::FileId;

use super::File;
use crate::db::{Shared, schema::file};

/// A file.
///
/// # Errors
/// When the database fails.
pub async fn find(mut conn: Shared<'_>, id: FileId) -> QueryResult<Option<File>> {
    file::table.find(id).select(File::as_select()).get_result(&mut conn).await.optional()
}
