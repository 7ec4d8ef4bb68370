//! Keeps contents in a folder of this machine, or one that several machines share.

use std::{
    fs::{self, File},
    io::{self, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
};

use openapi::ids::FileId;
use tokio::{
    io::{AsyncReadExt, AsyncSeekExt},
    task,
};
use tokio_util::io::ReaderStream;

use super::{Content, FileStore, Incoming, Pending, StoreError};

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// A folder with contents. Their paths are made of their ids alone.
#[derive(Debug, Clone)]
pub struct LocalFiles {
    contents: PathBuf,
    incoming: PathBuf,
}

impl LocalFiles {
    /// In this folder, which is made unless it is there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let files = Self { contents: folder.join("contents"), incoming: folder.join("incoming") };
        fs::create_dir_all(&files.contents)?;
        fs::create_dir_all(&files.incoming)?;
        Ok(files)
    }

    /// Where a content lies. The end of an id is random: so the folders fill evenly, and none gets too long a list.
    fn place(&self, id: FileId) -> PathBuf {
        let name = id.0.simple().to_string();
        let (_, shard) = name.split_at(name.len() - 2);
        self.contents.join(shard).join(&name)
    }
}

/// Written down, then given its name, then the name written down: whatever happens on the way, there is the whole
/// content under its name or nothing.
fn keep(content: Incoming, place: &Path) -> io::Result<()> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder)?;
    File::open(content.path())?.sync_all()?;
    content.persist(place)?;
    File::open(folder)?.sync_all()?;
    folder.parent().map_or(Ok(()), |contents| File::open(contents)?.sync_all())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, StoreError> {
    let done = task::spawn_blocking(work).await.map_err(|error| StoreError::Failed(error.into()))?;
    Ok(done?)
}

impl FileStore for LocalFiles {
    fn adapter(&self) -> &'static str {
        "local"
    }

    fn incoming(&self) -> &Path {
        &self.incoming
    }

    fn put(&self, id: FileId, content: Incoming) -> Pending<'_, ()> {
        let place = self.place(id);
        Box::pin(async move {
            // Here nothing is missing but what somebody took away: that is a failure, not an answer.
            let kept = blocking(move || keep(content, &place).map_err(io::Error::other));
            kept.await
        })
    }

    fn get(&self, id: FileId, range: Range<u64>) -> Pending<'_, Content> {
        let place = self.place(id);
        Box::pin(async move {
            let mut file = tokio::fs::File::open(place).await?;
            file.seek(SeekFrom::Start(range.start)).await?;
            let wanted = file.take(range.end.saturating_sub(range.start));
            Ok(Box::pin(ReaderStream::with_capacity(wanted, PIECE)) as Content)
        })
    }

    fn remove(&self, id: FileId) -> Pending<'_, ()> {
        let place = self.place(id);
        Box::pin(async move {
            match blocking(move || fs::remove_file(place)).await {
                Err(StoreError::Missing) => Ok(()),
                outcome => outcome,
            }
        })
    }

    fn check(&self) -> Pending<'_, ()> {
        let files = self.clone();
        Box::pin(blocking(move || {
            fs::read_dir(&files.contents).map_err(io::Error::other)?;
            tempfile::tempfile_in(&files.incoming).map(drop).map_err(io::Error::other)
        }))
    }
}
