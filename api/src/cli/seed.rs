//! `agora seed`: made-up data in bulk, to measure with. Nothing for a database that anybody's answers are in.

use anyhow::Context;
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

use super::{NeedsFixing, runtime};
use crate::{
    clock::Clock,
    secret::Secret,
    seed::{self, Progress, Size},
};

/// What `agora seed` can be told.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// How much.
    #[arg(value_enum)]
    size: Size,
    /// The database, as the role that owns its tables.
    #[arg(long, env = "AGORA_OWNER_DATABASE_URL", hide_env_values = true)]
    owner_database_url: Option<Secret>,
    /// Write even though there are hearings already: adds to them.
    #[arg(long)]
    add: bool,
}

impl Seed {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Some(url) = &self.owner_database_url else {
            let hint = "AGORA_OWNER_DATABASE_URL is missing: the database, as the role that owns its tables";
            return Err(NeedsFixing(hint.to_owned()).into());
        };
        runtime()?.block_on(async {
            let mut conn = AsyncPgConnection::establish(url.expose()).await.context("the database does not answer")?;
            self.write(&mut conn).await?;
            // Outside the transaction: the planner shall know what came, and readers find clean pages.
            conn.batch_execute("VACUUM (ANALYZE)").await.context("the tables could not be tidied up")
        })
    }

    async fn write(&self, conn: &mut AsyncPgConnection) -> anyhow::Result<()> {
        let (clock, extent) = (Clock::default(), self.size.extent());
        let begun = clock.now();
        println!("Writing {} hearings with {} answers ...", extent.hearings, extent.answers);
        let tenth = (extent.hearings / 10).max(1);
        let mut told = 0;
        let tell = |Progress { hearings, answers }| {
            if hearings / tenth > told {
                told = hearings / tenth;
                println!("  {hearings} hearings, {answers} answers");
            }
        };
        seed::bulk(conn, extent, self.add, begun, tell).await.map_err(|error| match error {
            seed::Error::NotEmpty => {
                NeedsFixing(format!("{error}. Take an empty database, or add to it with --add")).into()
            }
            other => anyhow::Error::new(other).context("the made-up data cannot be written"),
        })?;
        println!("They are written after {} s.", (clock.now() - begun).num_seconds());
        Ok(())
    }
}
