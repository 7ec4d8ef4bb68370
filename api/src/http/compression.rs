//! Answers get smaller on their way out: here and now and as a whole, so that [`kept`](super::kept) can keep them.
//! Files of the page were packed when they were built, and what is written piece by piece goes as it is.

use std::io::Write;

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, AcceptEncoding, Encoding, Header, HeaderMap, HeaderValue},
    middleware::Next,
};
use flate2::{Compression, write::GzEncoder};

/// Bytes from which on it is worth the while: what fits into one packet arrives no sooner for being smaller.
const WORTHWHILE: usize = 1_400;

/// Middleware: compresses text for those who can unpack it. Whoever takes neither gzip nor plain text is told so before
/// anything is done for him.
///
/// # Errors
/// Those of what lies inside.
pub async fn compress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(coding) = coding(&request) else {
        return Ok(request.into_response(HttpResponse::NotAcceptable().finish()));
    };
    let mut response = next.call(request).await?;
    if !is_plain_text(response.headers()) {
        return Ok(response.map_into_boxed_body());
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    Ok(response.map_body(|head, body| match body.try_into_bytes() {
        Ok(body) if coding == Encoding::gzip() && body.len() >= WORTHWHILE => match gzip(&body) {
            Ok(smaller) => {
                head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                BoxBody::new(smaller)
            }
            Err(_) => BoxBody::new(body),
        },
        Ok(body) => BoxBody::new(body),
        Err(body) => BoxBody::new(body),
    }))
}

/// The coding that the caller likes best of the two there are.
fn coding(request: &ServiceRequest) -> Option<Encoding> {
    // Who says nothing, or nothing that can be read, gets it plain.
    let Some(accepted) = AcceptEncoding::parse(request).ok().filter(|accepted| !accepted.is_empty()) else {
        return Some(Encoding::identity());
    };
    accepted.negotiate([Encoding::gzip(), Encoding::identity()].iter())
}

/// Whether it is text that nobody has packed yet.
fn is_plain_text(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_text = media_type.starts_with("text/") || ["json", "xml"].iter().any(|kind| media_type.contains(kind));
    is_text && !headers.contains_key(header::CONTENT_ENCODING)
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}
