//! `agora files verify`: finds files that are lost or damaged, and contents that belong to nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};

use super::{NeedsFixing, runtime};
use crate::{
    attachments::verify::{self, Report, Request},
    clock::Clock,
    config::{FilesConfig, secret},
    db::Address,
    ports::{self, files::LocalFiles},
    secret::Secret,
};

/// What can be done with files.
#[derive(Debug, Subcommand)]
pub(super) enum Files {
    /// Compare what the database knows of files with what the file store has, and name what is lost, damaged or belongs to
    /// nothing.
    ///
    /// Exit code 0: everything is there. 1: it is not. 2: it could not be found out. Changes nothing, unless it is told to
    /// mark what it finds, and may run beside the service.
    Verify(Verify),
}

/// What `agora files verify` can be told.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// PostgreSQL, as the role the service runs as.
    #[arg(long, env = "AGORA_DATABASE_URL", hide_env_values = true)]
    database_url: Option<Secret>,
    /// A file that holds the database URL, instead of the URL itself.
    #[arg(long, env = "AGORA_DATABASE_URL_FILE")]
    database_url_file: Option<PathBuf>,
    #[command(flatten)]
    files: FilesConfig,
    /// Read every file and compare its SHA-256, not its size alone.
    #[arg(long)]
    contents: bool,
    /// Note in the database which files are lost or damaged and which were found again, so that readiness and the page of
    /// integrations say so.
    #[arg(long)]
    mark: bool,
}

impl Files {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Self::Verify(verify) = self;
        verify.run()
    }
}

impl Verify {
    fn run(self) -> anyhow::Result<()> {
        let report = self.look().map_err(|error| NeedsFixing(format!("the files could not be verified: {error:#}")))?;
        let Report { known, held, others, findings } = report;
        println!("{known} contents are known, {held} contents are in the file store.");
        if others > 0 {
            println!("{others} other things are in the file store; they are left alone.");
        }
        if findings > 0 {
            bail!("not everything is there: {findings} findings");
        }
        println!("Everything is there.");
        Ok(())
    }

    fn look(&self) -> anyhow::Result<Report> {
        let url = secret(&self.database_url, &self.database_url_file)
            .map_err(|reason| anyhow!("AGORA_DATABASE_URL_FILE: {reason}"))?
            .context("AGORA_DATABASE_URL is missing")?;
        let database = Address::parse(url.expose()).map_err(|error| anyhow!("AGORA_DATABASE_URL {error}"))?;
        self.must_be_there()?;
        let place = self.files.place().map_err(|(variable, problem)| anyhow!("{variable} {problem}"))?;
        ports::choose_cryptography();
        let store = place.open()?;
        let request = Request { whole: self.contents, mark: self.mark };
        runtime()?.block_on(async {
            let mut conn = database.establish().await.context("the database does not answer")?;
            let tell = |finding: &verify::Finding| println!("{finding}");
            Ok(verify::verify(&mut conn, store.as_ref(), request, Clock::real_now(), tell).await?)
        })
    }

    /// A folder is made where the service wants one; here one that is not there is a wrong name.
    fn must_be_there(&self) -> anyhow::Result<()> {
        match self.files.folder() {
            Some(folder) if !LocalFiles::is_in(Path::new(folder)) => {
                bail!("AGORA_FILES: {folder} holds no files of Agora")
            }
            _ => Ok(()),
        }
    }
}
