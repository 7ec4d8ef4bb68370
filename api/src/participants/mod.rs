//! Who does what on one hearing: its owners, case workers, reviewers and invitees.

mod actions;
mod queries;
mod revoking;
mod routes;

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(routes::list_roles)
        .service(routes::create_role)
        .service(routes::delete_role)
        .service(routes::revoke_role);
}
