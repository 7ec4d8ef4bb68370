//! What can go wrong when a person logs in.

use openapi::problem::ProblemCode;

use crate::{db, http::ApiError, ports::identity::IdentityError};

/// Why a login failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The identity provider does not vouch for the caller.
    #[error("the identity provider vouches for nobody")]
    Provider(#[source] IdentityError),
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
    /// No connection to the database.
    #[error(transparent)]
    Unavailable(#[from] db::Unavailable),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            // The same for a name that is unknown and a password that is wrong: the reply does not tell which.
            Error::Provider(IdentityError::Refused) => {
                Self::new(ProblemCode::BadCredentials, "The user name or the password is wrong.")
            }
            Error::Provider(error @ (IdentityError::Busy | IdentityError::Away(_))) => Self::unavailable(error),
            Error::Provider(error @ IdentityError::Failed(_)) => Self::internal(error),
            Error::Throttled { seconds } => {
                Self::new(ProblemCode::LoginThrottled, "Too many failed logins. Wait a little.").retry_after(seconds)
            }
            Error::SwitchedOff => Self::not_found(),
            Error::Hashing(_) => Self::internal(error),
            Error::Unavailable(error) => error.into(),
            Error::Database(error) => error.into(),
        }
    }
}
