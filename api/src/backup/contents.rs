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
    ports::files::{self, FileStore, Incoming, Spool, StoreError},
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
    /// It is missing, damaged or cannot be read.
    Lost(Loss),
    /// It was never stored, and nothing refers to it.
    Never,
}

/// Copies a content out of the store. One that is not what the database knows, or cannot be read to its end, is kept beside
/// the others, as whatever is left of it.
///
/// # Errors
/// When the store fails altogether, or the backup's folder does.
pub(super) async fn save(store: &dyn FileStore, backup: &Path, known: Known) -> Result<Saved, Error> {
    let used = known.used;
    let known = Content { id: known.id, size: known.size, sha256: known.sha256 };
    let mut spool = Spool::begin(&folder(backup)).await?;
    let failed = match copy(store, known.id, &mut spool).await {
        Ok(()) => None,
        Err(Interrupted::Backup(error)) => return Err(error.into()),
        Err(Interrupted::Store(StoreError::Missing)) if !used => return Ok(Saved::Never),
        Err(Interrupted::Store(StoreError::Missing)) => {
            return Ok(Saved::Lost(Loss::of(known, "is not in the file store")));
        }
        // Asked, because a store that is away altogether has not lost everything.
        Err(Interrupted::Store(error)) if files::is_there(store).await => {
            tracing::warn!(content = %known.id, error = files::whole(&error), "a content could not be read");
            Some("could not be read")
        }
        Err(Interrupted::Store(error)) => return Err(error.into()),
    };
    let content = spool.finish().await?;
    let what = failed.or_else(|| (!matches(&content, &known)).then_some("is not what was uploaded"));
    let Some(what) = what else {
        File::open(content.path())?.sync_all()?;
        content.persist(&place(backup, known.id))?;
        return Ok(Saved::Whole(known));
    };
    if content.size() > 0 {
        File::open(content.path())?.sync_all()?;
        content.persist(&place(backup, known.id).with_extension("damaged"))?;
    }
    Ok(Saved::Lost(Loss::of(known, what)))
}

/// Why a content was not copied to its end.
enum Interrupted {
    /// The store failed with it.
    Store(StoreError),
    /// The backup's folder did.
    Backup(io::Error),
}

/// Copies as much of a content as there is.
async fn copy(store: &dyn FileStore, id: FileId, spool: &mut Spool) -> Result<(), Interrupted> {
    let there = store.size(id).await.map_err(Interrupted::Store)?;
    let mut pieces = store.get(id, 0..there).await.map_err(Interrupted::Store)?;
    while let Some(piece) = pieces.try_next().await.map_err(|error| Interrupted::Store(error.into()))? {
        spool.write(&piece).await.map_err(Interrupted::Backup)?;
    }
    Ok(())
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
