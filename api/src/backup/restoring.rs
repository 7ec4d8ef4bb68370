//! Bringing a backup back.

use std::path::Path;

use diesel::{QueryableByName, sql_types};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use super::{
    Error, contents, database,
    manifest::{self, Manifest},
};
use crate::{
    attachments::losses,
    db::{Address, Connection},
    ports::files::FileStore,
    secret::Secret,
};

/// The service's role belongs to the whole server, not to one database, and so not to its dump.
const ROLE: &str = "DO $$ BEGIN \
     IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'agora_service') THEN CREATE ROLE agora_service NOLOGIN; END IF; \
     END $$";

/// Brings a backup back into an empty database and a file store. `url` and `address` name the same database, as the role
/// that shall own its tables. Files first: contents that nobody knows of do no harm, should the rest fail.
///
/// # Errors
/// [`Error`]. Until the dump is brought back, which is all or nothing, the database is as empty as before. What fails after
/// that leaves it filled: with tables that were not what the backup says of them, or without the notes of what is lost.
pub async fn restore(url: &Secret, address: &Address, store: &dyn FileStore, folder: &Path) -> Result<Manifest, Error> {
    let manifest = Manifest::read(folder)?;
    let dump = database::place(folder);
    if database::digest(&dump)? != manifest.dump_sha256 {
        return Err(Error::Damaged("database.dump is not what was written".to_owned()));
    }
    let mut conn = address.establish().await?;
    if !is_empty(&mut conn).await? {
        return Err(Error::NotEmpty);
    }
    conn.batch_execute(ROLE).await?;
    for known in &manifest.contents {
        contents::restore(store, folder, known).await?;
    }
    database::restore(url, &dump).await?;
    let rows = manifest::rows(&mut conn).await?;
    if rows != manifest.rows {
        return Err(Error::Damaged("the database's tables do not have the rows that they had".to_owned()));
    }
    let lost: Vec<_> = manifest.lost.iter().map(|loss| loss.id).collect();
    losses::note_gone(&mut conn, &lost, manifest.taken_at).await?;
    Ok(manifest)
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = sql_types::BigInt)]
    relations: i64,
}

async fn is_empty(conn: &mut Connection) -> Result<bool, Error> {
    let relations = "SELECT count(*) AS relations FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    let Found { relations } = diesel::sql_query(relations).get_result(conn).await?;
    Ok(relations == 0)
}
