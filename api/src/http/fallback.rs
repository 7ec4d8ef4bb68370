//! Addresses of the API that are none, known ones with the wrong method, and methods that nothing here has.

use std::iter;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
};
use openapi::{BASE_PATH, client::operations::ALL, problem::ProblemCode};

use super::ApiError;

/// The methods that something here has, or could.
const METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];

/// Middleware: refuses methods that nothing here has, before it is asked who calls and whether they may.
///
/// # Errors
/// Those of what lies inside.
pub async fn refuse_unknown_methods(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if METHODS.contains(request.method()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let refused = match request.path().strip_prefix(BASE_PATH) {
        Some(path) => refused(&methods(path)),
        None => only_read(),
    };
    Ok(request.into_response(refused).map_into_right_body())
}

/// Replies to whatever no operation took below the API's path: 405 at an address that exists with other methods, else
/// 404.
pub async fn unknown(request: HttpRequest) -> HttpResponse {
    refused(&methods(request.path().strip_prefix(BASE_PATH).unwrap_or_default()))
}

/// Replies that an address outside of the API can be read and no more.
#[must_use]
pub fn only_read() -> HttpResponse {
    refused(&["GET", "HEAD"])
}

fn refused(methods: &[&str]) -> HttpResponse {
    if methods.is_empty() {
        return HttpResponse::from_error(ApiError::not_found());
    }
    let methods = methods.join(", ");
    let error = ApiError::new(ProblemCode::MethodNotAllowed, format!("This address takes {methods}."));
    let mut response = HttpResponse::from_error(error);
    if let Ok(allow) = header::HeaderValue::from_str(&methods) {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

/// The methods that an address below the API's path takes.
fn methods(path: &str) -> Vec<&'static str> {
    let known = ALL.iter().filter(|known| known.path == pattern(path)).map(|known| known.method.as_str());
    // Whatever answers `GET` answers `HEAD`.
    known.flat_map(|method| iter::once(method).chain((method == "GET").then_some("HEAD"))).collect()
}

/// The address as the operations have it; one that is written out before one with placeholders.
fn pattern(path: &str) -> &'static str {
    let candidates = ALL.iter().map(|known| known.path).filter(|pattern| matches(pattern, path));
    candidates.min_by_key(|pattern| pattern.matches("{}").count()).unwrap_or_default()
}

fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    pattern
        .split('/')
        .all(|expected| parts.next().is_some_and(|part| expected == "{}" && !part.is_empty() || expected == part))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::{matches, pattern};

    #[test]
    fn an_address_that_is_written_out_comes_first() {
        assert_eq!(pattern("/hearings/facets"), "/hearings/facets");
        assert_eq!(pattern("/hearings/1"), "/hearings/{}");
        assert_eq!(pattern("/nothing"), "");
    }

    #[test]
    fn placeholders_stand_for_one_part() {
        assert!(matches("/hearings/{}/publish", "/hearings/1/publish"));
        assert!(!matches("/hearings/{}/publish", "/hearings/1/2/publish"));
        assert!(!matches("/hearings/{}", "/hearings/"));
        assert!(!matches("/hearings/{}", "/hearings/1/x"));
    }
}
