//! For operators and load balancers: alive, ready, which version.

mod readiness;
mod routes;

pub use readiness::readiness;

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::get_liveness).service(routes::get_readiness).service(routes::get_version);
}
