//! Files of answers over HTTP.

use actix_web::{
    HttpResponse, delete, get,
    http::header::{self, ContentEncoding},
    post,
    web::Data,
};
use openapi::{
    attachments::{self as contract, Attachment},
    ids::{DraftId, FileId, HearingId, ResponseId},
};

use super::{
    actions::{self, NewAttachment},
    queries,
};
use crate::{
    attachments::{self, Download, Shown, disposition},
    hearings::{AnswerHearings, ProcessResponses, ReadHearings},
    http::{Answer, Created, Empty, Idempotency, Path, Upload},
    identity::{LogIn, Require},
    service::Service,
};

/// Add a file to one's own unsent answer
///
/// One file a request. What a file is, its content decides; its name has to agree. Does not change the draft's version:
/// an upload may end while words are being saved.
#[utoipa::path(
    tag = "Attachments",
    security(("session" = [], "csrf" = [])),
    params(Idempotency),
    request_body(content = contract::Upload, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The file", body = Attachment),
        (status = 409, description = "`attachment.too_many`, `attachment.quota_reached`, `hearing.deadline_passed`, `hearing.not_open`, `draft.sent`"),
        (status = 429, description = "`request.rate_limited`: also when too many uploads of one person are under way"),
    )
)]
#[post("/hearings/{hearing}/drafts/{draft}/attachments")]
pub(in crate::responses) async fn create_attachment(
    asker: Require<AnswerHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DraftId)>,
    key: Idempotency,
    upload: Upload,
) -> Answer<Created<Attachment>> {
    let uploader = asker.account;
    let item = attachments::receive(&service, uploader, upload, NewAttachment { asker, ids, key }).await?;
    let (hearing, draft) = ids;
    Ok(Created { location: format!("/hearings/{hearing}/drafts/{draft}/attachments/{}/content", item.id), item })
}

/// Take a file from one's own unsent answer
///
/// A file never changes, so no version is named.
#[utoipa::path(
    tag = "Attachments",
    security(("session" = [], "csrf" = [])),
    responses((status = 204, description = "Gone"), (status = 409, description = "`draft.sent`"))
)]
#[delete("/hearings/{hearing}/drafts/{draft}/attachments/{attachment}")]
pub(in crate::responses) async fn delete_attachment(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DraftId, FileId)>,
) -> Answer<Empty> {
    let mut conn = service.connection().await?;
    actions::remove(&mut conn, &asker, ids).await?;
    Ok(Empty)
}

/// Fetch a file of one's own unsent answer
///
/// Nobody else can. Whole, or the part that `Range` names.
#[utoipa::path(
    tag = "Attachments",
    security(("session" = [])),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        (status = 206, description = "The part of it", content_type = "*/*", body = [u8]),
        (status = 409, description = "`draft.sent`, `attachment.unavailable`"),
        (status = 410, description = "`attachment.lost`: the service has lost its content"),
        (status = 416, description = "`request.range_not_satisfiable`"),
    )
)]
#[get("/hearings/{hearing}/drafts/{draft}/attachments/{attachment}/content")]
pub(in crate::responses) async fn get_draft_attachment(
    asker: Require<LogIn>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DraftId, FileId)>,
    download: Download,
) -> Answer<HttpResponse> {
    let file = queries::fetch_own(&mut *service.connection().await?, &asker, ids).await?;
    download.answer(&service, &file, Shown::Apart).await
}

/// Fetch a file of an answer
///
/// For whoever can read the answer at that moment, and for its author also while answers are not shown. Whole, or the
/// part that `Range` names.
#[utoipa::path(
    tag = "Attachments",
    security((), ("session" = [])),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        (status = 206, description = "The part of it", content_type = "*/*", body = [u8]),
        (status = 409, description = "`attachment.unavailable`: the virus scanner has not passed it, or there is nothing of it for others yet, and somebody else uploaded it"),
        (status = 410, description = "`attachment.lost`: the service has lost its content"),
        (status = 416, description = "`request.range_not_satisfiable`"),
    )
)]
#[get("/hearings/{hearing}/responses/{response}/attachments/{attachment}/content")]
pub(in crate::responses) async fn get_response_attachment(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, ResponseId, FileId)>,
    download: Download,
) -> Answer<HttpResponse> {
    let file = queries::fetch_public(&mut *service.connection().await?, &asker, ids).await?;
    download.answer(&service, &file, Shown::Apart).await
}

/// Fetch a file of any answer
///
/// Of any of its versions, for the hearing's owners and case workers. Each fetching is in the audit log.
#[utoipa::path(
    tag = "Processing",
    security(("session" = [])),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        (status = 206, description = "The part of it", content_type = "*/*", body = [u8]),
        (status = 409, description = "`attachment.unavailable`: the virus scanner has not passed it, and somebody else uploaded it"),
        (status = 410, description = "`attachment.lost`: the service has lost its content"),
        (status = 416, description = "`request.range_not_satisfiable`"),
    )
)]
#[get("/hearings/{hearing}/processing/responses/{response}/attachments/{attachment}/content")]
pub(in crate::responses) async fn get_staff_attachment(
    asker: Require<ProcessResponses>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, ResponseId, FileId)>,
    download: Download,
) -> Answer<HttpResponse> {
    let file = queries::fetch_staff(&mut *service.connection().await?, &asker, ids).await?;
    download.answer(&service, &file, Shown::Apart).await
}

/// Fetch the files of all answers
///
/// As a ZIP archive, each file named after its answer's number, for the hearing's owners and case workers. What is not in
/// it, because the virus scanner has not passed it or the service has lost it, stands in a text in it,
/// `Manglende filer.txt`. Six archives at a time a person. The fetching is one entry in the audit log.
#[utoipa::path(
    tag = "Processing",
    security(("session" = [])),
    responses((status = 200, description = "The archive", content_type = "application/zip", body = [u8]))
)]
#[get("/hearings/{hearing}/processing/attachments.zip")]
pub(in crate::responses) async fn get_attachment_archive(
    asker: Require<ProcessResponses>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
) -> Answer<HttpResponse> {
    let place = service.archives().enter(asker.account)?;
    let (name, contents) = queries::archive(&mut *service.connection().await?, &asker, hearing).await?;
    let archive = attachments::archive(contents, Service::clone(&service), place).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/zip"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(disposition(&name, Shown::Apart))
        .insert_header(ContentEncoding::Identity)
        .streaming(archive))
}
