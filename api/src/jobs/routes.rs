//! The queue over HTTP, for administrators.

use actix_web::{get, post, web::Data};
use openapi::{
    ids::JobId,
    jobs::{Job, JobQuery},
    page::Page,
};

use super::{actions, queries};
use crate::{
    http::{Answer, Fresh, IfMatch, Path, Query, Versioned},
    identity::{AdministerJobs, Require},
    service::Service,
};

/// List jobs
///
/// Those that are not done, newest first. `state=dead` shows what failed for good and waits for somebody.
#[utoipa::path(
    tag = "Administration",
    security(("session" = [])),
    params(JobQuery),
    responses((status = 200, description = "A page of jobs", body = Page<Job>))
)]
#[get("/jobs")]
pub(super) async fn list_jobs(
    asker: Require<AdministerJobs>,
    service: Data<Service>,
    Query(query): Query<JobQuery>,
) -> Answer<Fresh<Page<Job>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::page(&mut conn, &asker, &query).await?))
}

/// Set a dead job going again
///
/// With all its tries before it.
#[utoipa::path(
    tag = "Administration",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    responses(
        (status = 200, description = "The waiting job", body = Job),
        (status = 409, description = "`job.not_dead`: it is still being tried by itself"),
    )
)]
#[post("/jobs/{job}/retry")]
pub(super) async fn retry_job(
    asker: Require<AdministerJobs>,
    service: Data<Service>,
    Path(id): Path<JobId>,
    IfMatch(version): IfMatch,
) -> Answer<Versioned<Job>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(actions::retry(&mut conn, &asker, id, version).await?))
}
