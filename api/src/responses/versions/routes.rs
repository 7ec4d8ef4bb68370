//! Changes of sent answers over HTTP.

use actix_web::{get, post, web::Data};
use openapi::{
    drafts::Draft,
    ids::{HearingId, ResponseId},
    page::{Page, PageQuery},
    responses::{Receipt, ResponseVersion},
};

use super::{actions, queries};
use crate::{
    hearings::{AnswerHearings, ProcessResponses},
    http::{Answer, Begun, Fresh, IfMatch, Path, Query, Versioned},
    identity::Require,
    service::Service,
};

/// Begin an edit of one's own answer
///
/// Answers 201 with a draft of what the answer says, or 200 with the edit begun earlier. Send the draft, and the answer
/// says what it says. Until then nothing changes. Possible until the deadline.
#[utoipa::path(
    tag = "Responses",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    responses(
        (status = 200, description = "The edit begun earlier", body = Draft),
        (status = 201, description = "The new edit", body = Draft),
        (status = 409, description = "`hearing.deadline_passed`, `hearing.wrong_status`, `response.withdrawn`"),
    )
)]
#[post("/hearings/{hearing}/responses/{response}/edit")]
pub(in crate::responses) async fn edit_response(
    asker: Require<AnswerHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, ResponseId)>,
    IfMatch(version): IfMatch,
) -> Answer<Begun<Draft>> {
    let mut conn = service.connection().await?;
    let (draft, new) = actions::edit(&mut conn, &asker, ids, version).await?;
    Ok(Begun { location: format!("/hearings/{}/drafts/{}", draft.hearing, draft.id), item: draft, new })
}

/// Withdraw one's own answer
///
/// Its number stays, with a note that it was withdrawn; its words are gone from every public place at once. Staff of the
/// hearing can still read what it said: withdrawing does not undo that it was received. Possible until the deadline.
#[utoipa::path(
    tag = "Responses",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    responses(
        (status = 200, description = "The receipt as it is now", body = Receipt),
        (status = 409, description = "`hearing.deadline_passed`, `hearing.wrong_status`, `response.withdrawn`"),
    )
)]
#[post("/hearings/{hearing}/responses/{response}/withdraw")]
pub(in crate::responses) async fn withdraw_response(
    asker: Require<AnswerHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, ResponseId)>,
    IfMatch(version): IfMatch,
) -> Answer<Versioned<Receipt>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(actions::withdraw(&mut conn, &asker, ids, version).await?))
}

/// List what an answer said before
///
/// Each version that was edited or withdrawn, oldest first, for the hearing's owners and case workers. Each reading is
/// in the audit log.
#[utoipa::path(
    tag = "Processing",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of versions", body = Page<ResponseVersion>))
)]
#[get("/hearings/{hearing}/processing/responses/{response}/versions")]
pub(in crate::responses) async fn list_response_versions(
    asker: Require<ProcessResponses>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, ResponseId)>,
    Query(query): Query<PageQuery>,
) -> Answer<Fresh<Page<ResponseVersion>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::page(&mut conn, &asker, ids, &query).await?))
}
