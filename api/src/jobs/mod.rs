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
    queries::{contents_to_remove, queued_for_files},
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
    /// Looks at a file that an older version took in, and makes the copy of it that is shown.
    #[serde(rename = "file.look_at")]
    LookAt {
        /// The file.
        file: FileId,
    },
    /// Makes the sizes of a hearing's image that an older version took in.
    #[serde(rename = "hearing.image_sizes")]
    ImageSizes {
        /// The hearing.
        hearing: HearingId,
        /// The image's file.
        file: FileId,
    },
    /// Removes the content of a file that is gone.
    #[serde(rename = "file.remove_content")]
    RemoveContent {
        /// Its id in the file store: the file's, or that of the copy that was shown.
        file: FileId,
    },
}

/// What jobs are called that look at a file.
pub const LOOK_AT: &str = "file.look_at";

/// What jobs are called that make the sizes of an image.
pub const IMAGE_SIZES: &str = "hearing.image_sizes";

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::list_jobs).service(routes::retry_job);
}

// Jobs queued before answers had versions.
fn first() -> i64 {
    1
}
