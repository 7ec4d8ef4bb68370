//! `agora backup` and `agora restore`: database and files as they were at one instant, and back again.

use std::{path::PathBuf, sync::Arc};

use anyhow::{anyhow, bail};
use chrono::SecondsFormat;
use clap::Args;

use super::{NeedsFixing, runtime};
use crate::{
    backup::{self, Error, Manifest},
    config::FilesConfig,
    db::Address,
    ports::{self, files::FileStore},
    secret::Secret,
};

/// What `agora backup` and `agora restore` can be told.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The backup's folder. A new one for each backup; its parent must be there.
    folder: PathBuf,
    /// The database, as the role that owns its tables: not the one the service runs as.
    #[arg(long, env = "AGORA_OWNER_DATABASE_URL", hide_env_values = true)]
    owner_database_url: Option<Secret>,
    #[command(flatten)]
    files: FilesConfig,
}

impl Backup {
    /// Makes one.
    pub(super) fn save(&self) -> anyhow::Result<()> {
        let (url, address, store) = self.places()?;
        let saved = runtime()?.block_on(backup::save(&url, &address, store.as_ref(), &self.folder));
        let manifest = saved.map_err(understood)?;
        let (folder, told) = (self.folder.display(), told(&manifest));
        if manifest.lost.is_empty() {
            println!("The backup in {folder} is whole: {told}.");
            return Ok(());
        }
        name(&manifest);
        println!("The backup in {folder} holds all else, and can be brought back: {told}.");
        bail!("{} files are lost; `agora files verify` looks for them again", manifest.lost.len())
    }

    /// Brings one back.
    pub(super) fn restore(&self) -> anyhow::Result<()> {
        let (url, address, store) = self.places()?;
        let restored = runtime()?.block_on(backup::restore(&url, &address, store.as_ref(), &self.folder));
        let manifest = restored.map_err(understood)?;
        println!("The backup is back: {}.", told(&manifest));
        name(&manifest);
        if !manifest.lost.is_empty() {
            println!("These {} files were lost already when it was made.", manifest.lost.len());
        }
        println!(
            "Next: `agora migrate`, if this Agora is newer than {}; GRANT agora_service TO the service's login; and \
             `agora audit verify`. The heads of the audit log rightly tell of entries that are gone: begin a new file.",
            manifest.version
        );
        Ok(())
    }

    fn places(&self) -> anyhow::Result<(Secret, Address, Arc<dyn FileStore>)> {
        let wrong = |what: String| NeedsFixing(format!("the configuration is not right:\n  {what}"));
        let Some(url) = &self.owner_database_url else {
            let hint = "AGORA_OWNER_DATABASE_URL is missing: the database, as the role that owns its tables";
            return Err(wrong(hint.to_owned()).into());
        };
        let address =
            Address::parse(url.expose()).map_err(|error| wrong(format!("AGORA_OWNER_DATABASE_URL {error}")))?;
        let place = self.files.place().map_err(|(variable, problem)| wrong(format!("{variable} {problem}")))?;
        ports::choose_cryptography();
        Ok((url.clone(), address, place.open()?))
    }
}

/// Names what was lost.
fn name(manifest: &Manifest) {
    for loss in &manifest.lost {
        println!("{loss}");
    }
}

fn told(manifest: &Manifest) -> String {
    let rows: i64 = manifest.rows.values().sum();
    let at = manifest.taken_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!("{rows} rows and {} files as of {at}", manifest.contents.len())
}

/// What somebody has to put right first has an exit code of its own.
fn understood(error: Error) -> anyhow::Error {
    match error {
        Error::Folder { .. } | Error::NotEmpty | Error::NotInstalled(_) => NeedsFixing(error.to_string()).into(),
        error => anyhow!(error),
    }
}
