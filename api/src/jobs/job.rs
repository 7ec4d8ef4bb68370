//! What a job is: ids in the queue, and what is done with them.

use std::time::Duration;

use openapi::ids::JobId;
use serde::{Serialize, de::DeserializeOwned};

use super::JobError;
use crate::{db::Connection, service::Service};

/// What happens after a request. The queue keeps it as JSON: ids, never personal values.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What it is called in the queue. A name that was released stays, and so do its fields.
    const NAME: &'static str;

    /// Where it waits for its turn.
    const LANE: Lane;

    /// How long a try may take. One that takes longer is broken off, and tried again later.
    const TIMEOUT: Duration = Duration::from_secs(60);

    /// Does what lies outside of the database or takes long, with no transaction open. It may be done more than once:
    /// when the worker dies before it has finished, when the database goes. The job's id is the same each time, for other
    /// systems to know a repeat by.
    ///
    /// # Errors
    /// Why it was not done; the queue tries again.
    fn perform(&self, _turn: &Turn<'_>) -> impl Future<Output = Result<(), JobError>> {
        async { Ok(()) }
    }

    /// Writes down what was done, in the transaction that takes the job out of the queue: once, or not at all.
    ///
    /// # Errors
    /// Why it was not done; the queue tries again.
    fn finish(&self, _conn: &mut Connection) -> impl Future<Output = Result<(), JobError>> + Send {
        async { Ok(()) }
    }
}

/// A try at a job.
#[derive(Debug)]
pub struct Turn<'a> {
    /// What jobs can reach.
    pub service: &'a Service,
    /// The job's id.
    pub id: JobId,
}

/// Jobs of a lane wait for each other and for no other lane's: a mail server that is dead delays no hearing's opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// What the database alone is needed for.
    Database,
    /// What goes to the mail server.
    Mail,
    /// What is done to files.
    Files,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Database, Self::Mail, Self::Files];

    /// What it is called in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Mail => "mail",
            Self::Files => "files",
        }
    }
}
