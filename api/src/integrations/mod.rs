//! What the installation is connected to: each port with its adapter, and whether it works.

mod routes;
mod state;

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::list_integrations);
}
