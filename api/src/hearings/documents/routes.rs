//! Documents over HTTP.

use actix_web::{HttpResponse, delete, get, patch, post, web::Data};
use openapi::{
    attachments::{self as contract, Document, DocumentPatch},
    ids::{DocumentId, HearingId},
};

use super::{
    actions::{self, NewDocument},
    queries,
};
use crate::{
    attachments::{self, Download, Shown},
    hearings::{EditHearings, ReadHearings},
    http::{Answer, Created, Empty, Idempotency, IfMatch, Json, Path, Upload, Versioned},
    identity::Require,
    service::Service,
};

/// Add a document
///
/// One file a request, called what its file is called until it is renamed. What a file is, its content decides; its name
/// has to agree.
#[utoipa::path(
    tag = "Content",
    security(("session" = [], "csrf" = [])),
    params(Idempotency),
    request_body(content = contract::Upload, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The document", body = Document),
        (status = 409, description = "`hearing.wrong_status`: it has started; `attachment.too_many`, `attachment.quota_reached`"),
        (status = 429, description = "`request.rate_limited`: also when too many uploads of one person are under way"),
    )
)]
#[post("/hearings/{hearing}/documents")]
pub(in crate::hearings) async fn create_document(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    key: Idempotency,
    upload: Upload,
) -> Answer<Created<Document>> {
    let uploader = asker.account;
    let item = attachments::receive(&service, uploader, upload, NewDocument { asker, hearing, key }).await?;
    Ok(Created { location: format!("/hearings/{hearing}/documents/{}/content", item.id), item })
}

/// Rename a document
///
/// JSON Merge Patch: what is absent stays.
#[utoipa::path(
    tag = "Content",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    request_body = DocumentPatch,
    responses(
        (status = 200, description = "The document as it is now", body = Document),
        (status = 409, description = "`hearing.wrong_status`: it has started"),
    )
)]
#[patch("/hearings/{hearing}/documents/{document}")]
pub(in crate::hearings) async fn update_document(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DocumentId)>,
    IfMatch(version): IfMatch,
    Json(patch): Json<DocumentPatch>,
) -> Answer<Versioned<Document>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(actions::update(&mut conn, &asker, ids, version, patch).await?))
}

/// Take a document away
///
/// Its file goes with it.
#[utoipa::path(
    tag = "Content",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    responses(
        (status = 204, description = "Gone"),
        (status = 409, description = "`hearing.wrong_status`: it has started"),
    )
)]
#[delete("/hearings/{hearing}/documents/{document}")]
pub(in crate::hearings) async fn delete_document(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DocumentId)>,
    IfMatch(version): IfMatch,
) -> Answer<Empty> {
    let mut conn = service.connection().await?;
    actions::remove(&mut conn, &asker, ids, version).await?;
    Ok(Empty)
}

/// Fetch a document
///
/// For whoever sees the hearing at that moment. Whole, or the part that `Range` names.
#[utoipa::path(
    tag = "Content",
    security((), ("session" = [])),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        (status = 206, description = "The part of it", content_type = "*/*", body = [u8]),
        (status = 409, description = "`attachment.unavailable`: the virus scanner has not passed it, or there is nothing of it for others yet"),
        (status = 410, description = "`attachment.lost`: the service has lost its content"),
        (status = 416, description = "`request.range_not_satisfiable`"),
    )
)]
#[get("/hearings/{hearing}/documents/{document}/content")]
pub(in crate::hearings) async fn get_document_content(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, DocumentId)>,
    download: Download,
) -> Answer<HttpResponse> {
    let file = queries::fetch(&mut *service.connection().await?, &asker, ids).await?;
    download.answer(&service, &file, Shown::Apart).await
}
