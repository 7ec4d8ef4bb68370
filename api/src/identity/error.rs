//! What can go wrong when it is asked who calls.

use openapi::problem::ProblemCode;

use crate::http::ApiError;

/// Why a caller may not do what is asked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The caller is not logged in, or the session has ended.
    #[error("nobody is logged in")]
    NobodyLoggedIn,
    /// The caller's roles do not allow it.
    #[error("the caller's roles do not allow it")]
    NotGranted,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NobodyLoggedIn => {
                Self::new(ProblemCode::SessionRequired, "Nobody is logged in, or the session has ended.")
            }
            Refusal::NotGranted => Self::new(ProblemCode::Forbidden, "Your roles do not allow this."),
            Refusal::Database(error) => error.into(),
        }
    }
}
