//! How far the audit log is sealed, over HTTP, for auditors.

use actix_web::{get, web::Data};
use openapi::audit::AuditVerification;

use crate::{
    audit::seal,
    http::{Answer, Fresh},
    identity::{ReadAuditLog, Require},
    service::Service,
};

/// Read how far the audit log is sealed
///
/// The chain's newest seal, to be compared with what the service showed of it outside of its database, and how many
/// entries wait for theirs. That the chain is whole is proven by `agora audit verify`.
#[utoipa::path(
    tag = "Audit log",
    security(("session" = [])),
    responses((status = 200, description = "The chain's head and what waits", body = AuditVerification))
)]
#[get("/audit-log/verification")]
pub(super) async fn get_audit_verification(
    _: Require<ReadAuditLog>,
    service: Data<Service>,
) -> Answer<Fresh<AuditVerification>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(seal::verification(&mut conn).await?))
}
