//! Files of a backup, out of the store and back into it, each compared with what the database says of it.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use futures::TryStreamExt;
use openapi::ids::FileId;
use tokio::io::AsyncReadExt;

use super::{
    Error,
    manifest::{Content, Loss},
};
use crate::{
    attachments::contents::Known,
    ports::files::{FileStore, Incoming, Spool, StoreError},
};

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// Where a backup keeps its files.
pub(super) fn folder(backup: &Path) -> PathBuf {
    backup.join("contents")
}

fn place(backup: &Path, id: FileId) -> PathBuf {
    folder(backup).join(id.0.simple().to_string())
}

/// What became of a content that was to be saved.
pub(super) enum Saved {
    /// It was copied.
    Whole(Content),
    /// It is missing or damaged.
    Lost(Loss),
    /// It was never stored, and nothing refers to it.
    Never,
}

/// Copies a content out of the store. One that is not what the database knows is kept beside the others, as whatever is
/// left of it.
///
/// # Errors
/// When the store or the backup's folder fails.
pub(super) async fn save(store: &dyn FileStore, backup: &Path, known: Known) -> Result<Saved, Error> {
    let used = known.used;
    let known = Content { id: known.id, size: known.size, sha256: known.sha256 };
    let there = match store.size(known.id).await {
        Err(StoreError::Missing) if !used => return Ok(Saved::Never),
        Err(StoreError::Missing) => return Ok(Saved::Lost(Loss::of(known, "is not in the file store"))),
        size => size?,
    };
    let mut pieces = store.get(known.id, 0..there).await?;
    let mut spool = Spool::begin(&folder(backup)).await?;
    while let Some(piece) = pieces.try_next().await? {
        spool.write(&piece).await?;
    }
    let content = spool.finish().await?;
    File::open(content.path())?.sync_all()?;
    if !matches(&content, &known) {
        content.persist(&place(backup, known.id).with_extension("damaged"))?;
        return Ok(Saved::Lost(Loss::of(known, "is not what was uploaded")));
    }
    content.persist(&place(backup, known.id))?;
    Ok(Saved::Whole(known))
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
    if matches(&content, known) { Ok(content) } else { Err(damaged(known, "is not what was uploaded")) }
}

fn matches(content: &Incoming, known: &Content) -> bool {
    let same_size = i64::try_from(content.size()).is_ok_and(|size| size == known.size);
    same_size && hex::encode(content.sha256()) == known.sha256
}

fn damaged(known: &Content, what: &str) -> Error {
    Error::Damaged(format!("the file {} {what}", known.id))
}
