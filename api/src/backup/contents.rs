//! Files of a backup, out of the store and back into it, each compared with what the database says of it.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use futures::TryStreamExt;
use openapi::ids::FileId;
use tokio::io::AsyncReadExt;

use super::{Error, manifest::Content};
use crate::ports::files::{FileStore, Incoming, Spool, StoreError};

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// Where a backup keeps its files.
pub(super) fn folder(backup: &Path) -> PathBuf {
    backup.join("contents")
}

fn place(backup: &Path, id: FileId) -> PathBuf {
    folder(backup).join(id.0.simple().to_string())
}

/// Copies a content out of the store. False when it was never stored and nothing refers to it.
///
/// # Errors
/// [`Error::Damaged`] when the store's content is not the one that the database knows.
pub(super) async fn save(store: &dyn FileStore, backup: &Path, known: &Content) -> Result<bool, Error> {
    let length = u64::try_from(known.size).unwrap_or_default();
    let mut pieces = match store.get(known.id, 0..length).await {
        Err(StoreError::Missing) if !known.used => return Ok(false),
        Err(StoreError::Missing) => return Err(damaged(known, "is not in the file store")),
        content => content?,
    };
    let mut spool = Spool::begin(&folder(backup)).await?;
    while let Some(piece) = pieces.try_next().await? {
        spool.write(&piece).await?;
    }
    let content = matching(spool.finish().await?, known)?;
    File::open(content.path())?.sync_all()?;
    content.persist(&place(backup, known.id))?;
    Ok(true)
}

/// Puts a content of a backup into the store.
///
/// # Errors
/// [`Error::Damaged`] when it is not the one that was saved.
pub(super) async fn restore(store: &dyn FileStore, backup: &Path, known: &Content) -> Result<(), Error> {
    let mut file = match tokio::fs::File::open(place(backup, known.id)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(damaged(known, "is missing")),
        opened => opened?,
    };
    let mut spool = Spool::begin(store.incoming()).await?;
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece).await?;
        let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
        spool.write(read).await?;
    }
    Ok(store.put(known.id, matching(spool.finish().await?, known)?).await?)
}

fn matching(content: Incoming, known: &Content) -> Result<Incoming, Error> {
    let same_size = i64::try_from(content.size()).is_ok_and(|size| size == known.size);
    if same_size && hex::encode(content.sha256()) == known.sha256 {
        Ok(content)
    } else {
        Err(damaged(known, "is not what was uploaded"))
    }
}

fn damaged(known: &Content, what: &str) -> Error {
    Error::Damaged(format!("the file {} {what}", known.id))
}
