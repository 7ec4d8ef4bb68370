//! Answers over HTTP.

use actix_web::{HttpResponse, get, post, web::Data};
use openapi::{
    drafts::SendDraft,
    ids::{DraftId, HearingId, ResponseId},
    page::{Page, PageQuery},
    responses::{MyResponse, PublicResponse, Receipt, StaffResponse},
};

use super::{actions, queries, receipt};
use crate::{
    attachments::Download,
    hearings::{AnswerHearings, ProcessResponses, ReadHearings},
    http::{Answer, ApiError, Created, ForAnybody, Fresh, Idempotency, IfMatch, Json, Path, Query},
    identity::{LogIn, Require},
    rates,
    service::Service,
};

/// Send an answer
///
/// A new answer gets the hearing's next number; an edit takes the place of what it edits, and keeps its number. It is in
/// time when its turn comes before the deadline, by the service's clock. Sending again with the same `Idempotency-Key`
/// gives the same answer's receipt.
#[utoipa::path(
    tag = "Drafts",
    security(("session" = [], "csrf" = [])),
    params(IfMatch, Idempotency),
    request_body = SendDraft,
    responses(
        (status = 201, description = "The receipt", body = Receipt),
        (status = 409, description = "`hearing.deadline_passed`, `hearing.not_open`, `hearing.wrong_status`, `draft.sent`, `response.limit_reached`, `response.terms_changed`"),
    )
)]
#[post("/hearings/{hearing}/drafts/{draft}/send")]
pub(super) async fn send_draft(
    asker: Require<AnswerHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DraftId)>,
    IfMatch(version): IfMatch,
    key: Idempotency,
    Json(request): Json<SendDraft>,
) -> Answer<Created<Receipt>> {
    let mut conn = service.connection().await?;
    let repeatable = key.of(asker.account, "send_draft", &(ids, &request));
    let item = actions::send(&mut conn, &asker, ids, version, request, repeatable).await?;
    Ok(Created { location: format!("/hearings/{}/responses/{}/receipt", item.hearing, item.response), item })
}

/// List one's own answers
///
/// Last sent first, with their hearings.
#[utoipa::path(
    tag = "Session",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of answers", body = Page<MyResponse>))
)]
#[get("/me/responses")]
pub(super) async fn list_my_responses(
    asker: Require<LogIn>,
    service: Data<Service>,
    Query(query): Query<PageQuery>,
) -> Answer<Fresh<Page<MyResponse>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::mine(&mut conn, &asker, &query).await?))
}

/// List a hearing's answers
///
/// By number, as others than staff see them. 403 while the hearing does not show its answers.
#[utoipa::path(
    tag = "Responses",
    security((), ("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of answers", body = Page<PublicResponse>))
)]
#[get("/hearings/{hearing}/responses")]
pub(super) async fn list_responses(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    Query(query): Query<PageQuery>,
) -> Answer<ForAnybody<Fresh<Page<PublicResponse>>>> {
    let mut conn = service.connection().await?;
    Ok(ForAnybody(Fresh(queries::public_page(&mut conn, &asker, hearing, &query).await?)))
}

/// Read an answer
///
/// As others than staff see it.
#[utoipa::path(
    tag = "Responses",
    security((), ("session" = [])),
    responses((status = 200, description = "The answer", body = PublicResponse))
)]
#[get("/hearings/{hearing}/responses/{response}")]
pub(super) async fn get_response(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Path((hearing, id)): Path<(HearingId, ResponseId)>,
) -> Answer<ForAnybody<Fresh<PublicResponse>>> {
    let mut conn = service.connection().await?;
    Ok(ForAnybody(Fresh(queries::public(&mut conn, &asker, hearing, id).await?)))
}

/// Read the receipt of one's own answer
///
/// Its number, when it arrived, and what it says; nothing of one that was withdrawn.
#[utoipa::path(
    tag = "Responses",
    security(("session" = [])),
    responses((status = 200, description = "The receipt", body = Receipt))
)]
#[get("/hearings/{hearing}/responses/{response}/receipt")]
pub(super) async fn get_receipt(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path((hearing, id)): Path<(HearingId, ResponseId)>,
) -> Answer<Fresh<Receipt>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::receipt(&mut conn, &asker, hearing, id).await?))
}

/// Read the receipt of one's own answer as a document
///
/// As tagged PDF (PDF/UA-1) in Danish, with what the answer says. One is made at a time for each person; how many a minute
/// is limited.
#[utoipa::path(
    tag = "Responses",
    security(("session" = [])),
    responses((status = 200, description = "The receipt", content_type = "application/pdf", body = [u8]))
)]
#[get("/hearings/{hearing}/responses/{response}/receipt.pdf")]
pub(super) async fn get_receipt_document(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path((hearing, id)): Path<(HearingId, ResponseId)>,
    download: Download,
) -> Answer<HttpResponse> {
    let (receipt, around) = {
        let mut conn = service.connection().await?;
        let found = queries::receipt_document(&mut conn, &asker, hearing, id, service.municipality()).await?;
        rates::count_document(&service, &mut conn, &asker).await?;
        found
    };
    let name = receipt::file_name(receipt.number);
    let document = receipt::document(receipt, around);
    let turns = service.typesetting().of(document.is_long());
    let set = turns.take_for(asker.account, move || reports::receipt(&document)).await?;
    Ok(download.answer_with(set.map_err(ApiError::internal)?, "application/pdf", &name))
}

/// List all answers with their senders
///
/// By number, for the hearing's owners and case workers. Each reading is in the audit log.
#[utoipa::path(
    tag = "Processing",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of answers", body = Page<StaffResponse>))
)]
#[get("/hearings/{hearing}/processing/responses")]
pub(super) async fn list_staff_responses(
    asker: Require<ProcessResponses>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    Query(query): Query<PageQuery>,
) -> Answer<Fresh<Page<StaffResponse>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::staff_page(&mut conn, &asker, hearing, &query).await?))
}
