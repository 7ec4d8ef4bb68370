//! `If-Match`: which version the caller has read, and whether it is still the one there is.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use openapi::problem::ProblemCode;

use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required, Type,
        path::{Parameter, ParameterIn},
    },
};

use super::{ApiError, parameters};

/// The version that the caller has read and means to change.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub i64);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else {
            let detail = "Name the version you have read, as `If-Match: \"v3\"`.";
            return ready(Err(ApiError::new(ProblemCode::PreconditionRequired, detail)));
        };
        let version = value.to_str().ok().and_then(parse);
        ready(version.map(Self).ok_or_else(|| {
            let detail = "must be one ETag as this service gave it: \"v3\" or \"v3-0a1b2c3d\"";
            ApiError::malformed("If-Match", "header.malformed", detail)
        }))
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text =
            ObjectBuilder::new().schema_type(Type::String).pattern(Some(r#"^"v[1-9][0-9]{0,17}(-[0-9a-f]{1,16})?"$"#));
        vec![parameters::header("If-Match", Required::True, "The version that was read: `\"v3\"`", text)]
    }
}

/// What changes by versions, so that nobody overwrites what he has not seen.
pub trait AtVersion: Sized {
    /// The version it has now.
    fn version(&self) -> i64;

    /// Passes when the version that was read is the one it has.
    ///
    /// # Errors
    /// [`Stale`] when somebody else was faster.
    fn at_version(self, read: i64) -> Result<Self, Stale> {
        let current = self.version();
        if current == read { Ok(self) } else { Err(Stale { current }) }
    }
}

/// Somebody else, or another tab, changed it since the caller read it.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("it is at version {current}")]
pub struct Stale {
    current: i64,
}

impl From<Stale> for ApiError {
    fn from(Stale { current }: Stale) -> Self {
        let detail = format!("It is at version {current} now. Read it again before you change it.");
        Self::new(ProblemCode::PreconditionFailed, detail)
    }
}

// A tag is the version and a hash of the representation. The status in the representation changes with time, the
// version does not, and only the version says whether somebody else was faster.
fn parse(tag: &str) -> Option<i64> {
    // A proxy that compresses weakens tags; the version in them is the same.
    let inner = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
    let inner = inner.strip_prefix('v')?;
    let (version, hash) = inner.split_once('-').map_or((inner, None), |(version, hash)| (version, Some(hash)));
    let is_hash = |hash: &str| (1..=16).contains(&hash.len()) && hash.bytes().all(is_hexadecimal);
    let is_version = (1..=18).contains(&version.len()) && version.bytes().all(|byte| byte.is_ascii_digit());
    let is_formed = is_version && !version.starts_with('0') && hash.is_none_or(is_hash);
    version.parse().ok().filter(|_| is_formed)
}

fn is_hexadecimal(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_with_and_without_the_hash() {
        assert_eq!(parse("\"v3\""), Some(3));
        assert_eq!(parse("\"v12-0a1b2c3d4e5f6071\""), Some(12));
        assert_eq!(parse("W/\"v3-0a1b2c3d4e5f6071\""), Some(3));
    }

    #[test]
    fn everything_else_is_refused() {
        for tag in ["*", "v3", "\"3\"", "\"v\"", "\"v-1\"", "\"v0\"", "\"v1\", \"v2\"", "\"v99999999999999999999\""]
            .into_iter()
            .chain(["\"v+2\"", "\"v0002\"", "\"v2-\"", "\"v2-XY\"", "\"v2-0A\"", "\"v 2\"", "\"v2-1-2\"", " \"v2\""])
        {
            assert_eq!(parse(tag), None, "{tag}");
        }
    }
}
