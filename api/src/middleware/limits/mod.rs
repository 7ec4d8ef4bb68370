//! How much one person or one place may ask for in a minute.
//!
//! A person first: all who are logged in have limits of their own on changes and on uploads, the same on however many
//! servers. Their address has a limit too, wide enough for a town hall of 2,000 behind it. What they read is not limited,
//! but for documents that are made for them.
//! Visitors have no account, and so what they read is counted by address alone, on each server by itself. Who
//! pretends to have a session costs a look-up first. Logins have limits of their own (`login/throttle/`).

mod visitors;

use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};
use openapi::BASE_PATH;

pub use self::visitors::Visitors;
use crate::{
    http::{ApiError, origin},
    identity::Caller,
    rates::{self, Kind, minute, refusal},
    service::Service,
};

/// Middleware: counts the request, and refuses it when there were too many in this minute. A refusal costs neither a
/// look at what is asked for nor an entry anywhere.
///
/// # Errors
/// Those of what lies inside.
pub async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match count(request.request()).await {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(error) => Ok(request.error_response(error).map_into_right_body()),
    }
}

async fn count(request: &HttpRequest) -> Result<(), ApiError> {
    let Some(service) = request.app_data::<Data<Service>>() else { return Ok(()) };
    let caller = Caller::extract(request).await?;
    let now = service.now();
    let within = match &caller.actor {
        Some(actor) if is_limited_change(request) => {
            let mut conn = service.connection().await?;
            rates::count(&mut conn, service.limits(), kind(request), actor, minute(now)).await?
        }
        Some(_) => true,
        None if is_free(request) => true,
        None => count_visit(request, service),
    };
    if within { Ok(()) } else { Err(refusal(now)) }
}

/// That a visitor's request was counted, and whether it was within the limits.
#[derive(Clone, Copy)]
struct Counted(bool);

/// Counts a request as a visitor's, once; tells whether it is within the limits.
pub(super) fn count_visit(request: &HttpRequest, service: &Service) -> bool {
    if let Some(Counted(within)) = request.extensions().get::<Counted>() {
        return *within;
    }
    let place = origin::place(request, service.trusted_proxies());
    let visits = request.app_data::<Data<Visitors>>().map(|visitors| visitors.count(minute(service.now()), place));
    let within = visits.is_none_or(|visits| visits <= service.limits().visits_per_address);
    request.extensions_mut().insert(Counted(within));
    within
}

/// Everything that may change something. But for logging out: no person shall have to stay logged in.
fn is_limited_change(request: &HttpRequest) -> bool {
    !request.method().is_safe() && !matches!(request.path().strip_prefix(BASE_PATH), Some("/session" | "/sessions"))
}

/// The page's files, and what tells whether the service is well: what watches it must not take it for ill.
fn is_free(request: &HttpRequest) -> bool {
    let path = request.path();
    path.starts_with("/assets/") || path.strip_prefix(BASE_PATH).is_some_and(|path| path.starts_with("/health/"))
}

/// Files come as forms of several parts, and nothing else does.
fn kind(request: &HttpRequest) -> Kind {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.unwrap_or_default().trim_start().get(..10).unwrap_or_default();
    if essence.eq_ignore_ascii_case("multipart/") { Kind::Upload } else { Kind::Change }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn an_upload_is_known_by_its_form() {
        let kind = |media_type: &str| {
            kind(&TestRequest::default().insert_header((header::CONTENT_TYPE, media_type)).to_http_request())
        };
        assert_eq!(kind("multipart/form-data; boundary=x"), Kind::Upload);
        assert_eq!(kind("Multipart/Mixed"), Kind::Upload);
        assert_eq!(kind("application/json"), Kind::Change);
        assert_eq!(kind("æ"), Kind::Change);
    }
}
