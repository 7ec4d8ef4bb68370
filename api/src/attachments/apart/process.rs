//! A process of this program that does one thing with one content: how it is started, what it may take, and what its end
//! says of the content.

use std::{
    io::{self, Read},
    os::unix::process::{CommandExt, ExitStatusExt},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use openapi::attachments::FileType;
use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use serde::de::DeserializeOwned;

use super::verdict::Verdict;
use crate::{
    attachments::refusal::{Failure, Refusal},
    ports::files::room,
};

/// Bytes that a copy may be larger than its original.
const LARGER: u64 = 16 * 1024 * 1024;

/// How long such a process may last by the clock on the wall, whatever it does: on a machine with other work the seconds of
/// a core take longer, and code that is not optimised many times as many.
const LASTS: Duration = Duration::from_secs(if cfg!(debug_assertions) { 240 } else { 60 });

/// How often a process that has said what it found is asked whether it has ended.
const AGAIN: Duration = Duration::from_millis(5);

/// How many times it is asked, before it is ended.
const ENDS_WITHIN: u32 = 1000;

/// Seconds of a core beyond those that it may take. The system says which limit it has reached before it ends it without
/// a word.
const GRACE: u64 = 5;

/// What the system ends a process by because of what that does itself: it wants more seconds, more room or more memory
/// than it may have, or breaks. Every other signal comes from outside, from who stops the service or from a machine that
/// has no memory left, and says nothing of the content.
const ITS_OWN: [Signal; 9] = [
    Signal::XCPU,
    Signal::XFSZ,
    Signal::ABORT,
    Signal::SEGV,
    Signal::BUS,
    Signal::ILL,
    Signal::FPE,
    Signal::TRAP,
    Signal::SYS,
];

/// Bytes that it may say.
const SAID: u64 = 64 * 1024;

/// Has another process of this program do something with a content, and tells what it says.
pub(in crate::attachments) fn run<T: DeserializeOwned>(
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
        // Who interrupts the service on a terminal does not interrupt this: the service waits for what is under way.
        .process_group(0)
        .spawn()?;
    match ended(&mut process, LASTS)? {
        End::ByItself(status, said) => told_by(kind, status, &said),
        End::LastedTooLong => Err(Refusal::UnpacksTooLarge.into()),
    }
}

/// What the end of a process tells of the content that it looked at.
fn told_by<T: DeserializeOwned>(kind: FileType, status: ExitStatus, said: &[u8]) -> Result<T, Failure> {
    match (status.code(), status.signal()) {
        (Some(0), _) => serde_json::from_slice::<Verdict<T>>(said).map_err(io::Error::other)?.heard(),
        (Some(PANICKED), _) => {
            tracing::error!(%kind, "looking at a content ended in a panic");
            Err(Refusal::Damaged.into())
        }
        (None, Some(signal)) if ITS_OWN.iter().any(|own| own.as_raw() == signal) => {
            Err(Refusal::UnpacksTooLarge.into())
        }
        // It may go better next time.
        _ => Err(io::Error::other(format!("looking at a content was broken off: {status}")).into()),
    }
}

/// How a process came to its end.
#[derive(Debug)]
enum End {
    /// Not by this one: with this status, and what it said.
    ByItself(ExitStatus, Vec<u8>),
    /// It was ended here.
    LastedTooLong,
}

/// Waits for the end of a process, and ends it when it lasts longer.
fn ended(process: &mut Child, lasts: Duration) -> io::Result<End> {
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
                return Ok(End::ByItself(status, said?));
            }
            thread::sleep(AGAIN);
        }
    }
    process.kill()?;
    process.wait()?;
    Ok(End::LastedTooLong)
}

/// The exit code of a program that panics.
const PANICKED: i32 = 101;

/// From here on this process may take so much memory and so many seconds of a core, and write a little more than the
/// content's size, and no more. The system ends it when it wants to, by a signal of its own for each.
pub(super) fn limit(size: u64, memory: u64, seconds: u64) -> io::Result<()> {
    let set = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    setrlimit(Resource::Cpu, Rlimit { current: Some(seconds), maximum: Some(seconds.saturating_add(GRACE)) })?;
    set(Resource::Fsize, size.saturating_add(LARGER))?;
    set(Resource::Core, 0)?;
    // Memory that is written to; what is mapped of the program itself does not count.
    set(Resource::Data, memory)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::env;

    use serde::Deserialize;

    use super::*;

    /// What comes of a content here.
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Made {
        Copy,
    }

    fn started(script: &str) -> Child {
        Command::new("sh").args(["-c", script]).stdout(Stdio::piped()).spawn().unwrap()
    }

    /// What is told of a content when the process that looks at it does this.
    fn told(script: &str) -> Result<Made, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("script");
        std::fs::write(&place, script).unwrap();
        run(
            Path::new("/bin/sh"),
            place.to_str().unwrap(),
            FileType::Pdf,
            [Path::new("a"), Path::new("b")],
            folder.path(),
        )
    }

    #[test]
    fn what_a_content_makes_a_process_do_is_told_from_what_happens_to_it() {
        for signal in ["TERM", "KILL", "USR1"] {
            let told = told(&format!("printf '\"copy\"'; kill -{signal} $$; sleep 60"));
            assert!(matches!(told, Err(Failure::Disk(_))), "{signal}: {told:?}");
        }
        // A shell may have been told to ignore these.
        for signal in [Signal::INT, Signal::HUP, Signal::QUIT, Signal::PIPE] {
            let told = told_by::<Made>(FileType::Pdf, ExitStatus::from_raw(signal.as_raw()), b"\"copy\"");
            assert!(matches!(told, Err(Failure::Disk(_))), "{signal:?}: {told:?}");
        }
        for signal in ["XCPU", "XFSZ", "ABRT", "SEGV", "BUS"] {
            let told = told(&format!("kill -{signal} $$; sleep 60"));
            assert!(matches!(told, Err(Failure::Refused(Refusal::UnpacksTooLarge))), "{signal}: {told:?}");
        }
        assert!(matches!(told("exit 101"), Err(Failure::Refused(Refusal::Damaged))));
        assert!(matches!(told("exit 3"), Err(Failure::Disk(_))));
        assert!(matches!(told("printf '\"copy\"'"), Ok(Made::Copy)));
    }

    /// Who has the terminal interrupts all of a group.
    #[test]
    fn a_process_has_a_group_of_its_own() {
        let told = told("test $(ps -o pgid= -p $$) = $$ && printf '\"copy\"'");
        assert!(matches!(told, Ok(Made::Copy)), "{told:?}");
    }

    /// What the system does to a process when it takes as much of something as it may.
    #[test]
    fn a_limit_that_is_reached_is_told_by_a_signal_of_its_own() {
        for (reaches, signal) in
            [("reaches_time", Signal::XCPU), ("reaches_room", Signal::XFSZ), ("reaches_memory", Signal::ABORT)]
        {
            let test = format!("attachments::apart::process::tests::{reaches}");
            let mut process = Command::new(env::current_exe().unwrap());
            process.args(["--exact", &test, "--include-ignored"]).stdout(Stdio::null()).stderr(Stdio::null());
            assert_eq!(process.status().unwrap().signal(), Some(signal.as_raw()), "{reaches}");
        }
    }

    #[test]
    #[ignore = "run in a process of its own by the test above"]
    fn reaches_time() {
        limit(0, 64 << 20, 1).unwrap();
        while std::hint::black_box(true) {}
    }

    #[test]
    #[ignore = "run in a process of its own by the test above"]
    fn reaches_room() {
        limit(0, 64 << 20, 10).unwrap();
        let mut file = tempfile::tempfile().unwrap();
        while io::Write::write(&mut file, &[1; 65_536]).is_ok() {}
    }

    #[test]
    #[ignore = "run in a process of its own by the test above"]
    fn reaches_memory() {
        limit(0, 64 << 20, 10).unwrap();
        drop(std::hint::black_box(vec![1_u8; 256 << 20]));
    }

    #[test]
    fn a_process_that_lasts_too_long_is_ended() {
        for script in ["exec sleep 600", "exec >&-; exec sleep 600"] {
            let end = ended(&mut started(script), Duration::from_millis(200)).unwrap();
            assert!(matches!(end, End::LastedTooLong), "{script}: {end:?}");
        }
    }

    #[test]
    fn what_a_process_says_is_heard_and_no_more_of_it_than_there_is_room_for() {
        let end = |script| match ended(&mut started(script), Duration::from_secs(300)).unwrap() {
            End::ByItself(status, said) => (status.code(), said),
            End::LastedTooLong => panic!("{script} lasted too long"),
        };
        assert_eq!(end("printf copy"), (Some(0), b"copy".to_vec()));
        assert_eq!(end("exit 3"), (Some(3), Vec::new()));
        assert_eq!(end("exec cat /dev/zero").1.len() as u64, SAID);
    }
}
