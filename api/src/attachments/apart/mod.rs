//! Looks at contents in a process of its own, with little memory and little time: what others made to break whoever reads
//! it breaks that process and nothing else.

mod process;

use std::{
    env, io,
    path::{Path, PathBuf},
};

use openapi::{attachments::FileType, ids::AccountId};
use serde::{Deserialize, Serialize};
use tokio::task;

pub(super) use self::process::{limit, run};
use super::{
    Error,
    cleaning::{self, Shown},
    inspection,
    refusal::{Failure, Refusal},
};
use crate::{
    heavy::Turns,
    ports::files::{Incoming, is_full, place},
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

/// What a process says when it comes to an end.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    /// The original may be shown.
    Original,
    /// The copy may.
    Copy,
    /// It is not taken.
    Refused(Refusal),
    /// The disk has no room for the copy.
    NoRoom,
}

/// Looks at contents, as many at once as there are cores.
#[derive(Debug, Clone)]
pub struct Looking {
    pub(super) program: PathBuf,
    turns: Turns,
    /// The turn at making the sizes of an image: one at a time, because each takes much memory.
    pub(super) showing: Turns,
}

/// A content that was looked at.
#[derive(Debug)]
pub(super) struct Looked {
    /// The content.
    pub(super) original: Incoming,
    /// What is shown in its place.
    pub(super) copy: Option<Incoming>,
}

impl Looking {
    /// With the program that is running, also when another file lies in its place by now: on Linux the system knows it by
    /// itself, and a newer one could speak otherwise.
    ///
    /// # Errors
    /// When the system does not say which it is.
    pub fn with_this_program() -> io::Result<Self> {
        let itself = Path::new("/proc/self/exe");
        Ok(Self::with(if itself.exists() { itself.to_owned() } else { env::current_exe()? }))
    }

    /// With this program, which is `agora` or understands its command.
    #[must_use]
    pub fn with(program: PathBuf) -> Self {
        Self { program, turns: Turns::one_a_core(), showing: Turns::one() }
    }

    /// Looks at a person's content and makes the copy of it that is shown, in a folder for contents on their way. One of
    /// each person's is looked at at once, so that a person who sends many keeps none of the others waiting.
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
        let (program, folder) = (self.program.clone(), folder.to_owned());
        let looked = self.turns.take_for(person, move || look(&program, original, kind, &folder));
        looked.await?.map_err(|failure| Error::of(failure, kind))
    }
}

fn look(program: &Path, original: Incoming, kind: FileType, folder: &Path) -> Result<Looked, Failure> {
    let copy = place(folder)?;
    match run(program, COMMAND, kind, [original.path(), copy.as_ref()], folder)? {
        Verdict::Original => Ok(Looked { original, copy: None }),
        Verdict::Copy => Ok(Looked { original, copy: Some(Incoming::measured(copy)?) }),
        Verdict::Refused(refusal) => Err(refusal.into()),
        Verdict::NoRoom => Err(Failure::Disk(io::ErrorKind::StorageFull.into())),
    }
}

/// Looks at one content as the process that was started for it, and says what it found.
///
/// # Errors
/// When the disk fails.
pub(crate) fn look_at(kind: FileType, content: &Path, copy: &Path) -> io::Result<String> {
    let size = std::fs::metadata(content)?.len();
    limit(size, memory(kind, size), seconds(kind))?;
    let verdict = match judge(kind, content, copy) {
        Ok(Shown::Original) => Verdict::Original,
        Ok(Shown::Copy) => Verdict::Copy,
        Err(Failure::Refused(refusal)) => Verdict::Refused(refusal),
        Err(Failure::Disk(error)) if is_full(&error) => Verdict::NoRoom,
        Err(Failure::Disk(error)) => return Err(error),
    };
    serde_json::to_string(&verdict).map_err(io::Error::other)
}

/// Looks at a content that the program has made itself, here: it and the copy of it that is shown.
///
/// # Errors
/// What is wrong with it.
pub(crate) async fn looked_at(
    original: Incoming,
    kind: FileType,
    folder: PathBuf,
) -> Result<(Incoming, Option<Incoming>), Error> {
    let looked = task::spawn_blocking(move || {
        let copy = place(&folder)?;
        Ok(match judge(kind, original.path(), &copy)? {
            Shown::Original => (original, None),
            Shown::Copy => (original, Some(Incoming::measured(copy)?)),
        })
    });
    looked.await.map_err(io::Error::other)?.map_err(|failure| Error::of(failure, kind))
}

fn judge(kind: FileType, content: &Path, copy: &Path) -> Result<Shown, Failure> {
    inspection::agrees(content, kind)?;
    cleaning::clean(content, kind, &mut std::fs::File::options().write(true).truncate(true).open(copy)?)
}

/// Bytes of memory that looking at a content of this size may take.
fn memory(kind: FileType, size: u64) -> u64 {
    match kind {
        FileType::Pdf => size.saturating_mul(2).saturating_add(MEMORY_FOR_OBJECTS),
        _ => size.saturating_add(MEMORY),
    }
}

/// Seconds of a core that looking at a content may take.
fn seconds(kind: FileType) -> u64 {
    match kind {
        FileType::Docx | FileType::Xlsx | FileType::Odt => SECONDS_FOR_OFFICE,
        _ => SECONDS,
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
