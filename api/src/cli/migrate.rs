//! `agora migrate`: brings the database up to date, as the owner of its tables.

use anyhow::Context;
use clap::Args;

use super::{NeedsFixing, runtime};
use crate::{db::migrations, secret::Secret};

/// What `agora migrate` can be told.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// The database, as the role that owns its tables: not the one the service runs as.
    #[arg(long, env = "AGORA_OWNER_DATABASE_URL", hide_env_values = true)]
    owner_database_url: Option<Secret>,
}

impl Migrate {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Some(url) = self.owner_database_url else {
            let hint = "AGORA_OWNER_DATABASE_URL is missing: the database, as the role that owns its tables";
            return Err(NeedsFixing(hint.to_owned()).into());
        };
        let ran = runtime()?.block_on(migrations::run(url.expose())).context("migrating failed")?;
        match ran.len() {
            0 => println!("The database is up to date."),
            count => println!("{count} migrations ran: {}.", ran.join(", ")),
        }
        println!("The service's login needs the role agora_service: GRANT agora_service TO <login>.");
        Ok(())
    }
}
