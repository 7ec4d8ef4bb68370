//! Against requests that another site makes with the reader's cookies: what changes anything needs a header whose value
//! only a page of this service can know, and must not come from another site by what the browser says of it.

use actix_web::{
    Error, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderValue},
    middleware::Next,
    web::Data,
};
use openapi::{CSRF_HEADER, problem::ProblemCode, validation::FieldError};
use sha2::{Digest, Sha256};
use url::Url;

use super::limits;
use crate::{
    http::{
        ApiError,
        cookies::{Cookies, csrf_token},
    },
    rates,
    service::Service,
};

/// Middleware: refuses what changes something without the right header.
///
/// # Errors
/// Those of what lies inside.
pub async fn protect(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // Whatever the address: how it is written must not decide whether it is protected.
    if !request.method().is_safe()
        && let Some(refusal) = refusal(request.request())
    {
        let refused = request.error_response(refusal);
        return Ok(refused.map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Why a change is refused, if it is. Another site's request must use up nothing of what its victim may ask for, so this
/// comes before changes are counted. It counts as what a visitor reads, so that refusals cost no more than that.
fn refusal(request: &HttpRequest) -> Option<ApiError> {
    let service = request.app_data::<Data<Service>>();
    let refusal = match service.and_then(|service| foreign_by(request.headers(), service.public_url())) {
        Some(by) => foreign(by),
        None if is_allowed(request) => return None,
        None => {
            let detail = "Send the header X-CSRF-Token with `csrfToken` of GET /api/v1/session.";
            ApiError::new(ProblemCode::CsrfRefused, detail)
        }
    };
    match service {
        Some(service) if !limits::count_visit(request, service) => Some(rates::refusal(service.now())),
        _ => Some(refusal),
    }
}

fn foreign(by: &'static str) -> ApiError {
    let error = FieldError {
        pointer: by.to_owned(),
        code: "header.foreign".to_owned(),
        detail: "names another site than this service".to_owned(),
    };
    let detail = "Only this service's own pages, and programs that are no pages, may change anything.";
    ApiError::new(ProblemCode::CsrfRefused, detail).with_errors(vec![error])
}

/// What browsers say of where a request comes from. Pages cannot set it.
const FETCH_SITE: &str = "Sec-Fetch-Site";

/// The header by which another site's page is known that makes a request. Programs that are no browsers send neither.
fn foreign_by(headers: &HeaderMap, public_url: &Url) -> Option<&'static str> {
    let foreign_origin = || {
        let mut origins = headers.get_all(header::ORIGIN);
        origins.any(|origin| !is_own(origin, headers.get(header::HOST), public_url)).then_some("Origin")
    };
    match headers.get(FETCH_SITE).map(HeaderValue::as_bytes) {
        // The browser has compared them, whatever a proxy has made of the address meanwhile.
        Some(b"same-origin") => None,
        // Not by a page, or not said.
        Some(b"none") | None => foreign_origin(),
        // Another name of the same domain is another site's, unless it is this very one.
        Some(b"same-site") if headers.contains_key(header::ORIGIN) => foreign_origin(),
        Some(_) => Some(FETCH_SITE),
    }
}

/// Whether an origin is the address that people use, or the one that the request was sent to: the service may have other
/// names, and a proxy may hand on which one was used. `null`, which stands for a page of no site, is neither.
fn is_own(origin: &HeaderValue, host: Option<&HeaderValue>, public_url: &Url) -> bool {
    let Some(origin) = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok()) else { return false };
    let asked = host.and_then(|host| host.to_str().ok()).map(|host| format!("{}://{host}", public_url.scheme()));
    let asked = asked.and_then(|asked| Url::parse(&asked).ok());
    [Some(public_url), asked.as_ref()].into_iter().flatten().any(|own| own.origin() == origin.origin())
}

fn is_allowed(request: &HttpRequest) -> bool {
    let Some(service) = request.app_data::<Data<Service>>() else { return false };
    let cookies = Cookies::of(service);
    let expected = cookies.session(request).or_else(|| cookies.visit(request)).map(|cookie| csrf_token(&cookie));
    let given = request.headers().get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    // Compared as hashes, so that the time it takes tells nothing about the token.
    matches!((expected, given), (Some(expected), Some(given)) if Sha256::digest(&expected) == Sha256::digest(given))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    /// The header by which a request with these is refused, at a service that people know by this address.
    fn refused_by(public_url: &str, headers: &[(&str, &str)]) -> Option<&'static str> {
        let request = headers.iter().fold(TestRequest::default(), |request, header| request.append_header(*header));
        foreign_by(request.to_http_request().headers(), &public_url.parse().unwrap())
    }

    #[test]
    fn a_page_is_the_services_own_by_its_address_or_by_the_one_it_was_asked_at() {
        let agora = "https://agora.kommune.dk";
        let at = |host, origin| refused_by(agora, &[("Host", host), ("Origin", origin)]);
        for (host, origin) in [
            ("agora.kommune.dk", agora),
            ("agora.kommune.dk:443", "https://AGORA.kommune.dk:443"),
            // The proxy tells its own name for the service, and not the one that was used.
            ("127.0.0.1:8080", agora),
            // The service has another name, and the proxy tells it.
            ("xn--hring-uua.kommune.dk", "https://xn--hring-uua.kommune.dk"),
            ("agora.intern:8443", "https://agora.intern:8443"),
        ] {
            assert_eq!(at(host, origin), None, "{host} {origin}");
        }
        for origin in [
            "http://evil.example",
            "https://agora.kommune.dk.evil.example",
            "https://kommune.dk",
            "https://andet.kommune.dk",
            "https://agora.kommune.dk:8443",
            "http://agora.kommune.dk",
            "null",
            "",
            "file://",
            "data:text/html,a",
        ] {
            for host in ["agora.kommune.dk", "127.0.0.1:8080", "andre.kommune.dk", ""] {
                assert_eq!(at(host, origin), Some("Origin"), "{host} {origin}");
            }
        }
        let demo = |origin| refused_by("http://127.0.0.1:8080", &[("Host", "localhost:8080"), ("Origin", origin)]);
        assert_eq!((demo("http://localhost:8080"), demo("http://127.0.0.1:8080")), (None, None));
        assert_eq!((demo("http://localhost:3000"), demo("http://localhost")), (Some("Origin"), Some("Origin")));
        let two = [("Origin", agora), ("Origin", "http://evil.example")];
        assert_eq!(refused_by(agora, &two), Some("Origin"));
        assert_eq!(refused_by(agora, &[]), None);
    }

    #[test]
    fn what_the_browser_says_of_the_site_counts() {
        let (agora, evil) = ("https://agora.kommune.dk", "https://evil.example");
        let says = |site, origin: &[&str]| {
            let origins = origin.iter().map(|origin| ("Origin", *origin));
            refused_by(agora, &origins.chain([(FETCH_SITE, site)]).collect::<Vec<_>>())
        };
        for (site, origin, by) in [
            ("same-origin", &[][..], None),
            ("same-origin", &[agora], None),
            ("same-origin", &["null"], None),
            ("none", &[], None),
            ("none", &[evil], Some("Origin")),
            ("same-site", &[agora], None),
            ("same-site", &["https://andet.kommune.dk"], Some("Origin")),
            ("same-site", &[], Some(FETCH_SITE)),
            ("cross-site", &[], Some(FETCH_SITE)),
            ("cross-site", &[agora], Some(FETCH_SITE)),
            ("cross-site", &[evil], Some(FETCH_SITE)),
            ("andet", &[agora], Some(FETCH_SITE)),
        ] {
            assert_eq!(says(site, origin), by, "{site} {origin:?}");
        }
    }
}
