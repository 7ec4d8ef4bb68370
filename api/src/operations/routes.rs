//! Health and version over HTTP.

use actix_web::{HttpResponse, get, http::header, web::Data};
use openapi::operations::{HealthStatus, Liveness, Readiness, Version};

use super::readiness;
use crate::{http::Fresh, service::Service};

/// Whether the process answers
///
/// For whoever restarts processes that do not.
#[utoipa::path(tag = "Operations", security(()), responses((status = 200, description = "It does", body = Liveness)))]
#[get("/health/live")]
pub(super) async fn get_liveness() -> Fresh<Liveness> {
    Fresh(Liveness { status: HealthStatus::Ok })
}

/// Whether the service can do its work
///
/// For whoever sends it requests: the database, its migrations, the clock, the audit log's protection and its seals,
/// the file store, the jobs. `logins` is always `ok`, and its detail tells when passwords are being guessed at.
#[utoipa::path(
    tag = "Operations",
    security(()),
    responses(
        (status = 200, description = "It can; `degraded` when a part needs looking after", body = Readiness),
        (status = 503, description = "It cannot; the parts say why", body = Readiness),
    )
)]
#[get("/health/ready")]
pub(super) async fn get_readiness(service: Data<Service>) -> HttpResponse {
    let readiness = readiness(&service).await;
    let mut response = match readiness.status {
        HealthStatus::Ok | HealthStatus::Degraded => HttpResponse::Ok(),
        HealthStatus::Failing | HealthStatus::Unknown => HttpResponse::ServiceUnavailable(),
    };
    response.insert_header((header::CACHE_CONTROL, "no-store")).json(readiness)
}

/// Which build answers
///
/// The release's number.
#[utoipa::path(tag = "Operations", security(()), responses((status = 200, description = "The version", body = Version)))]
#[get("/version")]
pub(super) async fn get_version() -> Fresh<Version> {
    Fresh(Version { version: env!("CARGO_PKG_VERSION").to_owned() })
}
