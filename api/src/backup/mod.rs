//! Backups: the database and all files as they were at one instant, in a folder, and back again.
//!
//! A backup is a folder with `database.dump` (PostgreSQL's own custom format), `contents/` (each file under its id) and
//! `manifest.json`, which is written last: without it the folder holds no backup. It names files that were lost; what is
//! left of damaged ones lies beside the others, as `.damaged`. What is in it is personal: the folder is for
//! its owner alone, and whoever keeps it encrypts it as he does the rest. The service's secret key is not in it.

mod contents;
mod database;
mod manifest;
mod restoring;
mod saving;

use std::{io, path::PathBuf};

use crate::ports::files::StoreError;

pub use self::{manifest::Manifest, restoring::restore, saving::save};

/// Why a backup was not made or not brought back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder for it holds something already, or the backup's folder is not what it should be.
    #[error("{} {what}", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Something in the backup is not what was put there.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// The database that it is to go to holds something.
    #[error("the database is not empty: a backup is brought back into a new one")]
    NotEmpty,
    /// One of PostgreSQL's programs did not do it.
    #[error("{program} failed: {said}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it said.
        said: String,
    },
    /// PostgreSQL's programs are not on this machine.
    #[error(transparent)]
    NotInstalled(#[from] postgres::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
    /// The database does not answer.
    #[error("the database does not answer")]
    Connection(#[from] diesel::ConnectionError),
    /// The file store failed.
    #[error("the file store failed")]
    Store(#[from] StoreError),
    /// A folder could not be read or written.
    #[error("a file could not be read or written")]
    Io(#[from] io::Error),
}
