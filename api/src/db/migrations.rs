//! Bringing a database up to date, as its owner.

use diesel_async::{AsyncMigrationHarness, AsyncPgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Address, AddressError};

/// The migrations of this build.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations");

/// Why migrating failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none.
    #[error("the database's address {0}")]
    Address(AddressError),
    /// The database could not be reached.
    #[error("the database could not be reached")]
    Connection(#[from] diesel::ConnectionError),
    /// A migration failed; it left nothing behind.
    #[error("a migration failed: {0}")]
    Migration(Box<dyn std::error::Error + Send + Sync>),
}

/// Runs what is missing and tells what ran. `url` is that of the tables' owner.
///
/// # Errors
/// When the database is away or a migration fails. Needs tokio's multi-thread runtime.
pub async fn run(url: &str) -> Result<Vec<String>, Error> {
    let mut harness = harness(url).await?;
    let ran = harness.run_pending_migrations(MIGRATIONS).map_err(Error::Migration)?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

/// Takes every migration back, newest first. For the test that they can be.
///
/// # Errors
/// When the database is away or a migration fails.
pub async fn revert_all(url: &str) -> Result<(), Error> {
    let mut harness = harness(url).await?;
    harness.revert_all_migrations(MIGRATIONS).map_err(Error::Migration)?;
    Ok(())
}

async fn harness(url: &str) -> Result<AsyncMigrationHarness<AsyncPgConnection>, Error> {
    let address = Address::parse(url).map_err(Error::Address)?;
    Ok(AsyncMigrationHarness::new(address.establish().await?))
}

/// The migrations of this build, as `__diesel_schema_migrations` names them.
#[must_use]
pub fn versions() -> Vec<String> {
    use diesel::migration::MigrationSource;
    let migrations = MigrationSource::<diesel::pg::Pg>::migrations(&MIGRATIONS).unwrap_or_default();
    migrations.iter().map(|migration| migration.name().version().to_string()).collect()
}
