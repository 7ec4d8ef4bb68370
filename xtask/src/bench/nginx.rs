//! nginx with the very bytes that the server answers, as static files: what reads are measured beside.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench::agora::free_port;
use crate::bench::http::{Answer, Visitor};
use crate::bench::process::Server;
use crate::run;

/// Headers that nginx makes itself, or that belong to one answer alone.
const ITS_OWN: [&str; 8] = [
    "content-length",
    "content-type",
    "connection",
    "date",
    "etag",
    "last-modified",
    "transfer-encoding",
    "x-request-id",
];

/// How long it may take until it answers.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running nginx.
#[derive(Debug)]
pub(super) struct Nginx {
    server: Server,
    base: String,
}

impl Nginx {
    /// Serves each answer under its place among them: `/0`, `/1`, ... Like the server it logs every request.
    pub(super) fn start(folder: &Path, answers: &[Answer]) -> Result<Self> {
        let root = folder.join("nginx");
        fs::create_dir_all(root.join("files")).with_context(|| format!("cannot make {}", root.display()))?;
        for (place, answer) in answers.iter().enumerate() {
            fs::write(root.join("files").join(place.to_string()), &answer.body)?;
        }
        let port = free_port()?;
        let base = format!("http://127.0.0.1:{port}");
        let configuration = root.join("nginx.conf");
        let pattern = answers.first().context("there are answers to serve")?;
        fs::write(&configuration, configured(&root, port, pattern)?)?;
        let server = Server::start(run::in_root(program()).arg("-p").arg(&root).arg("-c").arg(&configuration))?;
        let mut nginx = Self { server, base };
        nginx.wait_until_ready()?;
        Ok(nginx)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let (visitor, begun) = (Visitor::new(&self.base, None), Instant::now());
        while !visitor.get("/0").is_ok_and(|answer| answer.status == 200) {
            if self.server.has_ended() || begun.elapsed() > PATIENCE {
                bail!("nginx does not answer; its log in the bench's folder tells why");
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Where it listens: `http://127.0.0.1:8080`.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn stop(self) -> Result<()> {
        self.server.stop()
    }
}

/// Set up as well as it goes for small files; the answer's headers are the server's.
fn configured(root: &Path, port: u16, pattern: &Answer) -> Result<String> {
    let mut headers = String::new();
    for (name, value) in pattern.headers.iter().filter(|(name, _)| !ITS_OWN.contains(&name.as_str())) {
        writeln!(headers, "    add_header {name} \"{value}\";")?;
    }
    let folder = root.display();
    // Started by root, its workers would otherwise be somebody who cannot come here.
    let user = if run::output(run::in_root("id").arg("-u"))?.trim() == "0" { "user root;" } else { "" };
    Ok(format!(
        "daemon off; {user} worker_processes auto; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log {folder}/access.log; sendfile on; tcp_nopush on; open_file_cache max=100000; keepalive_requests 100000000;
  default_type application/json;
  server {{
    listen 127.0.0.1:{port}; root {folder}/files;
{headers}  }}
}}
"
    ))
}

/// Where it lies: for administrators, and so not always in the path.
fn program() -> PathBuf {
    let administrators = PathBuf::from("/usr/sbin/nginx");
    if administrators.exists() { administrators } else { PathBuf::from("nginx") }
}
