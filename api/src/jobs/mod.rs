//! The queue of what happens after a request: queued in the transaction of its cause, tried until it is done or given
//! up, visible when it is.

mod actions;
pub mod bell;
mod error;
mod heartbeat;
mod queries;
mod queue;
mod routes;
mod rows;
pub mod runner;

use chrono::{DateTime, Utc};
use openapi::ids::{FileId, HearingId, ResponseId};
use serde::{Deserialize, Serialize};

pub use self::{
    bell::Bell,
    error::{Error, JobError},
    heartbeat::Heartbeat,
    queries::contents_to_remove,
    queue::enqueue,
};

/// What a job does. Payloads hold ids, never personal values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload")]
pub enum Work {
    /// Mails the receipt of an answer.
    #[serde(rename = "mail.receipt")]
    MailReceipt {
        /// The answer.
        response: ResponseId,
        /// Which version it was.
        #[serde(default = "first")]
        version: i64,
    },
    /// Does what follows a hearing's start.
    #[serde(rename = "hearing.opened")]
    HearingOpened {
        /// The hearing.
        hearing: HearingId,
        /// When it started.
        instant: DateTime<Utc>,
    },
    /// Does what follows a hearing's deadline.
    #[serde(rename = "hearing.deadline_passed")]
    DeadlinePassed {
        /// The hearing.
        hearing: HearingId,
        /// When the deadline passed.
        instant: DateTime<Utc>,
    },
    /// Removes the content of a file that is gone.
    #[serde(rename = "file.remove_content")]
    RemoveContent {
        /// Its id in the file store: the file's, or that of the copy that was shown.
        file: FileId,
    },
}

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::list_jobs).service(routes::retry_job);
}

// Jobs queued before answers had versions.
fn first() -> i64 {
    1
}
