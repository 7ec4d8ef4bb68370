//! What a process has used, as the kernel counts it. Linux alone: elsewhere the figures are left out.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run;

/// The kernel counts processor time in these, whatever the machine.
const TICKS_A_SECOND: f64 = 100.0;

/// How long a server may take to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that ends with this value.
#[derive(Debug)]
pub(super) struct Server(Child);

impl Server {
    /// Starts it.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        let child = command.stdin(Stdio::null()).spawn();
        child.map(Self).with_context(|| format!("cannot run `{}`", run::shown(command)))
    }

    pub(super) fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }

    /// Tells it to stop, and waits until it has.
    pub(super) fn stop(mut self) -> Result<()> {
        run::output(Command::new("kill").arg(self.pid().to_string()))?;
        let deadline = Instant::now() + PATIENCE;
        while !self.has_ended() {
            if Instant::now() > deadline {
                bail!("process {} does not stop", self.pid());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Only after a failure; then nobody is left to be told of another one.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Seconds of processor time that a process and its children, those that ended included, have used.
pub(super) fn cpu_seconds(pid: u32) -> f64 {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let family = all.filter_map(|entry| Stat::of(entry.file_name().to_str()?.parse().ok()?)).filter_map(|stat| {
        let own = stat.own_ticks + if stat.pid == pid { stat.ended_children_ticks } else { 0.0 };
        (stat.pid == pid || stat.parent == pid).then_some(own)
    });
    family.sum::<f64>() / TICKS_A_SECOND
}

/// The most memory that a process has had in use, in MiB.
pub(super) fn peak_memory(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes / 1024.0)
}

/// What is read of `/proc/PID/stat`.
struct Stat {
    pid: u32,
    parent: u32,
    own_ticks: f64,
    ended_children_ticks: f64,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The program's name may hold anything, brackets too; what follows the last one are numbers.
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let number = |place: usize| fields.get(place)?.parse::<f64>().ok();
        let parent = fields.get(1)?.parse().ok()?;
        Some(Self {
            pid,
            parent,
            own_ticks: number(11)? + number(12)?,
            ended_children_ticks: number(13)? + number(14)?,
        })
    }
}
