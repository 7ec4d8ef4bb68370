//! Conclusions that are being written, over HTTP.

use actix_web::{get, put, web::Data};
use openapi::{
    hearings::{ConclusionDraft, ConclusionText},
    ids::HearingId,
};

use super::{actions, queries};
use crate::{
    hearings::WriteConclusions,
    http::{Answer, IfMatch, Json, Path, Versioned},
    identity::Require,
    service::Service,
};

/// Read a conclusion that is being written
///
/// For the hearing's owners and case workers, who write it together. As long as nothing is written it is empty, at
/// version 1; so it is again when the hearing is concluded.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [])),
    responses((status = 200, description = "The draft", body = ConclusionDraft))
)]
#[get("/hearings/{hearing}/conclusion-draft")]
pub(in crate::hearings) async fn get_conclusion_draft(
    asker: Require<WriteConclusions>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
) -> Answer<Versioned<ConclusionDraft>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(queries::draft(&mut conn, &asker, hearing).await?))
}

/// Save a conclusion that is being written
///
/// The whole text, in place of what is there. Possible from the deadline to the conclusion; only an owner concludes.
/// The first save names version 1.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    request_body = ConclusionText,
    responses(
        (status = 200, description = "The draft as it is now", body = ConclusionDraft),
        (status = 409, description = "`hearing.wrong_status`: the deadline has not passed, or it is concluded already"),
    )
)]
#[put("/hearings/{hearing}/conclusion-draft")]
pub(in crate::hearings) async fn replace_conclusion_draft(
    asker: Require<WriteConclusions>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    IfMatch(version): IfMatch,
    Json(text): Json<ConclusionText>,
) -> Answer<Versioned<ConclusionDraft>> {
    let mut conn = service.connection().await?;
    Ok(Versioned(actions::replace(&mut conn, &asker, hearing, version, text).await?))
}
