//! Files on their way in: `multipart/form-data` with one part, written to disk as it comes, refused as soon as something
//! is wrong with it.

use std::{
    future::{Future, Ready, ready},
    io,
    path::Path,
    time::Duration,
};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, Charset},
};
use futures::StreamExt;
use openapi::{
    attachments::{FILE_PART, FileType, validate_name},
    problem::ProblemCode,
    text,
};
use tokio::time;

use super::{ApiError, problem::ROOM_AFTER};
use crate::ports::files::{Incoming, Spool, is_full};

/// How long the next piece may take to arrive. Who says nothing holds a place for nothing.
const SILENT_AT_MOST: Duration = Duration::from_secs(30);

/// How long a whole upload may take: 10 MiB over a connection of 150 kbit/s.
const ARRIVES_WITHIN: Duration = Duration::from_secs(600);

/// What an upload may have beside the file: boundaries and headers.
const FRAME: u64 = 16 * 1024;

/// An upload that nothing has been read of yet.
pub struct Upload {
    parts: Multipart,
    length: Option<u64>,
}

/// A file that arrived whole, and is of the kind its name says as far as its name can tell.
#[derive(Debug)]
pub struct Received {
    /// Its name.
    pub name: String,
    /// What its name says it is.
    pub file_type: FileType,
    /// Its content.
    pub content: Incoming,
}

impl FromRequest for Upload {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("multipart/form-data") {
            let detail = "Send `multipart/form-data` with the file as its part `file`.";
            return ready(Err(ApiError::new(ProblemCode::UnsupportedMediaType, detail)));
        }
        let length = text(header::CONTENT_LENGTH).parse().ok();
        ready(Ok(Self { parts: Multipart::new(request.headers(), payload.take()), length }))
    }
}

impl Upload {
    /// Receives the file into a folder. It may have at most `limit` bytes and be one of the kinds `taken`.
    ///
    /// # Errors
    /// What is wrong with it, as soon as that is known; nothing is left behind then.
    pub async fn receive(self, folder: &Path, limit: u64, taken: &[FileType]) -> Result<Received, ApiError> {
        // Nobody reads what cannot be taken anyway.
        if self.length.is_some_and(|length| length > limit + FRAME) {
            return Err(too_large(limit));
        }
        within(ARRIVES_WITHIN, receive(self.parts, folder, limit, taken)).await?
    }
}

async fn receive(mut parts: Multipart, folder: &Path, limit: u64, taken: &[FileType]) -> Result<Received, ApiError> {
    let missing = || ApiError::malformed(pointer(FILE_PART), "part.missing", "send the file as the part `file`");
    let mut part = next_part(&mut parts).await?.ok_or_else(missing)?;
    if part.name() != Some(FILE_PART) {
        return Err(unknown(&part));
    }
    let name = text::name(&file_name(&part).ok_or_else(missing)?);
    validate_name(&name).map_err(ApiError::invalid)?;
    let file_type = FileType::of_name(&name).filter(|kind| taken.contains(kind)).ok_or_else(|| not_taken(taken))?;
    let content = content(&mut part, folder, limit).await?;
    drop(part);
    match next_part(&mut parts).await? {
        None => Ok(Received { name, file_type, content }),
        Some(another) => Err(unknown(&another)),
    }
}

async fn content(part: &mut Field, folder: &Path, limit: u64) -> Result<Incoming, ApiError> {
    let mut spool = Spool::begin(folder).await.map_err(no_room)?;
    while let Some(piece) = within(SILENT_AT_MOST, part.next()).await? {
        let piece = piece.map_err(broken)?;
        if spool.size() + piece.len() as u64 > limit {
            return Err(too_large(limit));
        }
        spool.write(&piece).await.map_err(no_room)?;
    }
    if spool.size() == 0 {
        return Err(ApiError::new(ProblemCode::AttachmentEmpty, "There is nothing in it."));
    }
    spool.finish().await.map_err(no_room)
}

async fn next_part(parts: &mut Multipart) -> Result<Option<Field>, ApiError> {
    within(SILENT_AT_MOST, parts.next()).await?.transpose().map_err(broken)
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, ApiError> {
    let late = |_| ApiError::new(ProblemCode::Timeout, "The file did not arrive in time.");
    time::timeout(limit, work).await.map_err(late)
}

/// The name as whoever sends it wrote it. Browsers escape what would end the header.
fn file_name(part: &Field) -> Option<String> {
    let disposition = part.content_disposition()?;
    if let Some(extended) = disposition.get_filename_ext().filter(|name| name.charset == Charset::Ext("UTF-8".into())) {
        return String::from_utf8(extended.value.clone()).ok();
    }
    let name = disposition.get_filename()?;
    Some(name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

fn pointer(part: &str) -> String {
    format!("/{}", part.chars().take(100).collect::<String>())
}

fn unknown(part: &Field) -> ApiError {
    let name = part.name().unwrap_or_default();
    ApiError::malformed(pointer(name), "part.unknown", "one file a request, as the part `file`, and nothing else")
}

fn not_taken(taken: &[FileType]) -> ApiError {
    let endings: Vec<_> = taken.iter().flat_map(|kind| kind.extensions()).copied().collect();
    let detail = format!("Its name has to end in one of these: {}.", endings.join(", "));
    ApiError::new(ProblemCode::AttachmentType, detail)
}

fn too_large(limit: u64) -> ApiError {
    let detail = format!("A file may have at most {} MiB.", limit / (1024 * 1024));
    ApiError::new(ProblemCode::AttachmentTooLarge, detail)
}

fn no_room(error: io::Error) -> ApiError {
    let full = is_full(&error);
    let refusal = ApiError::unavailable(error);
    if full { refusal.retry_after(ROOM_AFTER) } else { refusal }
}

fn broken(error: MultipartError) -> ApiError {
    match error {
        MultipartError::BoundaryMissing | MultipartError::ContentTypeParse => {
            ApiError::malformed("Content-Type", "header.malformed", "names no boundary")
        }
        MultipartError::Incomplete | MultipartError::Payload(_) => {
            ApiError::new(ProblemCode::AttachmentCutOff, "It ended before its end. Send it again.")
        }
        other => ApiError::malformed(pointer(FILE_PART), "part.malformed", other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use actix_web::{error::PayloadError, http::header::HeaderMap, web::Bytes};
    use futures::stream;
    use proptest::prelude::*;
    use tokio::runtime;

    use super::*;
    use crate::foreign::spoiled;

    const LIMIT: u64 = 200;

    fn form(part: &str, content: &str) -> String {
        format!(
            "--graense\r\nContent-Disposition: form-data; {part}\r\nContent-Type: application/pdf\r\n\r\n{content}\r\n"
        )
    }

    fn bodies() -> Vec<Vec<u8>> {
        let file = form("name=\"file\"; filename=\"h\u{f8}ring.pdf\"", "%PDF-1.7 indhold");
        let extended = form("name=file; filename=x.pdf; filename*=UTF-8''h%C3%B8ring.pdf", "%PDF");
        let large = form("name=\"file\"; filename=\"a.pdf\"", &"x".repeat(300));
        let other = form("name=\"andet\"", "tekst");
        [file.clone(), extended, large, format!("{file}{other}"), other, String::new()]
            .map(|parts| format!("{parts}--graense--\r\n").into_bytes())
            .into()
    }

    /// Receives a body in pieces of so many bytes.
    async fn receive_in_pieces(body: Vec<u8>, piece: usize, folder: &Path) -> Result<Received, ApiError> {
        let pieces: Vec<_> = body.chunks(piece).map(|it| Ok::<_, PayloadError>(Bytes::copy_from_slice(it))).collect();
        let mut headers = HeaderMap::new();
        let media_type = header::HeaderValue::from_bytes("multipart/form-data; boundary=\"graense\"".as_bytes());
        headers.insert(header::CONTENT_TYPE, media_type.unwrap());
        receive(Multipart::new(&headers, stream::iter(pieces)), folder, LIMIT, &[FileType::Pdf]).await
    }

    proptest! {
        /// Whatever the bytes and however they come: a file that was sent is taken whole, all else is refused as
        /// somebody's mistake and not as the service's, and nothing is left behind.
        #[test]
        fn fuzz_forms(body in spoiled(bodies()), piece in 1..80_usize) {
            let folder = tempfile::tempdir().unwrap();
            let runtime = runtime::Builder::new_current_thread().enable_time().build().unwrap();
            match runtime.block_on(receive_in_pieces(body.clone(), piece, folder.path())) {
                Ok(received) => {
                    let content = fs::read(received.content.path()).unwrap();
                    prop_assert!(!content.is_empty() && content.len() as u64 <= LIMIT);
                    prop_assert_eq!(content.len() as u64, received.content.size());
                    prop_assert!(body.windows(content.len()).any(|window| window == content));
                    prop_assert!(validate_name(&received.name).is_ok());
                }
                Err(refusal) => prop_assert!(refusal.code().status() < 500, "{refusal:?}"),
            }
            drop(runtime);
            prop_assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}
