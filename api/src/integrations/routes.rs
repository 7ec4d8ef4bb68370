//! Integrations over HTTP, for administrators.

use actix_web::{get, web::Data};
use openapi::integrations::IntegrationList;

use super::state;
use crate::{
    http::Fresh,
    identity::{AdministerIntegrations, Require},
    service::Service,
};

/// List integrations
///
/// What is behind each port, and whether it works at this moment.
#[utoipa::path(
    tag = "Administration",
    security(("session" = [])),
    responses((status = 200, description = "Every port", body = IntegrationList))
)]
#[get("/integrations")]
pub(super) async fn list_integrations(
    _: Require<AdministerIntegrations>,
    service: Data<Service>,
) -> Fresh<IntegrationList> {
    Fresh(state::integrations(&service).await)
}
