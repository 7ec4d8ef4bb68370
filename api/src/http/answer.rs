//! Answers: JSON with an `ETag`, so that asking again for what has not changed costs nothing.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, Responder,
    body::BoxBody,
    http::{StatusCode, header},
};
use openapi::{
    attachments::{Attachment, Document},
    drafts::Draft,
    hearings::{ConclusionDraft, Hearing, RoleAssignment},
    jobs::Job,
    responses::Receipt,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::ApiError;

/// What a handler gives.
pub type Answer<T> = Result<T, ApiError>;

/// Something with a version, answered with 200 and the `ETag` that `If-Match` wants back.
#[derive(Debug)]
pub struct Versioned<T>(pub T);

/// Something without a version, answered with 200 and an `ETag` for `If-None-Match`.
#[derive(Debug)]
pub struct Fresh<T>(pub T);

/// Something that was made, answered with 201 and where it is.
#[derive(Debug)]
pub struct Created<T> {
    /// Its address below [`openapi::BASE_PATH`].
    pub location: String,
    /// The thing.
    pub item: T,
}

/// Something that is made once and found again: answered with 201 and where it is, or with 200.
#[derive(Debug)]
pub struct Begun<T> {
    /// Its address below [`openapi::BASE_PATH`].
    pub location: String,
    /// The thing.
    pub item: T,
    /// Whether it was made now.
    pub new: bool,
}

impl<T: Serialize + HasVersion> Responder for Begun<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self { location, item, new } = self;
        if new { Created { location, item }.respond_to(request) } else { Versioned(item).respond_to(request) }
    }
}

/// Done, and nothing to say: 204.
#[derive(Debug)]
pub struct Empty;

/// Something that may count its changes.
pub trait HasVersion {
    /// The version, where there is one.
    fn version(&self) -> Option<i64> {
        None
    }
}

impl HasVersion for Attachment {}

// A role is part of its hearing.
impl HasVersion for RoleAssignment {
    fn version(&self) -> Option<i64> {
        Some(self.hearing_version)
    }
}

macro_rules! has_version {
    ($($kind:ty),+) => { $(
        impl HasVersion for $kind {
            fn version(&self) -> Option<i64> {
                Some(self.version)
            }
        }
    )+ };
}

has_version!(Hearing, ConclusionDraft, Document, Draft, Job, Receipt);

impl<T: Serialize + HasVersion> Responder for Versioned<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        respond(request, StatusCode::OK, self.0.version(), &self.0, None)
    }
}

impl<T: Serialize> Responder for Fresh<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        respond(request, StatusCode::OK, None, &self.0, None)
    }
}

impl<T: Serialize + HasVersion> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let location = format!("{}{}", openapi::BASE_PATH, self.location);
        respond(request, StatusCode::CREATED, self.item.version(), &self.item, Some(location))
    }
}

impl Responder for Empty {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

fn respond(
    request: &HttpRequest,
    status: StatusCode,
    version: Option<i64>,
    item: &impl Serialize,
    location: Option<String>,
) -> HttpResponse {
    let body = match serde_json::to_vec(item) {
        Ok(body) => body,
        Err(error) => return HttpResponse::from_error(ApiError::internal(error)),
    };
    let tag = entity_tag(version, &body);
    let mut response = HttpResponse::build(status);
    say_how_to_keep(&mut response, &tag);
    if let Some(location) = location {
        response.insert_header((header::LOCATION, location));
    }
    if status == StatusCode::OK && is_known(request, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type("application/json").body(body)
}

/// Nothing is served from an age: a withdrawal shows on the next read. What somebody logged in gets is kept by nobody
/// (`headers.rs`). `Vary`, because the same address answers different people differently.
pub(crate) fn say_how_to_keep(response: &mut HttpResponseBuilder, tag: &str) {
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Cookie"));
}

fn entity_tag(version: Option<i64>, body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    let short = hex::encode(hash.get(..8).unwrap_or_default());
    match version {
        Some(version) => format!("\"v{version}-{short}\""),
        None => format!("\"{short}\""),
    }
}

/// Whether the caller has the representation with this tag.
pub(crate) fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    // Compression makes proxies weaken tags; for reading, a weak match is a match.
    request.method().is_safe()
        && known.is_some_and(|known| {
            known.split(',').any(|candidate| {
                let candidate = candidate.trim();
                candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == tag
            })
        })
}
