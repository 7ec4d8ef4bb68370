//! Keeps contents in a folder of this machine, or one that several machines share.

use std::{
    fs::{self, File},
    io::{self, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
};

use futures::{TryFutureExt, stream};
use openapi::ids::FileId;
use tokio::{
    fs::ReadDir,
    io::{AsyncReadExt, AsyncSeekExt},
    task,
};
use tokio_util::io::ReaderStream;

use super::{Content, FileStore, Held, Incoming, Listing, Pending, StoreError, incoming::write_a_byte};

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

    /// Whether a folder is one already.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join("contents").is_dir()
    }

    /// Where a content lies. The end of an id is random: so the folders fill evenly, and none gets too long a list.
    fn place(&self, id: FileId) -> PathBuf {
        let name = id.0.simple().to_string();
        let (_, shard) = name.split_at(name.len() - 2);
        self.contents.join(shard).join(&name)
    }
}

/// How far a walk through the folder has come: the shards, and the one that is open.
type Walk = (ReadDir, Option<ReadDir>);

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
            let kept = blocking(move || keep(content, &place).map_err(failed));
            kept.await
        })
    }

    fn get(&self, id: FileId, range: Range<u64>) -> Pending<'_, Content> {
        let place = self.place(id);
        Box::pin(async move {
            let mut file = tokio::fs::File::open(place).await?;
            if file.metadata().await?.len() < range.end {
                return Err(StoreError::CutOff);
            }
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

    fn size(&self, id: FileId) -> Pending<'_, u64> {
        let place = self.place(id);
        Box::pin(async move { Ok(tokio::fs::metadata(place).await?.len()) })
    }

    fn list(&self) -> Listing<'_> {
        let walk = async move {
            let shards = tokio::fs::read_dir(&self.contents).await?;
            Ok(stream::try_unfold((shards, None), move |walk| self.next(walk)))
        };
        Box::pin(walk.try_flatten_stream())
    }

    fn check(&self) -> Pending<'_, ()> {
        let files = self.clone();
        Box::pin(blocking(move || {
            fs::read_dir(&files.contents).map_err(failed)?;
            write_a_byte(&files.incoming).map_err(failed)
        }))
    }
}

/// Here nothing is missing but what somebody took away: that is a failure, not an answer.
fn failed(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::NotFound { io::Error::other(error) } else { error }
}

impl LocalFiles {
    /// The next thing in the folder, and how far the walk has come.
    async fn next(&self, (mut shards, mut shard): Walk) -> Result<Option<(Held, Walk)>, StoreError> {
        loop {
            let Some(open) = &mut shard else {
                let Some(next) = shards.next_entry().await? else { return Ok(None) };
                if !next.file_type().await?.is_dir() {
                    return Ok(Some((self.held(&next.path()), (shards, None))));
                }
                shard = Some(tokio::fs::read_dir(next.path()).await?);
                continue;
            };
            match open.next_entry().await? {
                Some(found) => return Ok(Some((self.held(&found.path()), (shards, shard)))),
                None => shard = None,
            }
        }
    }

    fn held(&self, path: &Path) -> Held {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let id = name.parse().ok().map(FileId).filter(|id| self.place(*id) == path);
        let beside = || path.strip_prefix(&self.contents).unwrap_or(path).display().to_string();
        id.map_or_else(|| Held::Other(beside()), Held::Content)
    }
}
