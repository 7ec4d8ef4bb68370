//! What can go wrong with a job, and with looking after the queue.

use std::{any::Any, error::Error as StdError, iter};

use openapi::problem::ProblemCode;

use crate::{
    db::{Unavailable, is_passing},
    http::{ApiError, Stale},
    identity::Refusal,
    ports::files::{StoreError, is_full},
};

/// Why something could not be done with the queue.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is done, or never was.
    #[error("no such job")]
    NotFound,
    /// Somebody else was faster.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// It is still being tried.
    #[error("the job is not dead")]
    NotDead,
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
            Error::NotDead => Self::new(ProblemCode::JobNotDead, "It is still being tried by itself."),
            Error::Caller(refusal) => refusal.into(),
            Error::Database(error) => error.into(),
        }
    }
}

/// Why a job was not done. What an administrator reads of it names nobody; its sources may, and go to the log alone.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It did not work this time.
    #[error("{0}")]
    Failed(&'static str, #[source] Box<dyn StdError + Send + Sync>),
    /// No connection to the database.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl JobError {
    /// It did not work this time because of something else, for `map_err`.
    pub fn because<E: StdError + Send + Sync + 'static>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Failed(what, source.into())
    }

    /// It panicked: a mistake in the program. `payload` is what a caught panic brought along.
    pub(crate) fn from_panic(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self::Failed("it panicked", text.unwrap_or("without a word").into())
    }

    /// Whether what is behind it is the machine's want of room or a database that is away: that passes, and is no reason
    /// to give a job up.
    pub(crate) fn is_passing(&self) -> bool {
        let mut chain = iter::successors(Some(self as &(dyn StdError + 'static)), |error| (**error).source());
        chain.any(|error| {
            let database = error.is::<Unavailable>() || error.downcast_ref().is_some_and(is_passing);
            let full = error.downcast_ref().is_some_and(is_full);
            database || full || matches!(error.downcast_ref(), Some(StoreError::Full(_)))
        })
    }

    /// It and everything behind it, for the log.
    pub(crate) fn whole(&self) -> String {
        let chain = iter::successors(Some(self as &(dyn StdError + 'static)), |error| (**error).source());
        chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_reads_what_and_the_log_says_why() {
        let error = JobError::because("the mail adapter refused it")(std::io::Error::other("mailbox of Mette is full"));
        assert_eq!(error.to_string(), "the mail adapter refused it");
        assert_eq!(error.whole(), "the mail adapter refused it: mailbox of Mette is full");
    }

    #[test]
    fn a_want_of_room_is_no_reason_to_give_up() {
        let full = || std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert!(JobError::because("the mail adapter refused it")(full()).is_passing());
        assert!(JobError::because("the file store refused it")(StoreError::from(full())).is_passing());
        let refused = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert!(!JobError::because("the mail adapter refused it")(refused).is_passing());
    }

    #[test]
    fn a_panic_keeps_its_words_for_the_log() {
        let (literal, formatted): (&(dyn Any + Send), _) = (&"no Mette", String::from("no Mette"));
        for payload in [literal, &formatted] {
            let error = JobError::from_panic(payload);
            assert_eq!((error.to_string().as_str(), error.whole().as_str()), ("it panicked", "it panicked: no Mette"));
        }
        assert_eq!(JobError::from_panic(&7).whole(), "it panicked: without a word");
    }
}
