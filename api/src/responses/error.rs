//! What can go wrong with an answer.

use openapi::{problem::ProblemCode, validation::FieldErrors};

use crate::{
    attachments, hearings,
    http::{ApiError, IdempotencyError, Stale, cursor::BadCursor},
    identity::Refusal,
};

/// Why something could not be done with an answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for the caller.
    #[error("no such answer for the caller")]
    NotFound,
    /// Another tab or device changed it since the caller read it.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// It was sent already.
    #[error("the draft was sent")]
    Sent,
    /// The person has given as many answers as the hearing takes from one.
    #[error("no more answers from this person")]
    LimitReached,
    /// The information on how answers are used has changed since it was read.
    #[error("the terms are at version {current}")]
    TermsChanged {
        /// The version they have now.
        current: String,
    },
    /// It was withdrawn.
    #[error("the answer was withdrawn")]
    Withdrawn,
    /// The hearing does not show answers now.
    #[error("answers are not shown")]
    NotShown,
    /// The request does not fit.
    #[error("the request is invalid")]
    Invalid(FieldErrors),
    /// A file does not fit, or cannot be fetched.
    #[error(transparent)]
    Attachment(#[from] attachments::Error),
    /// The hearing does not allow it.
    #[error(transparent)]
    Hearing(#[from] hearings::Error),
    /// The cursor does not fit.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The idempotency key does not fit.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The caller may not do it any more.
    #[error(transparent)]
    Caller(#[from] Refusal),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Stale(error) => error.into(),
            Error::Sent => {
                Self::new(ProblemCode::DraftSent, "An answer is sent once; its receipt is under your answers.")
            }
            Error::LimitReached => Self::new(ProblemCode::ResponseLimit, "You have answered this hearing."),
            Error::TermsChanged { current } => {
                let detail = format!("Read the information again; it is at version {current} now.");
                Self::new(ProblemCode::TermsChanged, detail)
            }
            Error::Withdrawn => {
                Self::new(ProblemCode::ResponseWithdrawn, "Its number stays; you can give a new answer.")
            }
            Error::NotShown => Self::new(ProblemCode::ResponsesNotShown, "This hearing does not show its answers now."),
            Error::Invalid(errors) => Self::invalid(errors),
            Error::Attachment(error) => error.into(),
            Error::Hearing(error) => error.into(),
            Error::Cursor(error) => error.into(),
            Error::Idempotency(error) => error.into(),
            Error::Caller(refusal) => refusal.into(),
            Error::Database(error) => error.into(),
        }
    }
}
