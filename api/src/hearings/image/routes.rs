//! Pictures over HTTP.

use actix_web::{HttpResponse, delete, get, put, web::Data};
use openapi::{
    attachments::{self as contract, Attachment, FileType},
    ids::{FileId, HearingId},
};

use super::{actions, queries};
use crate::{
    attachments,
    hearings::{EditHearings, ReadHearings},
    http::{Answer, Download, Empty, Fresh, Path, Shown, Upload},
    identity::Require,
    service::Service,
};

/// Give a hearing its picture
///
/// PNG or JPEG, in place of the one it has. What stands for it where it cannot be seen is the hearing's
/// `imageAlternativeText`, which a hearing with a picture needs before it can be published.
#[utoipa::path(
    tag = "Content",
    security(("session" = [], "csrf" = [])),
    request_body(content = contract::Upload, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The picture", body = Attachment),
        (status = 409, description = "`hearing.wrong_status`: it has started"),
    )
)]
#[put("/hearings/{hearing}/image")]
pub(in crate::hearings) async fn replace_image(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    upload: Upload,
) -> Answer<Fresh<Attachment>> {
    actions::check(&mut *service.connection().await?, &asker, hearing).await?;
    let limits = service.attachment_limits();
    let received = upload.receive(service.files().incoming(), limits.bytes, FileType::IMAGES).await?;
    let file = attachments::take_in(&service, &asker, received).await?;
    let mut conn = service.connection().await?;
    Ok(Fresh(actions::replace(&mut conn, &asker, hearing, file).await?))
}

/// Take a hearing's picture away
///
/// The words that stand for it stay.
#[utoipa::path(
    tag = "Content",
    security(("session" = [], "csrf" = [])),
    responses(
        (status = 204, description = "Gone"),
        (status = 409, description = "`hearing.wrong_status`: it has started"),
    )
)]
#[delete("/hearings/{hearing}/image")]
pub(in crate::hearings) async fn delete_image(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
) -> Answer<Empty> {
    let mut conn = service.connection().await?;
    actions::remove(&mut conn, &asker, hearing).await?;
    Ok(Empty)
}

/// Fetch a hearing's picture
///
/// For whoever sees the hearing at that moment. The address is of this picture: another one gets another.
#[utoipa::path(
    tag = "Content",
    security((), ("session" = [])),
    responses(
        (status = 200, description = "The picture", content_type = "image/*", body = [u8]),
        (status = 206, description = "The part that `Range` names", content_type = "image/*", body = [u8]),
        (status = 409, description = "`attachment.unavailable`: the virus scanner has not passed it"),
        (status = 416, description = "`request.range_not_satisfiable`"),
    )
)]
#[get("/hearings/{hearing}/image/{image}/content")]
pub(in crate::hearings) async fn get_image_content(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, FileId)>,
    download: Download,
) -> Answer<HttpResponse> {
    let file = queries::fetch(&mut *service.connection().await?, &asker, ids).await?;
    download.answer(&service, &file, Shown::Inline).await
}
