//! What can go wrong when made-up data is written.

use crate::{attachments, ports::files::StoreError};

/// Why made-up data could not be written. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the demonstration cannot be read.
    #[error("the demonstration's {file} cannot be read")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The demonstration's files contradict each other.
    #[error("the demonstration's files do not fit each other: {0}")]
    Contradiction(String),
    /// There are hearings already.
    #[error("there are hearings in the database already")]
    NotEmpty,
    /// The password could not be hashed.
    #[error("the demonstration's password could not be hashed")]
    Hashing(#[source] crate::login::Error),
    /// A file could not be written.
    #[error("a file could not be written")]
    File(#[from] std::io::Error),
    /// A file is none that people could upload.
    #[error("a file cannot be taken in")]
    NotTaken(#[from] attachments::Error),
    /// The file store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}
