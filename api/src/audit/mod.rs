//! The audit log: who did what, on which object, when, from where.
//!
//! Other domains call [`record`] in the transaction of every change and of every staff read of personal data, and
//! nothing else. That the log cannot be changed is the database's rule, not this code's.

mod entry;
mod erasure;
mod queries;
mod routes;
mod rows;
pub mod seal;
mod tallies;

pub use self::{
    entry::{Change, Entry, Who, record, record_as},
    erasure::erase_values,
    queries::guessed_at,
    tallies::{flush_tallies, tally},
};

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(routes::list_audit_entries)
        .service(seal::get_audit_verification)
        .service(routes::list_hearing_history);
}
