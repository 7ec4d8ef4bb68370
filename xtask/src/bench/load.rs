//! Load, made by wrk from a file of requests.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::run;

const SCRIPT: &str = include_str!("requests.lua");

/// Of the load's own work: there are seldom more cores to spare.
const THREADS: usize = 2;

/// What came of it.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Outcome {
    pub(super) requests: f64,
    microseconds: f64,
    failed: f64,
    /// Half of the answers took no longer, in microseconds.
    pub(super) p50: f64,
    /// Of a hundred answers 99 took no longer, in microseconds.
    pub(super) p99: f64,
}

impl Outcome {
    /// Requests a second.
    pub(super) fn rate(&self) -> f64 {
        self.requests * 1e6 / self.microseconds
    }
}

/// Requests to be sent in turn.
#[derive(Debug, Clone)]
pub(super) struct Requests {
    text: String,
    repeated: bool,
}

impl Requests {
    /// Reads of these paths, again and again.
    pub(super) fn reads<'a>(paths: impl IntoIterator<Item = (&'a str, Vec<(&'static str, String)>)>) -> Self {
        let mut text = String::new();
        for (path, headers) in paths {
            add(&mut text, "GET", path, &headers, "");
        }
        Self { text, repeated: true }
    }

    /// Writes of JSON, each of them once.
    pub(super) fn writes<'a>(
        writes: impl IntoIterator<Item = (&'a str, Vec<(&'static str, String)>)>,
        body: &str,
    ) -> Self {
        let mut text = String::new();
        for (path, mut headers) in writes {
            headers.push(("Content-Type", "application/json".to_owned()));
            headers.push(("Content-Length", body.len().to_string()));
            add(&mut text, "POST", path, &headers, body);
        }
        Self { text, repeated: false }
    }

    /// Sends them over so many connections for so many seconds. Every one must be answered well.
    pub(super) fn send(&self, base: &str, connections: usize, seconds: u64, folder: &Path) -> Result<Outcome> {
        let (script, file) = (folder.join("requests.lua"), folder.join("requests"));
        fs::write(&script, SCRIPT).with_context(|| format!("cannot write {}", script.display()))?;
        fs::write(&file, &self.text).with_context(|| format!("cannot write {}", file.display()))?;
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", &THREADS.to_string(), "--connections", &connections.to_string()])
            .args(["--duration", &format!("{seconds}s"), "--script"])
            .arg(&script)
            .arg(base)
            .arg("--")
            .arg(&file)
            .arg(THREADS.to_string())
            .arg(if self.repeated { "again" } else { "once" });
        let said = run::output(&mut wrk)?;
        let outcome = said.lines().rev().find(|line| line.starts_with('{')).context("wrk tells what came of it")?;
        let outcome: Outcome = serde_json::from_str(outcome).context("wrk's outcome is JSON")?;
        if outcome.failed > 0.0 || outcome.requests < 1.0 {
            bail!("{} of {} requests to {base} failed:\n{said}", outcome.failed, outcome.requests);
        }
        Ok(outcome)
    }
}

fn add(text: &mut String, method: &str, path: &str, headers: &[(&'static str, String)], body: &str) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let _ = write!(text, "\r\n{body}\0");
}
