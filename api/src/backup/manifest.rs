//! What a backup holds, so that it can be told whether it is whole.

use std::{collections::BTreeMap, fs, io, path::Path};

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::ids::FileId;
use serde::{Deserialize, Serialize};

use super::Error;
use crate::db::Connection;

const NAME: &str = "manifest.json";

/// Grows when the folder's layout changes.
const FORMAT: u32 = 1;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// The layout of the backup's folder.
    pub format: u32,
    /// The version of Agora that made it.
    pub version: String,
    /// The instant it shows.
    pub taken_at: DateTime<Utc>,
    /// SHA-256 of the dump, in hexadecimal.
    pub dump_sha256: String,
    /// Rows of each table.
    pub rows: BTreeMap<String, i64>,
    /// Its files.
    pub contents: Vec<Content>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, QueryableByName)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    /// Its id.
    #[diesel(sql_type = sql_types::Uuid)]
    pub id: FileId,
    /// Its size in bytes.
    #[diesel(sql_type = sql_types::BigInt)]
    pub size: i64,
    /// Its SHA-256, in hexadecimal.
    #[diesel(sql_type = sql_types::Text)]
    pub sha256: String,
    /// Whether anything refers to it. What nothing refers to may never have been stored, and is on its way out.
    #[serde(skip)]
    #[diesel(sql_type = sql_types::Bool)]
    pub used: bool,
}

impl Manifest {
    /// Of a backup that is being made.
    pub(super) fn new(
        taken_at: DateTime<Utc>,
        dump_sha256: String,
        rows: BTreeMap<String, i64>,
        contents: Vec<Content>,
    ) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, version, taken_at, dump_sha256, rows, contents }
    }

    /// Of the backup in a folder.
    ///
    /// # Errors
    /// [`Error::Folder`] when there is none, or of a layout that this version does not know.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let wrong = |what| Error::Folder { folder: folder.to_owned(), what };
        let text = fs::read(folder.join(NAME)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => wrong("holds no backup that is whole: manifest.json is missing"),
            _ => error.into(),
        })?;
        let read: Self = serde_json::from_slice(&text).map_err(|error| Error::Damaged(format!("{NAME}: {error}")))?;
        if read.format == FORMAT { Ok(read) } else { Err(wrong("holds a backup of another version of Agora")) }
    }

    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let place = folder.join(NAME);
        fs::write(&place, serde_json::to_vec_pretty(self)?)?;
        fs::File::open(&place)?.sync_all()?;
        fs::File::open(folder)?.sync_all()
    }
}

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = sql_types::BigInt)]
    rows: i64,
}

/// Tables of the database. Those that are not logged hold nothing that outlives a crash, and so nothing to keep.
const TABLES: &str = "SELECT oid::regclass::text AS name FROM pg_class \
     WHERE relkind = 'r' AND relpersistence = 'p' AND relnamespace = 'public'::regnamespace ORDER BY 1";

/// The rows of each table.
pub(super) async fn rows(conn: &mut Connection) -> QueryResult<BTreeMap<String, i64>> {
    let tables: Vec<Table> = diesel::sql_query(TABLES).get_results(conn).await?;
    let mut rows = BTreeMap::new();
    for Table { name } in tables {
        // `regclass` has put the name in quotes where it needs them.
        let count: Count = diesel::sql_query(format!("SELECT count(*) AS rows FROM {name}")).get_result(conn).await?;
        rows.insert(name, count.rows);
    }
    Ok(rows)
}

/// The contents that the database knows of: of each file its original and the copy that is shown.
pub(super) async fn contents(conn: &mut Connection) -> QueryResult<Vec<Content>> {
    let known = "SELECT id, size, encode(sha256, 'hex') AS sha256, file_is_used(id) AS used FROM file \
         UNION ALL SELECT shown_id, shown_size, encode(shown_sha256, 'hex'), file_is_used(id) FROM file \
         WHERE shown_id IS NOT NULL ORDER BY id";
    diesel::sql_query(known).get_results(conn).await
}
