//! Looks at contents in a process of its own, with little memory and little time: what others made to break whoever reads
//! it breaks that process and nothing else.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use openapi::attachments::FileType;
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::task;

use super::{
    Error,
    cleaning::{self, Shown},
    inspection,
    refusal::{Failure, Refusal},
};
use crate::{
    heavy::Turns,
    ports::files::{Incoming, is_full, place, room},
};

/// The command of this program that looks at one content.
const COMMAND: &str = "look-at";

const MEBIBYTE: u64 = 1024 * 1024;

/// Bytes of memory that looking at a content may take beside the content itself: it runs past.
const MEMORY: u64 = 48 * MEBIBYTE;

/// The same of a PDF document, whose objects are all in memory, beside twice the content itself. One of some hundred pages
/// with headings and tables that programs can read aloud has fifty thousand of them, of two kibibytes each.
const MEMORY_FOR_OBJECTS: u64 = 192 * MEBIBYTE;

/// Bytes that a copy may be larger than its original.
const LARGER: u64 = 16 * MEBIBYTE;

/// Seconds of a core that looking at a content may take.
const SECONDS: u64 = 20;

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
    /// With this program, which is `agora` or understands its command.
    #[must_use]
    pub fn with(program: PathBuf) -> Self {
        Self { program, turns: Turns::one_a_core(), showing: Turns::one() }
    }

    /// Looks at a content and makes the copy of it that is shown, in a folder for contents on their way.
    ///
    /// # Errors
    /// What is wrong with it; [`Error::Busy`] when too many wait.
    pub(super) async fn at(&self, original: Incoming, kind: FileType, folder: &Path) -> Result<Looked, Error> {
        let (program, folder) = (self.program.clone(), folder.to_owned());
        let looked = self.turns.take(move || look(&program, original, kind, &folder));
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

/// Has another process of this program do something with a content, and tells what it says.
pub(super) fn run<T: DeserializeOwned>(
    program: &Path,
    command: &str,
    kind: FileType,
    paths: [&Path; 2],
    folder: &Path,
) -> Result<T, Failure> {
    // What it puts aside goes, however it ends.
    let room = room(folder)?;
    let done = Command::new(program)
        .args([command, kind.as_str()])
        .args(paths)
        // Nothing that it reads can make it tell what it was never told.
        .env_clear()
        .env("TMPDIR", room.path())
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    match done.status.code() {
        Some(0) => Ok(serde_json::from_slice(&done.stdout).map_err(io::Error::other)?),
        // It was ended: it wanted more memory, more time or more room than it may have.
        None => Err(Refusal::UnpacksTooLarge.into()),
        Some(PANICKED) => {
            tracing::error!(%kind, "looking at a content ended in a panic");
            Err(Refusal::Damaged.into())
        }
        Some(code) => Err(io::Error::other(format!("looking at a content ended with {code}")).into()),
    }
}

/// The exit code of a program that panics.
const PANICKED: i32 = 101;

/// Looks at one content as the process that was started for it, and says what it found.
///
/// # Errors
/// When the disk fails.
pub(crate) fn look_at(kind: FileType, content: &Path, copy: &Path) -> io::Result<String> {
    let size = std::fs::metadata(content)?.len();
    limit(size, memory(kind, size))?;
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

/// From here on this process may take so much memory and write a little more than the content's size, and no more. The
/// system ends it when it wants to.
pub(super) fn limit(size: u64, memory: u64) -> io::Result<()> {
    let set = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    set(Resource::Cpu, SECONDS)?;
    set(Resource::Fsize, size.saturating_add(LARGER))?;
    set(Resource::Core, 0)?;
    // Memory that is written to; what is mapped of the program itself does not count.
    set(Resource::Data, memory)?;
    Ok(())
}
