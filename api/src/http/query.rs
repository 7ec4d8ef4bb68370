//! Query parameters: known ones of the right type, or a refusal that names the parameter.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use openapi::validation::Validate;
use serde::de::DeserializeOwned;

use super::{ApiError, body::pointer};

/// Query parameters that were understood and are valid.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Validate> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned + Validate>(query: &str) -> Result<T, ApiError> {
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let deserializer = serde_html_form::Deserializer::new(pairs);
    let value: T = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let detail = error.inner().to_string();
        // Parameters have no depth: `status/0` is the parameter `status`.
        let pointer = pointer(error.path(), &detail);
        let name = pointer.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
        ApiError::malformed(name, "parameter.malformed", detail)
    })?;
    let value = value.cleaned();
    value.validate().map_err(ApiError::invalid)?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use openapi::hearings::{HearingQuery, HearingStatus};

    use super::*;

    #[test]
    fn several_values_of_one_parameter_are_read() {
        let query: HearingQuery = parse("status=open&status=draft&q=%C3%A6").unwrap();
        assert_eq!(query.status, [HearingStatus::Open, HearingStatus::Draft]);
        assert_eq!(query.q.as_deref(), Some("æ"));
    }

    #[test]
    fn words_are_cleaned() {
        let query: HearingQuery = parse("q=%00bla%CC%8Ab%C2%ADær").unwrap();
        assert_eq!(query.q.as_deref(), Some("blåbær"));
    }

    #[test]
    fn a_refusal_names_the_parameter() {
        for (query, name) in [
            ("status=shut", "status"),
            ("colour=red", "colour"),
            ("limit=many", "limit"),
            ("limit=0", "limit"),
            ("limit=1&limit=2", "limit"),
            ("limit=%2B5", "limit"),
            ("limit=05", "limit"),
            ("limit=", "limit"),
        ] {
            let error = parse::<HearingQuery>(query).unwrap_err();
            assert_eq!(error.first_error().pointer, name, "{query}");
        }
    }
}
