//! Looks at contents in a process of its own, with little memory and little time: what others made to break whoever reads
//! it breaks that process and nothing else.

use std::{
    env,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use openapi::{attachments::FileType, ids::AccountId};
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

/// Seconds of a core that looking at a content may take: a PDF is parsed whole, and images are read bit by bit.
const SECONDS: u64 = 20;

/// The same of an office document: as much XML as it may have takes half of it.
const SECONDS_FOR_OFFICE: u64 = 10;

/// How long such a process may last by the clock on the wall, whatever it does: on a machine with other work the seconds of
/// a core take longer.
const LASTS: Duration = Duration::from_secs(60);

/// How often a process that has said what it found is asked whether it has ended.
const AGAIN: Duration = Duration::from_millis(5);

/// How many times it is asked, before it is ended.
const ENDS_WITHIN: u32 = 1000;

/// Bytes that it may say.
const SAID: u64 = 64 * 1024;

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
    let mut process = Command::new(program)
        .args([command, kind.as_str()])
        .args(paths)
        // Nothing that it reads can make it tell what it was never told.
        .env_clear()
        .env("TMPDIR", room.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (status, said) = ended(&mut process, LASTS)?;
    match status.code() {
        Some(0) => Ok(serde_json::from_slice(&said).map_err(io::Error::other)?),
        // It was ended: it wanted more memory, more time or more room than it may have, or lasted too long.
        None => Err(Refusal::UnpacksTooLarge.into()),
        Some(PANICKED) => {
            tracing::error!(%kind, "looking at a content ended in a panic");
            Err(Refusal::Damaged.into())
        }
        Some(code) => Err(io::Error::other(format!("looking at a content ended with {code}")).into()),
    }
}

/// Waits for the end of a process, and ends it when it lasts longer: how it ended, and what it said.
fn ended(process: &mut Child, lasts: Duration) -> io::Result<(ExitStatus, Vec<u8>)> {
    let (heard, hears) = mpsc::channel();
    if let Some(says) = process.stdout.take() {
        thread::spawn(move || {
            let mut said = Vec::new();
            // What is not heard any more is not said to anybody.
            let _ = heard.send(says.take(SAID).read_to_end(&mut said).map(|_| said));
        });
    }
    if let Ok(said) = hears.recv_timeout(lasts) {
        // It has said all that it has to say.
        for _ in 0..ENDS_WITHIN {
            if let Some(status) = process.try_wait()? {
                return Ok((status, said?));
            }
            thread::sleep(AGAIN);
        }
    }
    process.kill()?;
    Ok((process.wait()?, Vec::new()))
}

/// The exit code of a program that panics.
const PANICKED: i32 = 101;

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

/// From here on this process may take so much memory and so many seconds of a core, and write a little more than the content's size, and no more. The
/// system ends it when it wants to.
pub(super) fn limit(size: u64, memory: u64, seconds: u64) -> io::Result<()> {
    let set = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    set(Resource::Cpu, seconds)?;
    set(Resource::Fsize, size.saturating_add(LARGER))?;
    set(Resource::Core, 0)?;
    // Memory that is written to; what is mapped of the program itself does not count.
    set(Resource::Data, memory)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(script: &str) -> Child {
        Command::new("sh").args(["-c", script]).stdout(Stdio::piped()).spawn().unwrap()
    }

    #[test]
    fn a_process_that_lasts_too_long_is_ended() {
        for script in ["exec sleep 600", "exec >&-; exec sleep 600"] {
            let (status, said) = ended(&mut started(script), Duration::from_millis(200)).unwrap();
            assert_eq!((status.code(), said), (None, Vec::new()), "{script}");
        }
    }

    #[test]
    fn what_a_process_says_is_heard_and_no_more_of_it_than_there_is_room_for() {
        let lasts = Duration::from_secs(300);
        let (status, said) = ended(&mut started("printf copy"), lasts).unwrap();
        assert_eq!((status.code(), said), (Some(0), b"copy".to_vec()));
        let (status, said) = ended(&mut started("exit 3"), lasts).unwrap();
        assert_eq!((status.code(), said), (Some(3), Vec::new()));
        let (_, said) = ended(&mut started("exec cat /dev/zero"), lasts).unwrap();
        assert_eq!(said.len() as u64, SAID);
    }

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
