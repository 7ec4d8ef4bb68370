//! What can go wrong with a file.

use std::io;

use openapi::{
    attachments::{FileType, ScanState},
    problem::ProblemCode,
    validation::FieldError,
};

use crate::{db::Unavailable, http::ApiError, ports::files::StoreError};

/// Seconds after which to come back to a full file store: somebody has to make room first.
pub(crate) const ROOM_AFTER: u32 = 60;

/// Why a file was not taken, or cannot be fetched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its content is not what its name says.
    #[error("the content is no {claimed}")]
    Mislabelled {
        /// What its name says it is.
        claimed: FileType,
        /// What it looks like, where that is known.
        found: Option<&'static str>,
    },
    /// It holds macros.
    #[error("the file holds macros")]
    Macros,
    /// There are as many as there may be.
    #[error("there are {limit} files already")]
    TooMany {
        /// How many there may be.
        limit: usize,
    },
    /// The person has too much lying here that was not sent.
    #[error("more than {mebibytes} MiB unsent")]
    Quota {
        /// MiB that there may be.
        mebibytes: u64,
    },
    /// Its content is missing or damaged.
    #[error("the content of the file is lost")]
    Lost,
    /// It went between being looked up and being fetched.
    #[error("the file is gone")]
    Gone,
    /// It waits for the virus scanner, or did not pass it.
    #[error("the file is {state}")]
    Unavailable {
        /// What is known of it.
        state: ScanState,
    },
    /// It could not be looked at.
    #[error("the file could not be read")]
    Unreadable(#[from] io::Error),
    /// The file store did not do what it was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No connection to the database.
    #[error(transparent)]
    NoConnection(#[from] Unavailable),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Mislabelled { claimed, found } => {
                let found = found.map(|found| format!("; it looks like {found}")).unwrap_or_default();
                Self::new(ProblemCode::AttachmentMislabelled, format!("It is no whole {claimed}{found}."))
            }
            Error::Macros => Self::new(ProblemCode::AttachmentMacros, "Save it without macros and send it again."),
            Error::TooMany { limit } => {
                Self::new(ProblemCode::AttachmentTooMany, format!("There can be {limit}. Take one away first."))
            }
            Error::Unavailable { state } => {
                let detail = match state {
                    ScanState::Infected => "The virus scanner found something in it.",
                    _ => "It waits for the virus scanner. Try again in a moment.",
                };
                Self::new(ProblemCode::AttachmentUnavailable, detail)
            }
            Error::Quota { mebibytes } => {
                let detail = format!("Your files that were not sent may have {mebibytes} MiB. Take some away first.");
                let too_much = FieldError { pointer: "/file".to_owned(), code: "file.quota".to_owned(), detail };
                let detail = "Too much of yours lies here that was not sent.";
                Self::new(ProblemCode::AttachmentQuota, detail).with_errors(vec![too_much])
            }
            Error::Lost => {
                Self::new(ProblemCode::AttachmentLost, "The service has lost it. Ask whoever runs the portal for it.")
            }
            Error::Gone => Self::not_found(),
            Error::Store(error @ StoreError::Full(_)) => Self::unavailable(error).retry_after(ROOM_AFTER),
            Error::Store(error) => Self::unavailable(error),
            Error::Unreadable(error) => Self::unavailable(error),
            Error::NoConnection(error) => error.into(),
            Error::Database(error) => error.into(),
        }
    }
}
