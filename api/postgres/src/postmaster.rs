//! The server process: started so that it cannot outlive us, watched until it is ready, and
//! stopped.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::Error;

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// From polite to final: fast shutdown (roll back, checkpoint), immediate shutdown (recover at the
/// next start), kill.
const WAYS_TO_STOP: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(30)),
    (Signal::QUIT, Duration::from_secs(10)),
    (Signal::KILL, Duration::from_secs(5)),
];

/// A running server that we started. Dropping it stops it.
#[derive(Debug)]
pub(crate) struct Postmaster {
    child: Child,
    /// Never sent on: its end lets the thread that started the server end, and that is a signal to
    /// the server.
    _parent: Sender<()>,
}

impl Postmaster {
    /// Runs the command from a thread of its own, which does nothing else for as long as the server
    /// is wanted: the kernel's "my parent died" signal follows the thread that started a process,
    /// and the caller's thread may be a short-lived one.
    pub(crate) fn start(mut command: Command) -> io::Result<Self> {
        let (parent, wanted) = mpsc::channel();
        let (started, child) = mpsc::channel();
        thread::Builder::new().name("postgres-parent".to_owned()).spawn(move || {
            // Neither can fail while the caller waits, and afterwards nobody is left to tell.
            let _ = started.send(command.spawn());
            let _ = wanted.recv();
        })?;
        let child = child.recv().map_err(io::Error::other)??;
        Ok(Self { child, _parent: parent })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process is still there.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Whether it accepts connections, as it writes itself into the pid file's eighth line.
    pub(crate) fn is_ready(&self, data: &Path) -> bool {
        recorded_pid(data).is_some_and(|pid| pid.as_raw_nonzero().get().unsigned_abs() == self.pid())
            && fs::read_to_string(data.join("postmaster.pid"))
                .is_ok_and(|text| text.lines().nth(7).is_some_and(|status| status.trim() == "ready"))
    }

    /// Stops it and waits until it is gone.
    pub(crate) fn stop(&mut self) -> Result<(), Error> {
        let pid = Pid::from_child(&self.child);
        stop(pid, || self.is_running())
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        // Nobody is left to tell; the next start deals with a server that would not stop.
        let _ = self.stop();
    }
}

/// Stops a server that an earlier, killed run left in this data folder, and clears a pid file whose
/// process id by now belongs to another program. The caller holds the folder's lock, so no living
/// run of ours wants that server.
pub(crate) fn stop_leftover(data: &Path) -> Result<(), Error> {
    let Some(pid) = recorded_pid(data) else {
        return Ok(());
    };
    if serves(pid, data) {
        return stop(pid, || serves(pid, data));
    }
    // PostgreSQL clears the file of a dead process itself, with more checks than we could make.
    if test_kill_process(pid).is_ok() {
        let file = data.join("postmaster.pid");
        fs::remove_file(&file).map_err(Error::io("cannot delete", &file))?;
    }
    Ok(())
}

fn stop(pid: Pid, is_running: impl FnMut() -> bool) -> Result<(), Error> {
    let mut is_running = is_running;
    for (signal, patience) in WAYS_TO_STOP {
        // It may end between our look and the signal; then the next look sees it.
        let _ = kill_process(pid, signal);
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if !is_running() {
                return Ok(());
            }
            thread::sleep(LOOK_EVERY);
        }
    }
    Err(Error::Stop { pid: pid.as_raw_nonzero().get().unsigned_abs() })
}

fn recorded_pid(data: &Path) -> Option<Pid> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}

/// Whether that process is the server of that data folder. A server works inside its data folder,
/// and process ids are reused: without this proof no signal is sent.
fn serves(pid: Pid, data: &Path) -> bool {
    let pid = pid.as_raw_nonzero();
    if cfg!(target_os = "linux") {
        fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == data)
    } else {
        let shown = Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output();
        shown.is_ok_and(|shown| String::from_utf8_lossy(&shown.stdout).contains(&*data.to_string_lossy()))
    }
}
