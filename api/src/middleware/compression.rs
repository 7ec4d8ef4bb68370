//! Answers get smaller on their way out: here and now and as a whole, so that [`kept`](super::kept) can keep them.
//! Files of the page were packed when they were built, and what is written piece by piece goes as it is.

use std::cell::RefCell;

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, AcceptEncoding, Encoding, Header, HeaderMap, HeaderValue},
    middleware::Next,
};
use flate2::{Compress, Compression, FlushCompress, Status};

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
            Some(smaller) => {
                head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                BoxBody::new(smaller)
            }
            None => BoxBody::new(body),
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

thread_local! {
    // To set up its tables takes as long as to pack a usual answer.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::fast(), WINDOW));
}

/// How far back the packer looks for what comes again: 32 KiB, the most there is, as a power of two.
const WINDOW: u8 = 15;

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let mut packed = Vec::with_capacity(body.len() / 2 + 64);
        loop {
            let rest = body.get(usize::try_from(packer.total_in()).ok()?..)?;
            match packer.compress_vec(rest, &mut packed, FlushCompress::Finish).ok()? {
                Status::StreamEnd => return Some(packed),
                Status::Ok | Status::BufError => packed.reserve(packed.capacity()),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut body = Vec::new();
        GzDecoder::new(packed).read_to_end(&mut body).unwrap();
        body
    }

    proptest! {
        /// One after the other on one thread, whatever the one before was: also what cannot be made smaller.
        #[test]
        fn what_was_packed_can_be_unpacked(bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20_000), 1..4)) {
            for body in bodies {
                prop_assert_eq!(unpacked(&gzip(&body).unwrap()), body);
            }
        }
    }

    #[test]
    fn a_long_text_gets_much_smaller() {
        let text = "Høringssvar om skolestruktur. ".repeat(20_000);
        let packed = gzip(text.as_bytes()).unwrap();
        assert!(packed.len() * 20 < text.len(), "{}", packed.len());
        assert_eq!(unpacked(&packed), text.as_bytes());
    }
}
