//! The workshop: everything that is done to this repository, as one program instead of shell scripts.
//!
//! Each command prepares what it needs first ([`mod@setup`]), so that any of them works on a machine that has only
//! Rust, a C compiler, Node and a package manager.

// Talking to the person at the terminal is what this program is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod demo;
mod page;
mod run;
mod setup;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::page::Mode;
use crate::setup::{For, NeedsYou};
use crate::test::Part;

/// Builds, runs and proves Agora.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Starts Agora with realistic data on this machine, installing what is missing first. Ctrl-C stops everything.
    Demo {
        /// Starts over: deletes the demo's database.
        #[arg(long)]
        reset: bool,
        /// Where it listens, at 127.0.0.1.
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Proves everything, or one part of it: format, lints, documentation, dependencies, unit, HTTP, process
    /// and browser tests, and generated requests.
    Test {
        part: Option<Part>,
        /// Only tests whose name contains this.
        name: Option<String>,
        /// Many more generated cases and requests: it takes hours.
        #[arg(long)]
        longer: bool,
    },
    /// Builds the page into frontend/dist.
    Build {
        /// For edit loops: neither optimised nor compressed.
        #[arg(long)]
        fast: bool,
        /// The server as well, both as they are shipped.
        #[arg(long, conflicts_with = "fast")]
        release: bool,
    },
    /// Measures everything, or one part of it, beside nginx and pgbench on this machine.
    Bench {
        part: Option<bench::Part>,
        /// The large data set as well: some minutes and gigabytes more.
        #[arg(long)]
        large: bool,
    },
    /// Installs what is missing, and says what and why before it does.
    Setup,
}

fn main() -> ExitCode {
    let done = |()| ExitCode::SUCCESS;
    let result = match Arguments::parse().task {
        Task::Demo { reset, port } => demo::run(reset, port).map(done),
        Task::Test { part, name, longer } => test::run(part, name.as_deref(), longer),
        Task::Build { fast, release } => build(fast, release).map(done),
        Task::Bench { part, large } => bench::run(part, large).map(done),
        Task::Setup => setup().map(done),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n{error:#}");
            // 2: nothing is broken, but somebody has to do something that this program cannot.
            ExitCode::from(if error.is::<NeedsYou>() { 2 } else { 1 })
        }
    }
}

fn build(fast: bool, release: bool) -> anyhow::Result<()> {
    setup::run(For::Building)?;
    page::build(if fast { Mode::Fast } else { Mode::Optimised })?;
    if release {
        run::visibly(run::cargo().args(["build", "--package", "api", "--release"]))?;
    }
    Ok(())
}

fn setup() -> anyhow::Result<()> {
    setup::run(For::Tests)?;
    println!("Everything that Agora's developers need is installed.");
    Ok(())
}
