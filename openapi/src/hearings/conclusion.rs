//! The conclusion of a hearing while its staff writes it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    limits,
    text::{Clean, Lines},
    validation::{FieldErrors, Validate},
};

/// The conclusion as far as the hearing's owners and case workers have written it. Every hearing has one from the
/// beginning: empty, at version 1. It is gone when the hearing is concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConclusionDraft {
    /// Counts every save; goes into `If-Match` as `"v3"`, and into `draftVersion` of the conclusion.
    pub version: i64,
    /// The text as written, in Markdown; empty as long as nothing is written.
    pub text: String,
    /// When it was last saved; absent as long as nothing is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The name of the member of staff who saved it last; absent as long as nothing is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<String>,
}

/// What a conclusion's draft said before another member of staff went on with it, or before the same one came back to
/// it later. It stays when the hearing is concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConclusionVersion {
    /// The version that the draft had.
    pub version: i64,
    /// The text as it was, in Markdown.
    pub text: String,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// The name of the member of staff who saved it; absent when the person was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_by: Option<String>,
    /// When another text took its place.
    pub replaced_at: DateTime<Utc>,
}

/// The whole text of a conclusion, as it shall be from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConclusionText {
    /// The text, in Markdown; may be empty.
    #[cfg_attr(feature = "server", schema(max_length = 50000))]
    pub text: String,
}

impl Validate for ConclusionText {
    fn clean(&mut self) {
        self.text.clean(Lines::Many);
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.text("/text", &self.text, limits::CONCLUSION);
        errors.finish()
    }
}
