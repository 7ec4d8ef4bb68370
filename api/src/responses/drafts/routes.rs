//! Drafts over HTTP.

use actix_web::{delete, get, patch, post, web::Data};
use openapi::{
    drafts::{Draft, DraftPatch, MyDraft},
    ids::{DraftId, HearingId},
    page::{Page, PageQuery},
};

use super::{actions, queries};
use crate::{
    hearings::AnswerHearings,
    http::{Answer, Begun, Empty, Fresh, IfMatch, Json, Path, Query, Versioned},
    identity::{LogIn, Require},
    service::Service,
};

/// List one's own unsent answers
///
/// Last saved first, with their hearings.
#[utoipa::path(
    tag = "Session",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of drafts", body = Page<MyDraft>))
)]
#[get("/me/drafts")]
pub(in crate::responses) async fn list_my_drafts(
    asker: Require<LogIn>,
    service: Data<Service>,
    Query(query): Query<PageQuery>,
) -> Answer<Fresh<Page<MyDraft>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::mine(&mut conn, &asker, &query).await?))
}

/// List one's own unsent answers to a hearing
///
/// One, or none: an answer is begun once and taken up again.
#[utoipa::path(
    tag = "Drafts",
    security(("session" = [])),
    responses((status = 200, description = "The drafts", body = Page<Draft>))
)]
#[get("/hearings/{hearing}/drafts")]
pub(in crate::responses) async fn list_drafts(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
) -> Answer<Fresh<Page<Draft>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::of_hearing(&mut conn, &asker, hearing).await?))
}

/// Begin an answer
///
/// Answers 201 with a new draft, or 200 with the one begun earlier: asking twice makes one.
#[utoipa::path(
    tag = "Drafts",
    security(("session" = [], "csrf" = [])),
    responses(
        (status = 200, description = "The draft begun earlier", body = Draft),
        (status = 201, description = "The new draft", body = Draft),
        (status = 409, description = "`hearing.deadline_passed`, `hearing.not_open`, `hearing.wrong_status`, `response.limit_reached`"),
    )
)]
#[post("/hearings/{hearing}/drafts")]
pub(in crate::responses) async fn create_draft(
    asker: Require<AnswerHearings>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
) -> Answer<Begun<Draft>> {
    let mut conn = service.connection().await?;
    let (item, new) = actions::create(&mut conn, &asker, hearing).await?;
    Ok(Begun { location: format!("/hearings/{hearing}/drafts/{}", item.id), item, new })
}

/// Read one's own unsent answer
///
/// Nobody else can.
#[utoipa::path(
    tag = "Drafts",
    security(("session" = [])),
    responses((status = 200, description = "The draft", body = Draft), (status = 409, description = "`draft.sent`"))
)]
#[get("/hearings/{hearing}/drafts/{draft}")]
pub(in crate::responses) async fn get_draft(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DraftId)>,
) -> Answer<Versioned<Draft>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(queries::draft(&mut conn, &asker, ids).await?))
}

/// Save an unsent answer
///
/// JSON Merge Patch: what is absent stays; `null` clears texts. Works after the deadline too, so that no words are lost.
#[utoipa::path(
    tag = "Drafts",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    request_body = DraftPatch,
    responses((status = 200, description = "The draft as it is now", body = Draft), (status = 409, description = "`draft.sent`"))
)]
#[patch("/hearings/{hearing}/drafts/{draft}")]
pub(in crate::responses) async fn update_draft(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DraftId)>,
    IfMatch(version): IfMatch,
    Json(patch): Json<DraftPatch>,
) -> Answer<Versioned<Draft>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(actions::update(&mut conn, &asker, ids, version, patch).await?))
}

/// Throw an unsent answer away
///
/// It is gone for good.
#[utoipa::path(
    tag = "Drafts",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    responses((status = 204, description = "Gone"), (status = 409, description = "`draft.sent`"))
)]
#[delete("/hearings/{hearing}/drafts/{draft}")]
pub(in crate::responses) async fn delete_draft(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DraftId)>,
    IfMatch(version): IfMatch,
) -> Answer<Empty> {
    let mut conn = service.connection().await?;
    actions::discard(&mut conn, &asker, ids, version).await?;
    Ok(Empty)
}
