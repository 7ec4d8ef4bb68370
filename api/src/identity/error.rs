//! What can go wrong when somebody logs in.

use openapi::problem::ProblemCode;

use crate::http::ApiError;

/// Why a log-in failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user name is unknown or the password wrong; nobody is told which.
    #[error("wrong user name or password")]
    BadCredentials,
    /// Too many failures lately.
    #[error("throttled for {seconds} seconds")]
    Throttled {
        /// When to try again.
        seconds: u32,
    },
    /// This way of logging in is switched off.
    #[error("built-in accounts are switched off")]
    SwitchedOff,
    /// A password could not be hashed, or a stored hash not read.
    #[error("hashing failed: {0}")]
    Hashing(String),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::BadCredentials => Self::new(ProblemCode::BadCredentials, "The user name or the password is wrong."),
            Error::Throttled { seconds } => {
                Self::new(ProblemCode::LoginThrottled, "Too many failed log-ins. Wait a little.").retry_after(seconds)
            }
            Error::SwitchedOff => Self::not_found(),
            Error::Hashing(_) => Self::internal(error),
            Error::Database(error) => error.into(),
        }
    }
}
