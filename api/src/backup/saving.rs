//! Making a backup.

use std::{fs, io, os::unix::fs::DirBuilderExt, path::Path};

use chrono::{DateTime, Utc};
use diesel::{QueryableByName, sql_types};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use super::{
    Error,
    contents::{self, Saved},
    database,
    manifest::{self, Manifest},
};
use crate::{
    attachments::{BACKUP_LOCK, contents::known},
    db::{Address, Connection},
    ports::files::FileStore,
    secret::Secret,
};

/// Contents that the database is asked for together.
const TOGETHER: i64 = 500;

/// Makes a backup in a new folder. `url` and `address` name the same database, as the role that owns its tables. Files that
/// are lost keep nothing else from being saved; the manifest names them.
///
/// # Errors
/// [`Error`]; then the folder has no manifest, and nobody takes it for a backup.
pub async fn save(url: &Secret, address: &Address, store: &dyn FileStore, folder: &Path) -> Result<Manifest, Error> {
    begin(folder)?;
    let mut conn = address.establish().await?;
    // Whoever is removing a content now gets it done before the snapshot is taken.
    diesel::sql_query("SELECT pg_advisory_lock($1)")
        .bind::<sql_types::BigInt, _>(BACKUP_LOCK)
        .execute(&mut conn)
        .await?;
    conn.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let Snapshot { name, taken_at } = diesel::sql_query(SNAPSHOT).get_result(&mut conn).await?;
    let dump = database::place(folder);
    database::dump(url, &name, &dump).await?;
    let manifest = of_the_snapshot(&mut conn, store, folder, taken_at, database::digest(&dump)?).await?;
    manifest.write(folder)?;
    Ok(manifest)
}

#[derive(QueryableByName)]
struct Snapshot {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
    #[diesel(sql_type = sql_types::Timestamptz)]
    taken_at: DateTime<Utc>,
}

const SNAPSHOT: &str = "SELECT pg_export_snapshot() AS name, clock_timestamp() AS taken_at";

/// For its owner's eyes alone.
fn begin(folder: &Path) -> Result<(), Error> {
    let for_the_owner = |path: &Path| fs::DirBuilder::new().mode(0o700).create(path);
    match for_the_owner(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let what = "is there already: each backup gets a folder of its own";
            return Err(Error::Folder { folder: folder.to_owned(), what });
        }
        made => made?,
    }
    Ok(for_the_owner(&contents::folder(folder))?)
}

async fn of_the_snapshot(
    conn: &mut Connection,
    store: &dyn FileStore,
    folder: &Path,
    taken_at: DateTime<Utc>,
    dump_sha256: String,
) -> Result<Manifest, Error> {
    let mut manifest = Manifest::new(taken_at, dump_sha256, manifest::rows(conn).await?);
    let mut last = None;
    loop {
        let some = known(conn, last, TOGETHER).await?;
        let Some(end) = some.last() else { return Ok(manifest) };
        last = Some(end.id);
        for known in some {
            match contents::save(store, folder, known).await? {
                Saved::Whole(content) => manifest.contents.push(content),
                Saved::Lost(loss) => manifest.lost.push(loss),
                Saved::Never => {}
            }
        }
    }
}
