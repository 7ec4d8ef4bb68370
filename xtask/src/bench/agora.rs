//! The server that is measured: the release build, as an operator would run it, without the jobs.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench::http::Visitor;
use crate::bench::process::{self, Server};
use crate::{run, workspace};

/// Connections to the database: as many as pgbench gets.
pub(super) const CONNECTIONS: usize = 16;

/// All load comes from one address, and from a few people.
const WITHOUT_LIMITS: [&str; 6] = [
    "--changes-per-minute",
    "2000000000",
    "--address-changes-per-minute",
    "2000000000",
    "--address-visits-per-minute",
    "2000000000",
];

/// How long it may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// Builds it as it is shipped, and tells where it is.
pub(super) fn build() -> Result<PathBuf> {
    run::visibly(run::cargo().args(["build", "--package", "api", "--release"]))?;
    Ok(workspace::target()?.join("release/agora"))
}

/// A running server.
#[derive(Debug)]
pub(super) struct Agora {
    server: Server,
    base: String,
    /// From its start to the first time that it said it was ready.
    pub(super) took: Duration,
}

impl Agora {
    /// Starts it on a database and waits until it is ready. `folder` is for its log and its mails.
    pub(super) fn start(program: &Path, database_url: &str, folder: &Path, with_page: bool) -> Result<Self> {
        let port = free_port()?;
        let base = format!("http://127.0.0.1:{port}");
        let log = folder.join("agora.log");
        let log = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = run::in_root(program);
        command
            .args(["serve", "--no-jobs", "--built-in-accounts", "--log-format", "json"])
            .args(["--listen", &format!("127.0.0.1:{port}"), "--public-url", &base])
            .args(["--database-connections", &CONNECTIONS.to_string()])
            .args(WITHOUT_LIMITS)
            .arg("--mail-directory")
            .arg(folder.join("mail"))
            .arg("--files")
            .arg(folder.join("files"))
            .env("AGORA_DATABASE_URL", database_url)
            .env("AGORA_SECRET_KEY", "no secret: this database holds nothing but made-up data")
            .stderr(log);
        if with_page {
            command.arg("--web-root").arg(workspace::dist());
        }
        let begun = Instant::now();
        let server = Server::start(&mut command)?;
        let mut agora = Self { server, base, took: Duration::ZERO };
        agora.wait_until_ready(begun)?;
        Ok(agora)
    }

    fn wait_until_ready(&mut self, begun: Instant) -> Result<()> {
        let visitor = self.visitor(None);
        while !visitor.get("/api/v1/health/ready").is_ok_and(|answer| answer.status == 200) {
            if self.server.has_ended() || begun.elapsed() > PATIENCE {
                bail!("the server does not get ready; its log tells why");
            }
            thread::sleep(Duration::from_millis(5));
        }
        self.took = begun.elapsed();
        Ok(())
    }

    /// Somebody who asks it.
    pub(super) fn visitor(&self, session: Option<&str>) -> Visitor {
        Visitor::new(&self.base, session.map(|token| format!("agora_session={token}")))
    }

    /// Where it listens: `http://127.0.0.1:8080`.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Seconds of processor time it has used.
    pub(super) fn cpu_seconds(&self) -> f64 {
        process::cpu_seconds(self.server.pid())
    }

    /// The most memory it has had in use, in MiB.
    pub(super) fn peak_memory(&self) -> Option<f64> {
        process::peak_memory(self.server.pid())
    }

    pub(super) fn stop(self) -> Result<()> {
        self.server.stop()
    }
}

/// A port that nobody listens on now.
pub(super) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("there is no free port")?;
    Ok(listener.local_addr()?.port())
}
