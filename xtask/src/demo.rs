//! `cargo xtask demo`: from a fresh machine to a running Agora.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt as _;

use anyhow::{Context, Result, bail};

use crate::page::{self, Mode};
use crate::setup::{self, For};
use crate::{run, workspace};

pub(crate) fn run(reset: bool, port: u16) -> Result<()> {
    must_be_free(port)?;
    setup::run(For::Demo)?;
    page::build(Mode::Optimised)?;
    run::visibly(run::cargo().args(["build", "--package", "api"]))?;

    let mut agora = run::in_root(workspace::target()?.join("debug/agora"));
    agora.arg("demo").arg("--web-root").arg(workspace::dist()).args(["--port", &port.to_string()]);
    if reset {
        agora.arg("--reset");
    }
    // The server takes this process's place: signals and the exit code need nobody in between.
    let error = agora.exec();
    Err(error).with_context(|| format!("cannot run `{}`", run::shown(&agora)))
}

/// Asked first, because the answer would be a disappointment after minutes of building.
fn must_be_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "Port {port} is in use: another demo, or another program, listens on 127.0.0.1:{port}. Stop it, or choose \
             another port: cargo xtask demo --port {}",
            port.checked_add(1).unwrap_or(8080)
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on 127.0.0.1:{port}")),
    }
}
