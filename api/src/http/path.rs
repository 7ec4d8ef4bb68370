//! Ids in the path: understood, or a refusal that names which was not.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use openapi::ids::HearingId;
use serde::de::DeserializeOwned;

use super::ApiError;

/// What stands for the `{}` of a path.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = actix_web::web::Path::<T>::extract(request).into_inner();
        ready(parsed.map(|value| Self(value.into_inner())).map_err(|_| {
            let parts = || request.match_info().iter();
            // Every id has the same form.
            let wrong = parts().find(|(_, value)| value.parse::<HearingId>().is_err()).or_else(|| parts().last());
            let name = wrong.map(|(name, _)| name.to_owned()).unwrap_or_default();
            ApiError::malformed(name, "parameter.malformed", "is not of the right form")
        }))
    }
}
