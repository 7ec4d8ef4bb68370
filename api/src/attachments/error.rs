//! What can go wrong with a file.

use std::io;

use openapi::{
    attachments::{FileType, ScanState, ShownState},
    problem::ProblemCode,
    validation::FieldError,
};

use super::refusal::{Failure, Refusal};
use crate::{
    db::Unavailable,
    heavy,
    http::{ApiError, ROOM_AFTER},
    ports::files::{StoreError, is_full},
};

/// Why a file was not taken, or cannot be fetched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its content is not what its name says.
    #[error("the content is no {claimed}")]
    Mislabelled {
        /// What its name says it is.
        claimed: FileType,
        /// What it looks like, where that is known.
        found: Option<String>,
    },
    /// It is what its name says, and is not taken all the same.
    #[error(transparent)]
    Refused(Refusal),
    /// Too many files are looked at.
    #[error(transparent)]
    Busy(#[from] heavy::Error),
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
    /// There is nothing of it for the caller: it was not looked at yet, or no copy of it can be made.
    #[error("the file is {state}")]
    NotShown {
        /// Which of the two.
        state: ShownState,
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

impl Error {
    /// Whether the content itself is what is wrong: nothing that passes.
    pub(super) fn is_refusal(&self) -> bool {
        matches!(self, Self::Mislabelled { .. } | Self::Refused(_))
    }

    /// What looking at a content of this kind has come to.
    pub(super) fn of(failure: Failure, claimed: FileType) -> Self {
        match failure {
            Failure::Refused(Refusal::Mislabelled { found }) => Self::Mislabelled { claimed, found },
            Failure::Refused(refusal) => Self::Refused(refusal),
            Failure::Disk(error) => Self::Unreadable(error),
        }
    }
}

/// A problem with the file that was sent, which is named.
fn of_the_file(problem: ProblemCode, code: &str, detail: impl Into<String>) -> ApiError {
    let detail = detail.into();
    let error = FieldError { pointer: "/file".to_owned(), code: format!("file.{code}"), detail: detail.clone() };
    ApiError::new(problem, detail).with_errors(vec![error])
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Mislabelled { .. } => {
                of_the_file(ProblemCode::AttachmentMislabelled, "mislabelled", "It is something else.")
            }
            Refusal::Macros => {
                of_the_file(ProblemCode::AttachmentMacros, "macros", "Save it without macros and send it again.")
            }
            Refusal::Active { what } => of_the_file(
                ProblemCode::AttachmentActive,
                "active",
                format!("It holds {what}. Save it without, or print it to a PDF, and send that."),
            ),
            Refusal::Protected => of_the_file(
                ProblemCode::AttachmentProtected,
                "protected",
                "Save it without a password and send it again.",
            ),
            Refusal::UnpacksTooLarge => of_the_file(
                ProblemCode::AttachmentUnpacksTooLarge,
                "unpacks_too_large",
                "What is packed in it takes too much room, memory or time. Divide it, or save it as something simpler.",
            ),
            Refusal::ImageTooLarge { megapixels } => of_the_file(
                ProblemCode::AttachmentImageTooLarge,
                "image_too_large",
                format!("An image may have {megapixels} million pixels. Make it smaller and send it again."),
            ),
            Refusal::Damaged => of_the_file(
                ProblemCode::AttachmentDamaged,
                "damaged",
                "It cannot be read whole. Save it anew and send it again.",
            ),
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Mislabelled { claimed, found } => {
                let found = found.map(|found| format!("; it looks like {found}")).unwrap_or_default();
                let detail = format!("It is no whole {claimed}{found}.");
                of_the_file(ProblemCode::AttachmentMislabelled, "mislabelled", detail)
            }
            Error::Refused(refusal) => refusal.into(),
            Error::Busy(error) => error.into(),
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
            Error::NotShown { state } => {
                let detail = match state {
                    ShownState::Refused => {
                        "No copy of it can be made without what names people. Its uploader can send it anew."
                    }
                    _ => "It is being made ready to be shown to others. Try again in some minutes.",
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
            Error::Unreadable(error) if is_full(&error) => Self::unavailable(error).retry_after(ROOM_AFTER),
            Error::Unreadable(error) => Self::unavailable(error),
            Error::NoConnection(error) => error.into(),
            Error::Database(error) => error.into(),
        }
    }
}
