//! The queue of what happens after a request: queued in the transaction of its cause, tried until it is done or given
//! up, visible when it is.

mod queries;
mod queue;
mod routes;
mod rows;
pub mod runner;

use openapi::ids::ResponseId;
use serde::{Deserialize, Serialize};

pub use self::queue::{JobError, enqueue};

/// What a job does. Payloads hold ids, never personal values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload")]
pub enum Work {
    /// Mails the receipt of an answer.
    #[serde(rename = "mail.receipt")]
    MailReceipt {
        /// The answer.
        response: ResponseId,
    },
}

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::list_jobs).service(routes::retry_job);
}
