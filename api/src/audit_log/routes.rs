//! The audit log over HTTP, for auditors.

use actix_web::{get, web::Data};
use openapi::{
    audit::{AuditEntry, AuditQuery, HistoryEntry},
    ids::HearingId,
    page::{Page, PageQuery},
};

use super::queries;
use crate::{
    hearings::EditHearings,
    http::{Answer, Fresh, Path, Query},
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
    asker: Require<ReadAuditLog>,
    service: Data<Service>,
    Query(query): Query<AuditQuery>,
) -> Answer<Fresh<Page<AuditEntry>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::page(&mut conn, &asker, &query).await?))
}

/// Read a hearing's history
///
/// What was done to it, newest first, for its owners. Who read it or was refused is for auditors alone.
#[utoipa::path(
    tag = "Audit log",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of entries", body = Page<HistoryEntry>))
)]
#[get("/hearings/{hearing}/history")]
pub(super) async fn list_hearing_history(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    Query(query): Query<PageQuery>,
) -> Answer<Fresh<Page<HistoryEntry>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::history(&mut conn, &asker, hearing, &query).await?))
}
