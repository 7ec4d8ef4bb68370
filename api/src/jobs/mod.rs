//! The queue of what happens after a request: queued in the transaction of its cause, tried until it is done or given
//! up, visible when it is. The jobs themselves lie in the domains, and the worker tries them.

mod actions;
mod error;
mod job;
pub(crate) mod lease;
mod queries;
mod queue;
mod routes;
mod rows;

pub use self::{
    error::{Error, JobError},
    job::{Job, Lane, Turn},
    queries::{contents_to_remove, queued_for_files},
    queue::enqueue,
};

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::list_jobs).service(routes::retry_job);
}
