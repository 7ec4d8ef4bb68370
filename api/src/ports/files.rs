//! The file-store port: keeps contents under ids that mean nothing to anybody else. Adapters: a local folder, and an
//! S3-compatible store. What a file is called, whose it is and who may fetch it, only the database knows.

mod incoming;
mod local;
mod s3;

use std::{error::Error, future::Future, io, iter, ops::Range, path::Path, pin::Pin, time::Duration};

use bytes::Bytes;
use futures::{Stream, TryFutureExt, TryStreamExt};
use openapi::ids::FileId;
use sha2::{Digest, Sha256};
use tokio::time;

pub(crate) use self::incoming::{place, room};
pub use self::{
    incoming::{Incoming, Spool, sweep},
    local::LocalFiles,
    s3::{Bucket, S3Files},
};

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It has no such content.
    #[error("there is no such content")]
    Missing,
    /// The content ends before the bytes that were asked for.
    #[error("the content is cut off")]
    CutOff,
    /// It has no room for more. What it has can be fetched; the rest passes when somebody has made room.
    #[error("the file store is full")]
    Full(#[source] Box<dyn Error + Send + Sync>),
    /// It does not let this service in, or has no such bucket. Nothing passes by itself here.
    #[error("the file store refused: {0}")]
    Refused(String),
    /// It is away, or failed.
    #[error("the file store failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ if is_full(&error) => Self::Full(error.into()),
            _ => Self::Failed(error.into()),
        }
    }
}

/// Whether an error says that there is no room left, or no more for this service.
#[must_use]
pub fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Something the store is doing.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A content on its way out, piece by piece.
pub type Content = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// What a store holds, one after the other, in no order.
pub type Listing<'a> = Pin<Box<dyn Stream<Item = Result<Held, StoreError>> + Send + 'a>>;

/// Something that a store holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// A content.
    Content(FileId),
    /// Something else, by its name there: no content of this service has such a name.
    Other(String),
}

/// Keeps contents. A content never changes; an id is given once.
pub trait FileStore: Send + Sync {
    /// Which adapter this is.
    fn adapter(&self) -> &'static str;

    /// The folder for what is on its way in: looked at there, then taken from there.
    fn incoming(&self) -> &Path;

    /// Keeps a content. When this has said so, it outlives a loss of power.
    fn put(&self, id: FileId, content: Incoming) -> Pending<'_, ()>;

    /// The bytes of a content from `range.start` to before `range.end`. [`StoreError::CutOff`] when it ends before that.
    fn get(&self, id: FileId, range: Range<u64>) -> Pending<'_, Content>;

    /// Forgets a content; one that is not there is forgotten already.
    fn remove(&self, id: FileId) -> Pending<'_, ()>;

    /// The bytes that a content has.
    fn size(&self, id: FileId) -> Pending<'_, u64>;

    /// Everything it holds. What comes or goes meanwhile may be in it or not. However much it is, little is in memory.
    fn list(&self) -> Listing<'_>;

    /// Tells whether contents can be kept and fetched now, by keeping a byte.
    fn check(&self) -> Pending<'_, ()>;
}

/// How long forgetting a content may last. The job that waits for it holds a connection and its row.
const REMOVED_WITHIN: Duration = Duration::from_secs(30);

/// How long telling whether it works, or is there, may last: a caller who asks for readiness waits no longer.
const CHECKED_WITHIN: Duration = Duration::from_secs(2);

/// Forgets a content, in time or not at all.
///
/// # Errors
/// When it may still be there; the caller tries again.
pub async fn remove(store: &dyn FileStore, id: FileId) -> Result<(), StoreError> {
    within(REMOVED_WITHIN, store.remove(id)).await
}

/// The SHA-256 of the bytes that a content should have, read piece by piece.
///
/// # Errors
/// [`StoreError::Missing`], [`StoreError::CutOff`] when there are fewer; when the store fails.
pub async fn digest(store: &dyn FileStore, id: FileId, size: u64) -> Result<[u8; 32], StoreError> {
    let mut pieces = store.get(id, 0..size).await?;
    let mut hash = Sha256::new();
    while let Some(piece) = pieces.try_next().await? {
        hash.update(&piece);
    }
    Ok(hash.finalize().into())
}

/// Tells whether a store works, in time or not at all.
///
/// # Errors
/// What is wrong with it.
pub async fn check(store: &dyn FileStore) -> Result<(), StoreError> {
    within(CHECKED_WITHIN, store.check()).await
}

/// Whether a store is there at all, although it fails with one content.
pub async fn is_there(store: &dyn FileStore) -> bool {
    let first = async { store.list().try_next().await };
    time::timeout(CHECKED_WITHIN, first).await.is_ok_and(|first| first.is_ok())
}

/// A failure of a store and everything behind it, for operators.
#[must_use]
pub fn whole(error: &StoreError) -> String {
    let chain = iter::successors(Some(error as &(dyn Error + 'static)), |error| (**error).source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

async fn within<T>(limit: Duration, pending: Pending<'_, T>) -> Result<T, StoreError> {
    time::timeout(limit, pending).map_err(|late| StoreError::Failed(late.into())).await?
}
