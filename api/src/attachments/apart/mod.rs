//! Looks at contents in a process of its own, with little memory and little time: what others made to break whoever reads
//! it breaks that process and nothing else.

mod process;
mod verdict;

use std::{
    io,
    path::{Path, PathBuf},
};

use openapi::{attachments::FileType, ids::AccountId};
use tempfile::TempPath;
use tokio::task;

pub(super) use self::{
    process::run,
    verdict::{Bounds, said},
};
use super::{
    Error,
    cleaning::{self, Cleaned},
    inspection,
    refusal::Failure,
};
use crate::{
    heavy::Turns,
    looking::Looking,
    ports::files::{Incoming, place},
};

/// The command of this program that looks at one content.
const COMMAND: &str = "look-at";

const MEBIBYTE: u64 = 1024 * 1024;

/// Bytes of memory that looking at a content may take beside the content itself: it runs past.
const MEMORY: u64 = 48 * MEBIBYTE;

/// The same of a PDF document, whose objects are all in memory, beside twice the content itself. One of some hundred pages
/// with headings and tables that programs can read aloud has fifty thousand of them, of two kibibytes each.
const MEMORY_FOR_OBJECTS: u64 = 192 * MEBIBYTE;

/// Seconds of a core that looking at a content may take: a PDF is parsed whole, and images are read bit by bit.
const SECONDS: u64 = 20;

/// The same of an office document: as much XML as it may have takes half of it.
const SECONDS_FOR_OFFICE: u64 = 10;

/// Bytes that a text or an image may have to be read at once, whatever else is looked at: those are read once, from the
/// beginning to the end, and nothing in them is unpacked.
const READ_AT_ONCE: u64 = 4 * MEBIBYTE;

/// A content that was looked at.
#[derive(Debug)]
pub(super) struct Looked {
    /// The content.
    pub(super) original: Incoming,
    /// What is shown in its place.
    pub(super) copy: Option<Incoming>,
}

impl Looked {
    fn of(original: Incoming, cleaned: Cleaned, copy: TempPath) -> io::Result<Self> {
        let copy = match cleaned {
            Cleaned::Original => None,
            Cleaned::Copy => Some(Incoming::measured(copy)?),
        };
        Ok(Self { original, copy })
    }
}

impl Looking {
    /// Looks at a person's content and makes the copy of it that is shown, in a folder for contents on their way. One of
    /// each person's is looked at at once, and those who sent little lately come first, so that a person who sends many
    /// keeps none of the others waiting; nor does an office document keep a text or an image that is small.
    ///
    /// # Errors
    /// What is wrong with it; [`Error::Busy`] when too many wait.
    pub(super) async fn at(
        &self,
        person: AccountId,
        original: Incoming,
        kind: FileType,
        folder: &Path,
    ) -> Result<Looked, Error> {
        let turns = self.inspecting.of(!is_read_at_once(kind, original.size()));
        let folder = folder.to_owned();
        self.in_turn(turns, person, kind, move |program| {
            let copy = place(&folder)?;
            let cleaned = run(program, COMMAND, kind, [original.path(), copy.as_ref()], &folder)?;
            Ok(Looked::of(original, cleaned, copy)?)
        })
        .await
    }

    /// Does what a process is to be started for, with the program, in its person's turn.
    pub(super) async fn in_turn<T: Send + 'static>(
        &self,
        turns: &Turns,
        person: AccountId,
        kind: FileType,
        work: impl FnOnce(&Path) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Error> {
        let program = self.program.clone();
        let done = turns.take_for(person, move || work(&program)).await?;
        done.map_err(|failure| Error::of(failure, kind))
    }
}

/// Looks at one content as the process that was started for it, and says what it found.
///
/// # Errors
/// When the disk fails.
pub(crate) fn inspect(kind: FileType, content: &Path, copy: &Path) -> io::Result<String> {
    said(content, |size| bounds(kind, size), || judge(kind, content, copy))
}

/// Looks at a content that the program has made itself, in this process: it and the copy of it that is shown.
///
/// # Errors
/// What is wrong with it.
pub(crate) async fn inspected_here(
    original: Incoming,
    kind: FileType,
    folder: PathBuf,
) -> Result<(Incoming, Option<Incoming>), Error> {
    let Looked { original, copy } = here(kind, move || {
        let copy = place(&folder)?;
        let cleaned = judge(kind, original.path(), &copy)?;
        Ok(Looked::of(original, cleaned, copy)?)
    })
    .await?;
    Ok((original, copy))
}

/// Does in this process what otherwise has one of its own.
pub(super) async fn here<T: Send + 'static>(
    kind: FileType,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Error> {
    let done = task::spawn_blocking(work).await.map_err(io::Error::other)?;
    done.map_err(|failure| Error::of(failure, kind))
}

fn judge(kind: FileType, content: &Path, copy: &Path) -> Result<Cleaned, Failure> {
    inspection::agrees(content, kind)?;
    cleaning::clean(content, kind, &mut std::fs::File::options().write(true).truncate(true).open(copy)?)
}

/// Whether looking at a content takes no longer than reading it, and it is small.
fn is_read_at_once(kind: FileType, size: u64) -> bool {
    matches!(kind, FileType::Text | FileType::Png | FileType::Jpeg) && size <= READ_AT_ONCE
}

/// What looking at a content of this size may take.
fn bounds(kind: FileType, size: u64) -> Bounds {
    match kind {
        FileType::Pdf => {
            let memory = size.saturating_mul(2).saturating_add(MEMORY_FOR_OBJECTS);
            Bounds { memory, seconds: SECONDS }
        }
        FileType::Docx | FileType::Xlsx | FileType::Odt => {
            Bounds { memory: size.saturating_add(MEMORY), seconds: SECONDS_FOR_OFFICE }
        }
        _ => Bounds { memory: size.saturating_add(MEMORY), seconds: SECONDS },
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// What is started is the running program itself, whatever lies at its path by now.
    #[test]
    fn the_running_program_is_started() {
        let program = Looking::with_this_program().unwrap().program;
        if cfg!(target_os = "linux") {
            assert_eq!(program, Path::new("/proc/self/exe"));
        }
        let listed = Command::new(program).args(["--list", "the_running_program"]).output().unwrap();
        assert!(String::from_utf8_lossy(&listed.stdout).contains("the_running_program_is_started"));
    }
}
