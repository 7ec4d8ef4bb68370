//! Against requests that another site makes with the reader's cookies: what changes anything needs a header whose value
//! only a page of this service can know.

use actix_web::{
    Error, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use openapi::{CSRF_HEADER, problem::ProblemCode};
use sha2::{Digest, Sha256};

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
    if !request.method().is_safe() && !is_allowed(request.request()) {
        let refusal = refusal(request.request());
        let refused = request.error_response(refusal);
        return Ok(refused.map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Another site's request must use up nothing of what its victim may ask for, so this comes before changes are counted.
/// It counts as what a visitor reads, so that refusals cost no more than that.
fn refusal(request: &HttpRequest) -> ApiError {
    match request.app_data::<Data<Service>>() {
        Some(service) if !limits::count_visit(request, service) => rates::refusal(service.now()),
        _ => {
            let detail = "Send the header X-CSRF-Token with `csrfToken` of GET /api/v1/session.";
            ApiError::new(ProblemCode::CsrfRefused, detail)
        }
    }
}

fn is_allowed(request: &HttpRequest) -> bool {
    let Some(service) = request.app_data::<Data<Service>>() else { return false };
    let cookies = Cookies::of(service);
    let expected = cookies.session(request).or_else(|| cookies.visit(request)).map(|cookie| csrf_token(&cookie));
    let given = request.headers().get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    // Compared as hashes, so that the time it takes tells nothing about the token.
    matches!((expected, given), (Some(expected), Some(given)) if Sha256::digest(&expected) == Sha256::digest(given))
}
