//! Reading the audit log: by auditors, and of one hearing by its owner. What is written into it lies far below
//! (`audit`); here hearings and people get their names.

mod queries;
mod routes;
mod verification;

pub use self::queries::guessed_at;

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(routes::list_audit_entries)
        .service(verification::get_audit_verification)
        .service(routes::list_hearing_history);
}
