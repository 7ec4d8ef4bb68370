//! Conclusions that are being written, over HTTP.

use actix_web::{get, put, web::Data};
use openapi::{
    hearings::{ConclusionDraft, ConclusionText, ConclusionVersion},
    ids::HearingId,
    page::{Page, PageQuery},
};

use super::{actions, queries};
use crate::{
    hearings::WriteConclusions,
    http::{Answer, Fresh, IfMatch, Json, Path, Query, Versioned},
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
/// The whole text, in place of what is there, which stays among the versions when another person wrote it, when the same
/// one has gone on with it for a quarter of an hour, and when most of its words go. Possible from the deadline to the conclusion; only an owner concludes.
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

/// List what a conclusion's draft said before
///
/// Newest first, for the hearing's owners and case workers, also when it is concluded. Not every save: what another
/// person wrote before it was replaced, what the same one had after each quarter of an hour of writing, and what was there
/// before most of its words went.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [])),
    params(PageQuery),
    responses((status = 200, description = "A page of versions", body = Page<ConclusionVersion>))
)]
#[get("/hearings/{hearing}/conclusion-draft/versions")]
pub(in crate::hearings) async fn list_conclusion_versions(
    asker: Require<WriteConclusions>,
    service: Data<Service>,
    Path(hearing): Path<HearingId>,
    Query(query): Query<PageQuery>,
) -> Answer<Fresh<Page<ConclusionVersion>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::versions(&mut conn, &asker, hearing, &query).await?))
}
