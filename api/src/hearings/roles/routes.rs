//! Roles over HTTP.

use actix_web::{delete, get, post, web::Data};
use openapi::{
    hearings::{NewRole, RoleAssignment, RoleList},
    ids::{HearingId, RoleId},
};

use super::{actions, queries};
use crate::{
    hearings::{EditHearings, ReadWorkspace, access::View},
    http::{Answer, Created, Empty, Fresh, Idempotency, IfMatch, Json, Path},
    identity::Require,
    service::Service,
};

/// List the people of a hearing
///
/// For those who work on it, and administrators. Each reading is in the audit log.
#[utoipa::path(
    tag = "Participants",
    security(("session" = [])),
    params(("hearing" = HearingId, Path, description = "The hearing")),
    responses((status = 200, description = "Everybody with a role", body = RoleList))
)]
#[get("/hearings/{hearing}/roles")]
pub(in crate::hearings) async fn list_roles(
    actor: Require<ReadWorkspace>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
) -> Answer<Fresh<RoleList>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::list(&mut conn, &actor, View::of(Some(&actor), &service), id).await?))
}

/// Give a person a role
///
/// Owners, case workers and reviewers until the conclusion; invitees until the deadline.
#[utoipa::path(
    tag = "Participants",
    security(("session" = [], "csrf" = [])),
    params(
        ("hearing" = HearingId, Path, description = "The hearing"),
        ("If-Match" = String, Header, description = "The hearing's version that was read: `\"v3\"`"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key and body give the same role again", max_length = 100),
    ),
    request_body = NewRole,
    responses(
        (status = 201, description = "The role", body = RoleAssignment),
        (status = 409, description = "`hearing.role_taken`, `hearing.wrong_status`"),
    )
)]
#[post("/hearings/{hearing}/roles")]
pub(in crate::hearings) async fn create_role(
    actor: Require<EditHearings>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
    IfMatch(version): IfMatch,
    key: Idempotency,
    Json(new): Json<NewRole>,
) -> Answer<Created<RoleAssignment>> {
    let mut conn = service.connection().await?;
    let repeatable = key.of(actor.account, "create_role", &(id, &new));
    let view = View::of(Some(&actor), &service);
    let item = actions::give(&mut conn, &actor, view, id, version, new, repeatable).await?;
    Ok(Created { location: format!("/hearings/{id}/roles/{}", item.id), item })
}

/// Take a role away
///
/// The responsible owner stays: hand the hearing over first.
#[utoipa::path(
    tag = "Participants",
    security(("session" = [], "csrf" = [])),
    params(
        ("hearing" = HearingId, Path, description = "The hearing"),
        ("role" = RoleId, Path, description = "The role"),
        ("If-Match" = String, Header, description = "The hearing's version that was read: `\"v3\"`"),
    ),
    responses(
        (status = 204, description = "Taken away"),
        (status = 409, description = "`hearing.owner_needed`, `hearing.wrong_status`"),
    )
)]
#[delete("/hearings/{hearing}/roles/{role}")]
pub(in crate::hearings) async fn delete_role(
    actor: Require<EditHearings>,
    service: Data<Service>,
    Path((id, role)): Path<(HearingId, RoleId)>,
    IfMatch(version): IfMatch,
) -> Answer<Empty> {
    let mut conn = service.connection().await?;
    actions::take(&mut conn, &actor, View::of(Some(&actor), &service), id, version, role).await?;
    Ok(Empty)
}
