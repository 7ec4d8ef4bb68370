//! What a backup holds, so that it can be told whether it is whole.

use std::{collections::BTreeMap, fmt, fs, io, path::Path};

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
    /// Files that were lost when it was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Loss>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    /// Its id.
    pub id: FileId,
    /// Its size in bytes.
    pub size: i64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A file that the database knew of and the file store did not have, not as it was uploaded, or not so that it could be
/// read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Loss {
    /// Its id.
    pub id: FileId,
    /// The size in bytes that it had.
    pub size: i64,
    /// The SHA-256 that it had, in hexadecimal.
    pub sha256: String,
    /// What is wrong: `is not in the file store`.
    pub what: String,
}

impl Loss {
    pub(super) fn of(known: Content, what: &str) -> Self {
        Self { id: known.id, size: known.size, sha256: known.sha256, what: what.to_owned() }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lost: the file {} {}", self.id, self.what)
    }
}

impl Manifest {
    /// Of a backup that is being made.
    pub(super) fn new(taken_at: DateTime<Utc>, dump_sha256: String, rows: BTreeMap<String, i64>) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let (contents, lost) = (Vec::new(), Vec::new());
        Self { format: FORMAT, version, taken_at, dump_sha256, rows, contents, lost }
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
