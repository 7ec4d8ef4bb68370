//! Files on their way out: streamed, whole or in part, under the name they came with.

use std::{
    future::{Ready, ready},
    ops::Range,
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    dev::Payload,
    http::{
        StatusCode,
        header::{
            self, Charset, ContentDisposition, ContentEncoding, DispositionParam, DispositionType, ExtendedValue,
            HeaderMap,
        },
    },
};
use openapi::problem::ProblemCode;
use sha2::{Digest, Sha256};

use super::Served;
use crate::{
    attachments,
    http::{ApiError, is_known, say_how_to_keep},
    service::Service,
};

/// Whether a browser shows a file or saves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As a picture in a page.
    Inline,
    /// Saved: what users upload is never opened as a page of this service.
    Apart,
}

/// A request for a content, or a part of it, as its headers say.
#[derive(Debug)]
pub struct Download(HttpRequest);

impl FromRequest for Download {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.clone())))
    }
}

impl Download {
    /// Answers with what the caller gets of a file.
    ///
    /// # Errors
    /// `request.range_not_satisfiable`, `attachment.lost`, `service.unavailable` when the file store is away.
    pub async fn answer(self, service: &Service, file: &Served, shown: Shown) -> Result<HttpResponse, ApiError> {
        let tag = format!("\"{}\"", hex::encode(file.sha256().get(..16).unwrap_or_default()));
        if is_known(&self.0, &tag) {
            return Ok(Self::begin(StatusCode::NOT_MODIFIED, &tag).finish());
        }
        let Some(range) = range(self.0.headers(), &tag, file.bytes()) else {
            return Ok(not_satisfiable(file.bytes()));
        };
        let content = attachments::content(service, file, range.clone()).await?;
        let partial = range != (0..file.bytes());
        let mut response = Self::begin(if partial { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK }, &tag);
        if partial {
            let place = format!("bytes {}-{}/{}", range.start, range.end - 1, file.bytes());
            response.insert_header((header::CONTENT_RANGE, place));
        }
        response
            .insert_header((header::ACCEPT_RANGES, "bytes"))
            .insert_header((header::CONTENT_TYPE, file.file_type().media_type()))
            .insert_header(disposition(file.name(), shown))
            // Not compressed: a part of it would be of something else.
            .insert_header(ContentEncoding::Identity);
        Ok(response.body(SizedStream::new(range.end - range.start, content)))
    }

    /// Answers with a document that was made for the caller.
    #[must_use]
    pub fn answer_with(self, document: Vec<u8>, media_type: &'static str, name: &str) -> HttpResponse {
        let digest = Sha256::digest(&document);
        let tag = format!("\"{}\"", hex::encode(digest.get(..16).unwrap_or_default()));
        if is_known(&self.0, &tag) {
            return Self::begin(StatusCode::NOT_MODIFIED, &tag).finish();
        }
        let mut response = Self::begin(StatusCode::OK, &tag);
        response
            .insert_header((header::CONTENT_TYPE, media_type))
            .insert_header(disposition(name, Shown::Apart))
            // A PDF is compressed already.
            .insert_header(ContentEncoding::Identity);
        response.body(document)
    }

    fn begin(status: StatusCode, tag: &str) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        say_how_to_keep(&mut response, tag);
        response
    }
}

/// The part that is wished for, all of it when none is; nothing when it lies behind the end. Several parts at once
/// nobody has to give.
fn range(headers: &HeaderMap, tag: &str, size: u64) -> Option<Range<u64>> {
    let whole = Some(0..size);
    // Somebody who has a part of another file wants this one whole.
    if headers.get(header::IF_RANGE).is_some_and(|known| known.as_bytes() != tag.as_bytes()) {
        return whole;
    }
    let wished = headers.get(header::RANGE).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let Some(header::Range::Bytes(parts)) = wished else { return whole };
    let [part] = parts.as_slice() else { return whole };
    part.to_satisfiable_range(size).map(|(first, last)| first..last + 1)
}

fn not_satisfiable(size: u64) -> HttpResponse {
    let detail = format!("It has {size} bytes.");
    let mut response = HttpResponse::from_error(ApiError::new(ProblemCode::RangeNotSatisfiable, detail));
    if let Ok(place) = header::HeaderValue::from_str(&format!("bytes */{size}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, place);
    }
    response
}

/// The name twice: in full for those who read it so, and with `_` for what older ones stumble over.
#[must_use]
pub fn disposition(name: &str, shown: Shown) -> ContentDisposition {
    let is_plain = |character: char| character.is_ascii_graphic() && !matches!(character, '"' | '\\' | '%');
    let plain = name.chars().map(|character| if is_plain(character) { character } else { '_' }).collect();
    let value = name.as_bytes().to_vec();
    let full = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value };
    ContentDisposition {
        disposition: if shown == Shown::Inline { DispositionType::Inline } else { DispositionType::Attachment },
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(full)],
    }
}
