//! Proving that the audit log is as it was written, and naming what is not.
//!
//! Everything is read in one snapshot, so that a service at work does not disturb it, and in batches, so that it takes
//! the same memory however long the log is.

mod chain;
mod erasures;
mod finding;
mod heads;
mod strays;
mod suspects;
mod times;
mod values;

use std::{io, path::PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

pub use self::{
    finding::{Finding, Findings},
    times::Standstill,
};
use super::{SealKey, heads::RecordedHeads};
use crate::db::Connection;

/// What to prove, and with what.
#[derive(Debug)]
pub struct Request {
    /// The keys that seals were made with, the present one and those before it.
    pub keys: Vec<SealKey>,
    /// Files of heads that servers wrote, to compare the chain with.
    pub heads: Vec<PathBuf>,
    /// The position to begin at: 1 for the whole chain. What lies before it is taken as it is.
    pub from: i64,
    /// How far the service's clock and the database's may be apart: minutes in an installation.
    pub apart: TimeDelta,
    /// When sealing is known to have stood still.
    pub standstills: Vec<Standstill>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Everything that does not fit.
    pub findings: Findings,
    /// Seals that were looked at.
    pub seals: u64,
    /// The last one's position and time.
    pub last: Option<(i64, DateTime<Utc>)>,
    /// Entries that wait for their seal.
    pub waiting: u64,
    /// Personal values that were erased, which is as it should be.
    pub erased: u64,
    /// Heads in the files that the chain agrees with.
    pub heads: u64,
    /// Lines in the files that are no heads: where a server died while it wrote, for example.
    pub unreadable: u64,
    /// Seals made with keys that were not given: nothing can be said of them or of their entries.
    pub foreign: Option<Foreign>,
}

/// Seals made with keys that were not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The id of the first one's key.
    pub key_id: String,
    /// The first one's position.
    pub position: i64,
    /// How many they are.
    pub count: u64,
}

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is wrong.
    Whole,
    /// Something is.
    Broken,
    /// Nothing is wrong, but not everything could be looked at.
    Unproven,
}

/// Why it could not be found out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
    /// A file of heads cannot be read.
    #[error("{} cannot be read", path.display())]
    Heads {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Report {
    /// What it comes to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.findings.count(), &self.foreign) {
            (0, None) => Verdict::Whole,
            (0, Some(_)) => Verdict::Unproven,
            _ => Verdict::Broken,
        }
    }
}

/// Proves the audit log, or finds out what is wrong with it.
///
/// # Errors
/// When the database or a file fails.
pub async fn verify(conn: &mut Connection, request: &Request) -> Result<Report, Error> {
    // Before the snapshot, so that it holds every seal that they tell of.
    let heads = request
        .heads
        .iter()
        .map(|path| RecordedHeads::open(path).map_err(|source| Error::Heads { path: path.clone(), source }))
        .collect::<Result<Vec<_>, _>>()?;
    let prove = async |conn: &mut Connection| {
        let mut report = Report::default();
        chain::walk(conn, request, &mut report).await?;
        strays::find(conn, &mut report).await?;
        for file in heads {
            heads::compare(conn, file, &mut report).await?;
        }
        Ok(report)
    };
    conn.build_transaction().read_only().repeatable_read().run(prove).await
}
