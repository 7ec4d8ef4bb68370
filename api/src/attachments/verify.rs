//! Compares what the database knows of contents with what the file store has, beside the running service and in constant
//! memory: names what is lost, damaged or belongs to nothing. Changes neither contents nor what refers to them.

use std::fmt;

use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt, stream};
use openapi::ids::FileId;

use super::{
    contents::{self, Known},
    losses::{self, Loss},
};
use crate::{
    db::Connection,
    ports::files::{self, FileStore, Held, StoreError},
};

/// Contents that are looked at together.
const TOGETHER: i64 = 500;

/// Questions to the store at once.
const AT_ONCE: usize = 8;

/// What shall be verified, and what is done with it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request {
    /// Read every content and compare its SHA-256, not the size alone. Those that are known to be lost are compared in any
    /// case.
    pub whole: bool,
    /// Note in the database what is lost and what was found again, for readiness and administrators to see.
    pub mark: bool,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The store does not have a content that something refers to.
    Lost(FileId),
    /// A content is not what was uploaded.
    Damaged(FileId, &'static str),
    /// The store fails when this content is read, and not altogether.
    Unreadable(FileId, String),
    /// The store has a content that no file has.
    Orphaned(FileId),
}

impl Finding {
    /// What is to be noted of it.
    fn loss(&self) -> Option<Loss> {
        match self {
            Self::Lost(_) => Some(Loss::Gone),
            Self::Damaged(..) => Some(Loss::Damaged),
            // It may pass.
            Self::Unreadable(..) | Self::Orphaned(_) => None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(id) => write!(f, "lost: {id} is not in the file store, and is used"),
            Self::Damaged(id, what) => write!(f, "damaged: {id} has another {what} than what was uploaded"),
            Self::Unreadable(id, why) => write!(f, "unreadable: {id} could not be read: {why}"),
            Self::Orphaned(id) => write!(f, "orphaned: {id} is in the file store, and no file has it"),
        }
    }
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Contents that rows know of.
    pub known: u64,
    /// Contents in the store.
    pub held: u64,
    /// Things in the store that are no contents of this service.
    pub others: u64,
    /// Findings.
    pub findings: u64,
}

/// Why it could not be found out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
    /// The file store failed.
    #[error("the file store failed")]
    Store(#[from] StoreError),
}

/// Verifies all contents; `tell` gets each finding at once.
///
/// # Errors
/// [`Error`] when it could not be found out.
pub async fn verify(
    conn: &mut Connection,
    store: &dyn FileStore,
    request: Request,
    now: DateTime<Utc>,
    mut tell: impl FnMut(&Finding),
) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut tell = |report: &mut Report, finding: &Finding| {
        report.findings += 1;
        tell(finding);
    };
    // First, because a store that is not there at all fails here rather than seeming to have lost everything.
    let mut held = store.list().try_chunks(usize::try_from(TOGETHER).unwrap_or(1));
    while let Some(some) = held.try_next().await.map_err(|failed| failed.1)? {
        for id in orphans(conn, store, some, &mut report).await? {
            tell(&mut report, &Finding::Orphaned(id));
        }
    }
    let mut last = None;
    loop {
        let some = contents::known(conn, last, TOGETHER).await?;
        let Some(end) = some.last() else { return Ok(report) };
        last = Some(end.id);
        report.known += some.len() as u64;
        let mut looked = stream::iter(some)
            .map(
                |known| async move { Ok::<_, Error>((look(store, &known, request.whole || known.lost).await?, known)) },
            )
            .buffered(AT_ONCE);
        while let Some((finding, known)) = looked.try_next().await? {
            match finding {
                // Asked again: it may have been let go of meanwhile, and removed.
                Some(finding) if known.used && contents::is_used(conn, known.id).await? => {
                    tell(&mut report, &finding);
                    if let Some(loss) = finding.loss().filter(|_| request.mark) {
                        losses::note(conn, known.id, loss, now).await?;
                    }
                }
                None if known.lost && request.mark => losses::note_found(conn, known.id).await?,
                _ => {}
            }
        }
    }
}

/// The contents among what a store has that belong to nothing.
async fn orphans(
    conn: &mut Connection,
    store: &dyn FileStore,
    held: Vec<Held>,
    report: &mut Report,
) -> Result<Vec<FileId>, Error> {
    let mut ids = Vec::new();
    for held in held {
        match held {
            Held::Content(id) => ids.push(id),
            Held::Other(_) => report.others += 1,
        }
    }
    report.held += ids.len() as u64;
    let mut orphans = Vec::new();
    for id in contents::unknown(conn, ids).await? {
        // What was removed meanwhile is none.
        match store.size(id).await {
            Ok(_) => orphans.push(id),
            Err(StoreError::Missing) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(orphans)
}

/// What is wrong with a content, if anything is. One that cannot be read ends nothing, as long as the store is there.
async fn look(store: &dyn FileStore, known: &Known, whole: bool) -> Result<Option<Finding>, Error> {
    match compare(store, known, whole).await {
        Err(error @ (StoreError::Failed(_) | StoreError::Refused(_))) if files::is_there(store).await => {
            Ok(Some(Finding::Unreadable(known.id, files::whole(&error))))
        }
        found => Ok(found?),
    }
}

async fn compare(store: &dyn FileStore, known: &Known, whole: bool) -> Result<Option<Finding>, StoreError> {
    let expected = known.size.unsigned_abs();
    let size = match store.size(known.id).await {
        Err(StoreError::Missing) => return Ok(Some(Finding::Lost(known.id))),
        size => size?,
    };
    if size != expected {
        return Ok(Some(Finding::Damaged(known.id, "size")));
    }
    if !whole {
        return Ok(None);
    }
    Ok(match files::digest(store, known.id, expected).await {
        Err(StoreError::Missing) => Some(Finding::Lost(known.id)),
        Err(StoreError::CutOff) => Some(Finding::Damaged(known.id, "size")),
        digest => (hex::encode(digest?) != known.sha256).then_some(Finding::Damaged(known.id, "content")),
    })
}
