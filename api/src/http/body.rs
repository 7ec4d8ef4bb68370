//! Request bodies: JSON of the right type and shape, or a refusal that names the field.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header,
    web::{Bytes, BytesMut},
};
use futures::StreamExt;
use openapi::{problem::ProblemCode, validation::Validate};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::ApiError;

/// Bytes a JSON body may have. The largest honest one is a hearing of fifty long sections.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// A JSON body that was understood and is valid as far as it alone can tell.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = is_json(request);
        let payload = payload.take();
        Box::pin(async move {
            if !media_type {
                let detail = "Send JSON, with `Content-Type: application/json`.";
                return Err(ApiError::new(ProblemCode::UnsupportedMediaType, detail));
            }
            let value = parse::<T>(&read(payload).await?)?.cleaned();
            value.validate().map_err(ApiError::invalid)?;
            Ok(Self(value))
        })
    }
}

fn is_json(request: &HttpRequest) -> bool {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    ["application/json", "application/merge-patch+json"].iter().any(|json| essence.eq_ignore_ascii_case(json))
}

/// How long a body may take to arrive. A form is sent in one go; who dribbles holds a place for nothing.
const ARRIVES_WITHIN: Duration = Duration::from_secs(20);

async fn read(payload: Payload) -> Result<Bytes, ApiError> {
    let late = |_| ApiError::new(ProblemCode::Timeout, "The body did not arrive in time.");
    tokio::time::timeout(ARRIVES_WITHIN, collect(payload)).await.map_err(late)?
}

async fn collect(mut payload: Payload) -> Result<Bytes, ApiError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| ApiError::malformed("", "body.cut_off", error.to_string()))?;
        if body.len() + chunk.len() > BODY_LIMIT {
            return Err(ApiError::new(ProblemCode::TooLarge, "The body may have at most 4 MiB."));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    // Serde would take a list for an object's members in their order.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(ApiError::malformed("", "json.wrong_type", "must be an object"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let detail = error.inner().to_string();
        let code = match (error.inner().classify(), field_of(&detail)) {
            (Category::Data, Some((code, _))) => code,
            (Category::Data, None) => "json.wrong_type",
            _ => "json.syntax",
        };
        ApiError::malformed(pointer(error.path(), &detail), code, detail)
    })?;
    deserializer.end().map_err(|error| ApiError::malformed("", "json.syntax", error.to_string()))?;
    Ok(value)
}

/// The JSON pointer of a path, down to the field that serde names only in its message.
pub(super) fn pointer(path: &serde_path_to_error::Path, detail: &str) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    let mut last = String::new();
    for segment in path {
        last = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } | Segment::Enum { variant: key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&last);
    }
    match field_of(detail) {
        Some((_, field)) if field != last => format!("{pointer}/{}", field.replace('~', "~0").replace('/', "~1")),
        _ => pointer,
    }
}

/// What is wrong with which field, where serde says it in words alone.
fn field_of(detail: &str) -> Option<(&'static str, &str)> {
    let kinds = [
        ("json.unknown_field", "unknown field `"),
        ("json.missing_field", "missing field `"),
        ("json.duplicate_field", "duplicate field `"),
    ];
    kinds.into_iter().find_map(|(code, prefix)| Some((code, detail.strip_prefix(prefix)?.split('`').next()?)))
}

#[cfg(test)]
mod tests {
    use openapi::hearings::HearingPatch;

    use super::*;

    fn refused(body: &str) -> String {
        let error = parse::<HearingPatch>(body.as_bytes()).unwrap_err();
        serde_json::to_value(error.first_error()).unwrap()["pointer"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_refusal_names_the_field() {
        assert_eq!(refused(r#"{"title": 3}"#), "/title");
        assert_eq!(refused(r#"{"colour": "red"}"#), "/colour");
        assert_eq!(refused(r#"{"audience": null}"#), "/audience");
        assert_eq!(refused(r#"{"sections": [{"title": "A"}]}"#), "/sections/0/body");
        assert_eq!(refused(r#"{"sections": [{"title": "A", "body": "", "id": "x"}]}"#), "/sections/0/id");
    }

    #[test]
    fn a_refusal_says_what_is_wrong_with_the_field() {
        let code = |body: &str| {
            let error = parse::<HearingPatch>(body.as_bytes()).unwrap_err();
            serde_json::to_value(error.first_error()).unwrap()["code"].as_str().unwrap().to_owned()
        };
        assert_eq!(code(r#"{"title": 3}"#), "json.wrong_type");
        assert_eq!(code(r#"{"colour": "red"}"#), "json.unknown_field");
        assert_eq!(code(r#"{"title": "A", "title": "B"}"#), "json.duplicate_field");
        assert_eq!(code(r#"{"sections": [{"title": "A"}]}"#), "json.missing_field");
        assert_eq!(code(r#"{"title": "#), "json.syntax");
    }

    #[test]
    fn rubbish_behind_the_body_is_refused() {
        assert_eq!(refused("{} {}"), "");
        assert_eq!(refused("[]"), "");
        assert_eq!(refused(""), "");
    }
}
