//! Lists: a page of rows and where the next one starts.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{
    limits,
    validation::{FieldErrors, Validate},
};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Checks the parameters every list has.
pub(crate) fn validate(errors: &mut FieldErrors, limit: Option<u16>) {
    let within = limit.is_none_or(|limit| (1..=limits::PAGE_MAXIMUM).contains(&limit));
    errors.require(within, "limit", "number.out_of_range", "must be from 1 to 100");
}

/// For a number of rows: digits as the document has them, without a sign and without noughts in front.
///
/// # Errors
/// When it is anything else.
pub(crate) fn rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    let text = Option::<Cow<'de, str>>::deserialize(deserializer)?;
    let is_formed = |text: &str| text == "0" || (!text.starts_with(['0', '+']));
    let number = |text: Cow<'de, str>| text.parse().ok().filter(|_| is_formed(&text));
    text.map(|text| number(text).ok_or_else(|| de::Error::custom("is no whole number"))).transpose()
}

/// Which page of a list that has no filters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageQuery {
    /// Rows, 1 to 100.
    #[serde(default, deserialize_with = "rows", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u16>,
    /// Where the page starts: `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(pattern = "^[A-Za-z0-9_-]+$"))]
    pub cursor: Option<String>,
}

impl Validate for PageQuery {
    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        validate(&mut errors, self.limit);
        errors.finish()
    }
}
