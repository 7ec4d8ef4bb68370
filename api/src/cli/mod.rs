//! The command line. Each command says in a sentence what is wrong and leaves an exit code: 1 for a failure, 2 for
//! something to put right first.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks to the person who gave it")]

mod account;
mod audit;
mod backup;
mod demo;
mod files;
mod look_at;
mod migrate;
mod seed;
mod serve;

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::{
    application::openapi_document,
    config::{self, Checked, Config},
    db::Protection,
    ports,
};

/// Agora: a digital hearing portal for Danish municipalities.
#[derive(Debug, Parser)]
#[command(name = "agora", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the page. Needs AGORA_DATABASE_URL.
    Serve(Box<Config>),
    /// Do the jobs and nothing else, beside servers started with --no-jobs.
    Worker(Box<Config>),
    /// Try Agora: a private PostgreSQL with made-up data, stopped with Ctrl-C.
    Demo(demo::Demo),
    /// Bring the database up to date, as the owner of its tables.
    Migrate(migrate::Migrate),
    /// Save database and files as they are at one instant, beside the running service.
    Backup(backup::Backup),
    /// Bring a backup back into an empty database and a file store.
    Restore(backup::Backup),
    /// Write made-up data in bulk into an empty database, to measure with.
    Seed(seed::Seed),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Make a built-in account, or bring one up to date; whoever is logged in with it has to log in again.
    Account(account::Account),
    /// Look after the audit log.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Look after the files.
    #[command(subcommand)]
    Files(files::Files),
    /// Look at one uploaded file; the server gives this command itself.
    #[command(hide = true)]
    LookAt(look_at::LookAt),
    /// Make the sizes in which one uploaded image is shown; the server gives this command itself.
    #[command(hide = true)]
    ShowImage(look_at::ShowImage),
    /// Write the OpenAPI document.
    Openapi {
        /// The file to write; standard output when left out.
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Say in plain words what is wrong with the configuration, and how the connection to the database is protected.
    Check(Box<Config>),
}

/// A failure that somebody has to put right before trying again: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NeedsFixing(String);

impl Cli {
    /// Carries the command out.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.command.run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("agora: {error:#}");
                if error.is::<NeedsFixing>() { ExitCode::from(2) } else { ExitCode::FAILURE }
            }
        }
    }
}

impl Command {
    fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Serve(config) => serve::serve(&config),
            Self::Worker(config) => serve::work(&config),
            Self::Demo(demo) => demo.run(),
            Self::Migrate(migrate) => migrate.run(),
            Self::Seed(seed) => seed.run(),
            Self::Backup(backup) => backup.save(),
            Self::Restore(backup) => backup.restore(),
            Self::Config(ConfigCommand::Check(config)) => check_config(&config),
            Self::Account(account) => account.run(),
            Self::Audit(audit) => audit.run(),
            Self::Files(files) => files.run(),
            Self::LookAt(look_at) => look_at.run(),
            Self::ShowImage(show_image) => show_image.run(),
            Self::Openapi { file: None } => {
                print!("{}", openapi_document());
                Ok(())
            }
            Self::Openapi { file: Some(file) } => {
                fs::write(&file, openapi_document()).with_context(|| format!("cannot write {}", file.display()))
            }
        }
    }
}

/// Looks at the configuration, and tries what nothing but a try can tell.
fn check_config(config: &Config) -> anyhow::Result<()> {
    let Checked { database, files, .. } = checked(config)?;
    let runtime = runtime()?;
    ports::choose_cryptography();
    let store = files.open().context("AGORA_FILES")?;
    if let Err(error) = runtime.block_on(ports::files::check(store.as_ref())) {
        let hint = format!("the configuration is not right:\n  AGORA_FILES: {:#}", anyhow::Error::from(error));
        return Err(NeedsFixing(hint).into());
    }
    println!("The configuration is fine.");
    let asked = runtime.block_on(async {
        let asked = tokio::time::timeout(config.database.database_wait, Protection::of(&database));
        anyhow::Ok(asked.await.context("nobody is there")??)
    });
    println!("{}", asked.context("the database does not answer")?);
    Ok(())
}

/// A configuration without mistakes, or all of them in plain words.
fn checked(config: &Config) -> anyhow::Result<Checked> {
    config::check(config).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        NeedsFixing(format!("the configuration is not right:\n{}", lines.join("\n"))).into()
    })
}

/// A runtime for what is not a server. Migrations need one with several threads.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the system gives no threads")
}
