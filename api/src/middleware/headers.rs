//! Headers of every answer: what browsers may do with it, and the request's id.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ResponseHead, ServiceRequest, ServiceResponse},
    http::{
        ConnectionType,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use openapi::BASE_PATH;
use tracing_actix_web::RequestId;
use uuid::Uuid;

use crate::{http::cookies::Cookies, service::Service};

/// Scripts and styles from here alone, none in the page; WebAssembly, because the page is made of it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Middleware: adds the headers.
///
/// # Errors
/// Those of what lies inside.
pub async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let service = request.app_data::<Data<Service>>().cloned();
    let request_id = request.extensions().get::<RequestId>().copied();
    let personal = is_personal(&request, service.as_ref().map(Data::get_ref));
    let mut response = next.call(request).await?;
    if personal {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let (Some(service), Some(id)) = (service, request_id) {
        of_every_one(response.headers_mut(), &service);
        of_one(response.response_mut().head_mut(), *id, &service);
    }
    Ok(response)
}

/// Whether what is given belongs to somebody who is logged in: nothing of it is kept, neither on the way nor by a browser
/// that the next person uses. What asks with `If-None-Match` is told all the same whether anything is new.
fn is_personal(request: &ServiceRequest, service: Option<&Service>) -> bool {
    let has_session = |service: &Service| Cookies::of(service).session(request.request()).is_some();
    // As routing reads it, however it is spelled.
    request.match_info().get_ref().path().starts_with(BASE_PATH) && service.is_some_and(has_session)
}

/// The headers that are the same in every answer.
pub(super) fn of_every_one(headers: &mut HeaderMap, service: &Service) {
    // What is sent as it is needs no word on its coding; it only kept the compression away.
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "identity") {
        headers.remove(header::CONTENT_ENCODING);
    }
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if service.tls() {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
}

/// Those of this one.
pub(super) fn of_one(head: &mut ResponseHead, id: Uuid, service: &Service) {
    if service.is_leaving() {
        // This connection ends with the server: whoever asks again shall not ask on it.
        head.set_connection_type(ConnectionType::Close);
    }
    let mut written = Uuid::encode_buffer();
    let written: &str = id.hyphenated().encode_lower(&mut written);
    if let Ok(value) = HeaderValue::from_str(written) {
        head.headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}
