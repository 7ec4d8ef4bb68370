//! `cargo xtask test`: runs every proof there is, whatever fails on the way, and sums up once at the end.

mod libtest;
mod steps;
mod summary;
mod supply;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::page::{self, Mode};
use crate::run;
use crate::setup::{self, For};
use crate::test::steps::{Kind, Step, Wanted};
use crate::test::summary::{Counts, Outcome, Summary};

/// A part of the proof that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Format, lints and documentation.
    Lint,
    /// What other people's code may come in.
    Supply,
    /// Tests inside the crates.
    Unit,
    /// The server from outside, over HTTP, the nets, and properties on generated cases.
    Http,
    /// Servers as processes, several on one database: killed, replaced, their database taken away.
    Processes,
    /// Requests generated from the document, as everybody who has a part.
    Generated,
    /// The page in a real browser.
    Browser,
}

pub(crate) fn run(part: Option<Part>, name: Option<&str>, longer: bool) -> Result<ExitCode> {
    match part {
        // Needs nothing but cargo.
        Some(Part::Supply) => {}
        Some(Part::Unit | Part::Http | Part::Processes) => setup::run(For::Demo)?,
        Some(Part::Lint | Part::Generated | Part::Browser) | None => setup::run(For::Tests)?,
    }

    // One private server for all steps. It ends with this process, however that ends.
    let database = steps::need_database(part).then(postgres::Cluster::temporary).transpose()?;
    let url = database.as_ref().map(|cluster| cluster.url("postgres"));
    let mut summary = Summary::default();
    for step in steps::of(Wanted { part, name, longer, database: url.as_deref() }) {
        summary.add(take(step));
    }
    database.map_or(Ok(()), postgres::Cluster::stop)?;

    println!("\n{summary}");
    Ok(if summary.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn take(step: Step) -> Outcome {
    println!("\n== {} ==", step.name);
    let begun = Instant::now();
    let counts = match step.kind {
        Kind::Tests(commands) => libtest::run(commands),
        Kind::Check(mut command) => check(run::visibly(&mut command)),
        Kind::Page => check(page::build(Mode::Optimised)),
        Kind::Supply => check(supply::check()),
        Kind::Advisories => advisories(),
    };
    Outcome { step: step.name, counts, took: begun.elapsed() }
}

/// Known weaknesses of the dependencies, by cargo-deny, where it and the advisories can be had.
fn advisories() -> Counts {
    let deny = |arguments: &[&str]| {
        let mut command = run::cargo();
        command.arg("deny").args(arguments);
        command
    };
    if !run::succeeds(&mut deny(&["--version"])) {
        return skip("cargo-deny is not installed (`cargo install cargo-deny --locked`)");
    }
    if !run::succeeds(&mut deny(&["fetch", "db"])) {
        return skip("the advisories cannot be fetched");
    }
    check(run::visibly(&mut deny(&["--offline", "check", "advisories"])))
}

fn skip(reason: &str) -> Counts {
    println!("Skipped: {reason}.");
    Counts { skipped: 1, ..Counts::default() }
}

/// A step that either holds or does not counts as one test.
fn check(result: Result<()>) -> Counts {
    match result {
        Ok(()) => Counts { passed: 1, ..Counts::default() },
        Err(error) => {
            println!("{error:#}");
            Counts { failed: 1, ..Counts::default() }
        }
    }
}
