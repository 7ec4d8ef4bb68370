//! What can go wrong with a hearing.

use openapi::{hearings::HearingStatus, problem::ProblemCode, validation::FieldErrors};

use crate::{
    attachments, heavy,
    http::{ApiError, IdempotencyError, Stale, cursor::BadCursor},
    identity::Refusal,
};

/// Why something could not be done with a hearing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for the caller: nobody can tell which.
    #[error("no such hearing for the caller")]
    NotFound,
    /// The caller sees it and may not do this.
    #[error("not allowed on this hearing")]
    Forbidden,
    /// Somebody else changed it since the caller read it.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// Its status does not allow this.
    #[error("not possible while the hearing is {status}")]
    WrongStatus {
        /// The status it has now.
        status: HearingStatus,
    },
    /// It lacks something it needs before it can be published.
    #[error("the hearing is incomplete")]
    Incomplete(FieldErrors),
    /// The request does not fit it.
    #[error("the request is invalid")]
    Invalid(FieldErrors),
    /// It does not take answers yet.
    #[error("the hearing is not open yet")]
    NotOpen,
    /// Its deadline has passed.
    #[error("the deadline has passed")]
    DeadlinePassed,
    /// Its responsible owner cannot be taken away.
    #[error("a hearing needs its responsible owner")]
    OwnerNeeded,
    /// The person has the role already.
    #[error("the person has this role already")]
    RoleTaken,
    /// The role is not an invitee's.
    #[error("only an invitee's access is revoked")]
    NotAnInvitee,
    /// A file does not fit, or cannot be fetched.
    #[error(transparent)]
    Attachment(#[from] attachments::Error),
    /// The cursor does not fit.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The idempotency key does not fit.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// Its text could not be made ready to be shown.
    #[error(transparent)]
    Heavy(#[from] heavy::Error),
    /// The caller may not do it any more.
    #[error(transparent)]
    Caller(#[from] Refusal),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl Error {
    /// A request that is invalid at one place.
    #[must_use]
    pub fn invalid(pointer: &str, code: &str, detail: &str) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(pointer, code, detail);
        Self::Invalid(errors)
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::Forbidden => Self::new(ProblemCode::Forbidden, "You see this hearing, and may not do this with it."),
            Error::Stale(error) => error.into(),
            Error::WrongStatus { status } => {
                Self::new(ProblemCode::HearingWrongStatus, format!("The hearing is {status} now."))
            }
            Error::Incomplete(errors) => {
                Self::new(ProblemCode::HearingIncomplete, "Something is missing.").with_errors(errors.0)
            }
            Error::Invalid(errors) => Self::invalid(errors),
            Error::NotOpen => Self::new(ProblemCode::HearingNotOpen, "The hearing has not started."),
            Error::DeadlinePassed => {
                Self::new(ProblemCode::DeadlinePassed, "The hearing takes no more answers. What you wrote is kept.")
            }
            Error::OwnerNeeded => Self::new(ProblemCode::OwnerNeeded, "The responsible owner cannot be taken away."),
            Error::RoleTaken => Self::new(ProblemCode::RoleTaken, "Nothing was changed."),
            Error::NotAnInvitee => {
                Self::new(ProblemCode::NotAnInvitee, "Take the roles of those who work on a hearing away instead.")
            }
            Error::Attachment(error) => error.into(),
            Error::Cursor(error) => error.into(),
            Error::Idempotency(error) => error.into(),
            Error::Heavy(error) => error.into(),
            Error::Caller(refusal) => refusal.into(),
            Error::Database(error) => error.into(),
        }
    }
}
