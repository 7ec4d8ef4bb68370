//! `cargo xtask bench`: measures what is promised in figures, each beside something else on the same machine in the same
//! run, because machines differ and are noisy.

mod addresses;
mod agora;
mod database;
mod growth;
mod http;
mod load;
mod nginx;
mod page;
mod pgbench;
mod process;
mod reads;
mod report;
mod rounds;
mod sending;
mod sessions;
mod statements;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::bench::agora::Agora;
use crate::bench::database::Database;
use crate::bench::report::{Bar, Report, Row};
use crate::page::{self as built_page, Mode};
use crate::setup::{self, For};
use crate::workspace;

/// The database that is measured: a copy of the small data set.
const NAME: &str = "agora_bench";

/// A part of the measurements that can be taken alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Reads of anybody, beside nginx.
    Public,
    /// Reads of people who are logged in, beside pgbench.
    LoggedIn,
    /// Sending an answer, beside pgbench.
    Sending,
    /// The page, by Lighthouse.
    Page,
    /// Reads of the large data set beside the small one. Takes some minutes and gigabytes; only when asked for.
    Growth,
}

/// What is measured, and where.
struct Bench {
    program: PathBuf,
    folder: PathBuf,
    database: Database,
    agora: Agora,
}

/// Measures everything, or one part of it; `large` includes the growth.
pub(crate) fn run(part: Option<Part>, large: bool) -> Result<()> {
    setup::run(For::Bench)?;
    let wanted = |candidate: Part| part.is_none_or(|part| part == candidate);
    if wanted(Part::Page) {
        built_page::build(Mode::Optimised)?;
    }
    let program = agora::build()?;
    let folder = workspace::target()?.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;

    let database = Database::start()?;
    database.copy_of_small(&program, NAME)?;
    sessions::begin(&database, NAME)?;
    pgbench::prepare(&database)?;
    let agora = Agora::start(&program, &database.service_url(NAME), &folder, wanted(Part::Page))?;
    let bench = Bench { program, folder, database, agora };

    let mut report = Report::default();
    println!("Measuring, three times each:");
    report.add(Row::figure("start to ready", bench.agora.took.as_secs_f64(), "s", Bar::AtMost(1.0)));
    if wanted(Part::Public) {
        reads::public(&bench, &mut report)?;
    }
    if wanted(Part::LoggedIn) {
        reads::logged_in(&bench, &mut report)?;
    }
    if wanted(Part::Sending) {
        sending::measure(&bench, &mut report)?;
    }
    if let Some(memory) = bench.agora.peak_memory() {
        report.add(Row::figure("memory at the most", memory, "MiB", Bar::AtMost(150.0)));
    }
    if wanted(Part::Page) {
        page::measure(&bench, &mut report)?;
    }
    if large || part == Some(Part::Growth) {
        growth::measure(&bench, &mut report)?;
    }
    bench.finish(&report)
}

impl Bench {
    /// Stops everything, and leaves the figures.
    fn finish(self, report: &Report) -> Result<()> {
        self.agora.stop()?;
        self.database.drop(NAME)?;
        self.database.drop(pgbench::ITS_OWN)?;
        self.database.stop()?;
        let file = self.folder.join("report.json");
        fs::write(&file, serde_json::to_vec_pretty(report)?)
            .with_context(|| format!("cannot write {}", file.display()))?;
        println!("\n{report}\nThe same is in {}.", file.display());
        Ok(())
    }
}
