//! Hearings over HTTP.

use actix_web::{delete, get, patch, post, web::Data};
use openapi::{
    hearings::{
        ConcludeHearing, FacetQuery, Hearing, HearingDraft, HearingFacets, HearingPatch, HearingQuery, HearingSummary,
        PublishHearing,
    },
    ids::HearingId,
    page::Page,
};

use super::{
    detail::{self, Detail},
    facets, list,
};
use crate::{
    hearings::{EditHearings, ReadHearings, actions},
    http::{Answer, Created, Empty, ForAnybody, Fresh, Idempotency, IfMatch, Json, Path, Query, Versioned},
    identity::{CreateHearings, Require},
    service::Service,
};

/// List hearings
///
/// All that the caller may see, closing soonest first, and with `q` the best first, unless `sort` says otherwise. An
/// anonymous visitor sees public hearings that have begun, and those to come where the installation shows them.
#[utoipa::path(
    tag = "Hearings",
    security((), ("session" = [])),
    params(HearingQuery),
    responses((status = 200, description = "A page of hearings", body = Page<HearingSummary>))
)]
#[get("/hearings")]
pub(super) async fn list_hearings(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Query(query): Query<HearingQuery>,
) -> Answer<ForAnybody<Fresh<Page<HearingSummary>>>> {
    let mut conn = service.connection().await?;
    Ok(ForAnybody(Fresh(list::page(&mut conn, &asker, &query).await?)))
}

/// Count hearings by filter
///
/// How many hearings each value of a filter would leave, beside the other filters. Counted among the thousand that were
/// changed last; `orMore` says when those were not all.
#[utoipa::path(
    tag = "Hearings",
    security((), ("session" = [])),
    params(FacetQuery),
    responses((status = 200, description = "The counts", body = HearingFacets))
)]
#[get("/hearings/facets")]
pub(super) async fn get_hearing_facets(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Query(query): Query<FacetQuery>,
) -> Answer<ForAnybody<Fresh<HearingFacets>>> {
    let mut conn = service.connection().await?;
    Ok(ForAnybody(Fresh(facets::count(&mut conn, &asker, &query).await?)))
}

/// Begin a hearing
///
/// A draft that only its staff and administrators see. The caller becomes its responsible owner and the person to ask.
/// A hearing is not a *partshøring* under forvaltningsloven § 19, which needs its own procedure.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [], "csrf" = [])),
    request_body = HearingDraft,
    params(Idempotency),
    responses((status = 201, description = "The draft", body = Hearing))
)]
#[post("/hearings")]
pub(super) async fn create_hearing(
    asker: Require<CreateHearings>,
    service: Data<Service>,
    key: Idempotency,
    Json(draft): Json<HearingDraft>,
) -> Answer<Created<Hearing>> {
    let mut conn = service.connection().await?;
    let repeatable = key.of(asker.account, "create_hearing", &draft);
    let hearing = actions::create(&mut conn, &asker, draft, repeatable, Detail).await?;
    Ok(Created { location: format!("/hearings/{}", hearing.id), item: hearing })
}

/// Read a hearing
///
/// With its text, what the caller may do with it now and, for its owners, what is missing for publication.
#[utoipa::path(
    tag = "Hearings",
    security((), ("session" = [])),
    responses((status = 200, description = "The hearing", body = Hearing))
)]
#[get("/hearings/{hearing}")]
pub(super) async fn get_hearing(
    asker: Require<ReadHearings>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
) -> Answer<ForAnybody<Versioned<Hearing>>> {
    let mut conn = service.connection().await?;
    Ok(ForAnybody(Versioned(detail::hearing(&mut conn, &asker, id).await?)))
}

/// Change a hearing
///
/// JSON Merge Patch: what is absent stays; `null` clears what may be empty, and is refused elsewhere. A draft may be incomplete; a scheduled hearing must stay ready
/// to open. `sections` is the whole text in its new order.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    request_body = HearingPatch,
    responses(
        (status = 200, description = "The hearing as it is now", body = Hearing),
        (status = 409, description = "`hearing.wrong_status`: it has started"),
    )
)]
#[patch("/hearings/{hearing}")]
pub(super) async fn update_hearing(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
    IfMatch(version): IfMatch,
    Json(patch): Json<HearingPatch>,
) -> Answer<Versioned<Hearing>> {
    let mut conn = service.connection().await?;
    let hearing = actions::update(&mut conn, &asker, id, version, patch, Detail).await?;
    Ok(Versioned(hearing))
}

/// Delete a draft
///
/// Only a hearing that was never published can be deleted.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    responses(
        (status = 204, description = "Deleted"),
        (status = 409, description = "`hearing.wrong_status`: it is published"),
    )
)]
#[delete("/hearings/{hearing}")]
pub(super) async fn delete_hearing(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
    IfMatch(version): IfMatch,
) -> Answer<Empty> {
    let mut conn = service.connection().await?;
    actions::delete(&mut conn, &asker, id, version).await?;
    Ok(Empty)
}

/// Publish a hearing
///
/// Now, or at midnight of its start date, which is at once when that day has come. Everything that is missing is listed at once.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    request_body = PublishHearing,
    responses(
        (status = 200, description = "The published hearing", body = Hearing),
        (status = 409, description = "`hearing.wrong_status`: it is published already"),
        (status = 422, description = "`hearing.incomplete`, with all that is missing in `errors`"),
    )
)]
#[post("/hearings/{hearing}/publish")]
pub(super) async fn publish_hearing(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
    IfMatch(version): IfMatch,
    Json(request): Json<PublishHearing>,
) -> Answer<Versioned<Hearing>> {
    let mut conn = service.connection().await?;
    let hearing = actions::publish(&mut conn, &asker, id, version, request, Detail).await?;
    Ok(Versioned(hearing))
}

/// Conclude a hearing
///
/// Says what came of it, to everybody who may see the hearing. Possible when the deadline has passed. The draft of the
/// conclusion goes with it; `draftVersion` says that its newest version was read.
#[utoipa::path(
    tag = "Hearings",
    security(("session" = [], "csrf" = [])),
    params(IfMatch),
    request_body = ConcludeHearing,
    responses(
        (status = 200, description = "The concluded hearing", body = Hearing),
        (status = 409, description = "`hearing.wrong_status`: the deadline has not passed, or it is concluded already"),
    )
)]
#[post("/hearings/{hearing}/conclude")]
pub(super) async fn conclude_hearing(
    asker: Require<EditHearings>,
    service: Data<Service>,
    Path(id): Path<HearingId>,
    IfMatch(version): IfMatch,
    Json(request): Json<ConcludeHearing>,
) -> Answer<Versioned<Hearing>> {
    let mut conn = service.connection().await?;
    let hearing = actions::conclude(&mut conn, &asker, id, version, request, Detail).await?;
    Ok(Versioned(hearing))
}
