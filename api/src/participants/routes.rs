//! Roles over HTTP.

use actix_web::{delete, get, post, web::Data};
use openapi::{
    hearings::{NewRole, RevokeRole, RoleAssignment},
    ids::{HearingId, RoleId},
    page::{Page, PageQuery},
};

use super::{actions, queries, revoking};
use crate::{
    hearings::{EditHearings, ReadWorkspace, RevokeAccess},
    http::{Answer, Created, Fresh, Idempotency, IfMatch, Json, Path, Query, Versioned},
    identity::Require,
    service::Service,
};

/// List the people of a hearing
///
/// The responsible owner first, then role by role, and by name. For those who work on it, and administrators. Each
/// reading is in the audit log.
#[utoipa::path(
    tag = "Participants",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of roles", body = Page<RoleAssignment>))
)]
#[get("/hearings/{hearing}/roles")]
pub(super) async fn list_roles(
    asker: Require<ReadWorkspace>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
    Query(query): Query<PageQuery>,
) -> Answer<Fresh<Page<RoleAssignment>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::list(&mut conn, &asker, id, &query).await?))
}

/// Give a person a role
///
/// Owners, case workers and reviewers until the conclusion; invitees until the deadline. A role is part of its hearing,
/// whose new version is in the answer.
#[utoipa::path(
    tag = "Participants",
    security(("session" = [], "csrf" = [])),
    params(IfMatch, Idempotency),
    request_body = NewRole,
    responses(
        (status = 201, description = "The role", body = RoleAssignment),
        (status = 409, description = "`hearing.role_taken`, `hearing.wrong_status`"),
    )
)]
#[post("/hearings/{hearing}/roles")]
pub(super) async fn create_role(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
    IfMatch(version): IfMatch,
    key: Idempotency,
    Json(new): Json<NewRole>,
) -> Answer<Created<RoleAssignment>> {
    let mut conn = service.connection().await?;
    let repeatable = key.of(asker.account, "create_role", &(id, &new));
    let item = actions::give(&mut conn, &asker, id, version, new, repeatable).await?;
    Ok(Created { location: format!("/hearings/{id}/roles/{}", item.id), item })
}

/// Take a role away
///
/// Not the responsible owner's, and an invitee's only from a draft. The answer has the hearing's new version.
#[utoipa::path(
    tag = "Participants",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    responses(
        (status = 200, description = "The role that was taken away", body = RoleAssignment),
        (status = 409, description = "`hearing.owner_needed`, `hearing.wrong_status`"),
    )
)]
#[delete("/hearings/{hearing}/roles/{role}")]
pub(super) async fn delete_role(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path((id, role)): Path<(HearingId, RoleId)>,
    IfMatch(version): IfMatch,
) -> Answer<Versioned<RoleAssignment>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(actions::take(&mut conn, &asker, id, version, role).await?))
}

/// Revoke an invitee's access
///
/// For owners and administrators, in every status, with a reason, in effect on the next read: a hearing that is for
/// invited people alone does not exist for the person any more, nor do the draft and the response there. What was sent
/// stays, and is marked for staff. Inviting the person again lifts it. A person who has another role on the hearing keeps
/// the access that it gives: the role of an invitee goes, and nothing is marked. The reason is in the audit log and in the
/// hearing's history. The reply has the hearing's new version.
#[utoipa::path(
    tag = "Participants",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    request_body = RevokeRole,
    responses(
        (status = 200, description = "The role that was revoked", body = RoleAssignment),
        (status = 409, description = "`hearing.not_an_invitee`"),
    )
)]
#[post("/hearings/{hearing}/roles/{role}/revoke")]
pub(super) async fn revoke_role(
    asker: Require<RevokeAccess>,
    service: Data<Service>,
    Path((id, role)): Path<(HearingId, RoleId)>,
    IfMatch(version): IfMatch,
    Json(request): Json<RevokeRole>,
) -> Answer<Versioned<RoleAssignment>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(revoking::revoke(&mut conn, &asker, id, version, role, request).await?))
}
