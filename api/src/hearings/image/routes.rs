//! Pictures over HTTP.

use actix_web::{HttpResponse, delete, get, put, web::Data};
use openapi::{
    attachments::{self as contract, Attachment},
    hearings::ImageQuery,
    ids::{FileId, HearingId},
};

use super::{
    actions::{self, NewImage},
    queries,
};
use crate::{
    attachments::{self, Download, Shown},
    hearings::{EditHearings, ReadHearings},
    http::{Answer, Empty, Fresh, Path, Query, Upload},
    identity::Require,
    service::Service,
};

/// Give a hearing its picture
///
/// PNG or JPEG, in place of the one it has. It is shown in sizes that are made of it anew, and never as it was sent. A
/// JPEG that is progressive, or a PNG that is interlaced, may have about six million pixels. What stands for it where it cannot be seen is the hearing's
/// `imageAlternativeText`, which a hearing with a picture needs before it can be published.
#[utoipa::path(
    tag = "Content",
    security(("session" = [], "csrf" = [])),
    request_body(content = contract::Upload, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The picture", body = Attachment),
        (status = 409, description = "`hearing.wrong_status`: it has started; `attachment.quota_reached`"),
        (status = 429, description = "`request.rate_limited`: also when too many uploads of one person are under way"),
    )
)]
#[put("/hearings/{hearing}/image")]
pub(in crate::hearings) async fn replace_image(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    upload: Upload,
) -> Answer<Fresh<Attachment>> {
    let uploader = asker.account;
    Ok(Fresh(attachments::receive(&service, uploader, upload, NewImage { asker, hearing }).await?))
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
/// For everybody who sees the hearing at that moment. The address is of this image: another one gets another. It comes in the
/// sizes that the hearing's `imageSizes` tells, made of what was uploaded: without its metadata, and turned upright.
#[utoipa::path(
    tag = "Content",
    security((), ("session" = [])),
    params(ImageQuery),
    responses(
        (status = 200, description = "The picture", content_type = "image/*", body = [u8]),
        (status = 206, description = "The part that `Range` names", content_type = "image/*", body = [u8]),
        (status = 409, description = "`attachment.unavailable`: the virus scanner has not passed it, or its sizes are not made yet"),
        (status = 410, description = "`attachment.lost`: the service has lost its content"),
        (status = 416, description = "`request.range_not_satisfiable`"),
    )
)]
#[get("/hearings/{hearing}/image/{image}/content")]
pub(in crate::hearings) async fn get_image_content(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Path(ids): Path<(HearingId, FileId)>,
    Query(query): Query<ImageQuery>,
    download: Download,
) -> Answer<HttpResponse> {
    let file = queries::fetch(&mut *service.connection().await?, &asker, ids, query.width).await?;
    download.answer(&service, &file, Shown::Inline).await
}
