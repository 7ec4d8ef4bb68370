//! The directory of employees: the people who have an account, for those who pick people for a hearing.

mod queries;
mod routes;

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::list_employees);
}
