//! The audit log over HTTP, for auditors.

use actix_web::{get, web::Data};
use openapi::{
    audit::{AuditEntry, AuditQuery},
    page::Page,
};

use super::queries;
use crate::{
    http::{Answer, Fresh, Query},
    identity::{ReadAuditLog, Require},
    service::Service,
};

/// Read the audit log
///
/// Newest first. Reading it leaves an entry of its own.
#[utoipa::path(
    tag = "Audit log",
    security(("session" = [])),
    params(AuditQuery),
    responses((status = 200, description = "A page of entries", body = Page<AuditEntry>))
)]
#[get("/audit-log")]
pub(super) async fn list_audit_entries(
    actor: Require<ReadAuditLog>,
    service: Data<Service>,
    Query(query): Query<AuditQuery>,
) -> Answer<Fresh<Page<AuditEntry>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::page(&mut conn, &actor, &query, service.now()).await?))
}
