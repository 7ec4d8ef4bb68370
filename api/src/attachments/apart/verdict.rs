//! What a process that reads a content says when it comes to an end, and when it says it.

use std::{io, path::Path};

use serde::{Deserialize, Serialize};

use super::process::limit;
use crate::{
    attachments::refusal::{Failure, Refusal},
    ports::files::is_full,
};

/// What a process says of a content.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict<T> {
    /// It is not taken.
    Refused(Refusal),
    /// The disk has no room for what is made of it.
    NoRoom,
    /// What came of it.
    #[serde(untagged)]
    Done(T),
}

impl<T> Verdict<T> {
    /// The same in the process that has asked.
    pub(super) fn heard(self) -> Result<T, Failure> {
        match self {
            Self::Done(done) => Ok(done),
            Self::Refused(refusal) => Err(refusal.into()),
            Self::NoRoom => Err(Failure::Disk(io::ErrorKind::StorageFull.into())),
        }
    }
}

/// What reading a content may take.
#[derive(Debug, Clone, Copy)]
pub(in crate::attachments) struct Bounds {
    /// Bytes of memory.
    pub(in crate::attachments) memory: u64,
    /// Seconds of a core.
    pub(in crate::attachments) seconds: u64,
}

/// Does in this process what it was started for, within bounds that the content's size decides, and gives what it says.
///
/// # Errors
/// When the disk fails.
pub(in crate::attachments) fn said<T: Serialize>(
    content: &Path,
    bounds: impl FnOnce(u64) -> Bounds,
    work: impl FnOnce() -> Result<T, Failure>,
) -> io::Result<String> {
    let size = std::fs::metadata(content)?.len();
    let Bounds { memory, seconds } = bounds(size);
    limit(size, memory, seconds)?;
    let verdict = match work() {
        Ok(done) => Verdict::Done(done),
        Err(Failure::Refused(refusal)) => Verdict::Refused(refusal),
        Err(Failure::Disk(error)) if is_full(&error) => Verdict::NoRoom,
        Err(Failure::Disk(error)) => return Err(error),
    };
    serde_json::to_string(&verdict).map_err(io::Error::other)
}
