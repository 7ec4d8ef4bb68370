//! Addresses of the API that are none, and known ones with the wrong method.

use std::iter;

use actix_web::{HttpRequest, HttpResponse, http::header};
use openapi::{BASE_PATH, client::operations::ALL, problem::ProblemCode};

use super::{Answer, ApiError};

/// Answers whatever no operation took below the API's path.
///
/// # Errors
/// Always: 405 for an address that exists with other methods, else 404.
pub async fn unknown(request: HttpRequest) -> Answer<HttpResponse> {
    let path = request.path().strip_prefix(BASE_PATH).unwrap_or_default();
    let known = ALL.iter().filter(|known| known.path == pattern(path)).map(|known| known.method.as_str());
    // Whatever answers `GET` answers `HEAD`.
    let methods: Vec<_> =
        known.flat_map(|method| iter::once(method).chain((method == "GET").then_some("HEAD"))).collect();
    if methods.is_empty() {
        return Err(ApiError::not_found());
    }
    let error = ApiError::new(ProblemCode::MethodNotAllowed, format!("This address takes {}.", methods.join(", ")));
    let mut response = HttpResponse::from_error(error);
    if let Ok(allow) = header::HeaderValue::from_str(&methods.join(", ")) {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    Ok(response)
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
