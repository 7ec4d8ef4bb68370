//! Unsent answers: written over days, seen by their author alone, sent once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    attachments::Attachment,
    hearings::HearingReference,
    ids::{DraftId, HearingId, ResponseId, SectionId},
    limits, patch,
    text::{self, Clean, Lines},
    validation::{FieldErrors, Validate},
};

/// An unsent answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The draft.
    pub id: DraftId,
    /// The hearing it answers.
    pub hearing: HearingId,
    /// The sent answer it is an edit of; absent for a new answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edits: Option<ResponseId>,
    /// Counts each saving; goes into `If-Match` as `"v3"`.
    pub version: i64,
    /// The answer to the hearing as a whole.
    pub text: String,
    /// Answers to single sections, in the hearing's order.
    pub sections: Vec<SectionAnswer>,
    /// Whom it is given on behalf of; empty for oneself.
    pub on_behalf_of: String,
    /// Its files, in the order in which they were added. Not counted in the version: an upload ends while words are saved.
    pub attachments: Vec<Attachment>,
    /// What others will see of the sender, in the words they will see.
    pub sender_as_shown: String,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

/// An answer to one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SectionAnswer {
    /// The section.
    pub section: SectionId,
    /// The answer.
    #[cfg_attr(feature = "server", schema(max_length = 20000))]
    pub text: String,
}

/// A change of an unsent answer, as JSON Merge Patch: what is absent stays; `null` clears texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DraftPatch {
    /// The answer to the hearing as a whole.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 50000))]
    pub text: Option<String>,
    /// Answers to single sections, all of them; those left out are removed.
    #[serde(deserialize_with = "patch::kept", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Vec<SectionAnswer>, required = false, max_items = 50))]
    pub sections: Option<Vec<SectionAnswer>>,
    /// Whom it is given on behalf of; empty for oneself.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub on_behalf_of: Option<String>,
}

impl Validate for DraftPatch {
    fn clean(&mut self) {
        self.text.clean(Lines::Many);
        for answer in self.sections.iter_mut().flatten() {
            answer.text.clean(Lines::Many);
        }
        self.on_behalf_of.clean(Lines::One);
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(text) = &self.text {
            errors.text("/text", text, limits::ANSWER);
        }
        if let Some(sections) = &self.sections {
            validate_sections(sections, &mut errors);
        }
        if let Some(on_behalf_of) = &self.on_behalf_of {
            errors.text("/onBehalfOf", on_behalf_of, limits::ON_BEHALF_OF);
        }
        errors.finish()
    }
}

fn validate_sections(answers: &[SectionAnswer], errors: &mut FieldErrors) {
    if answers.len() > limits::SECTIONS {
        return errors.add("/sections", "list.too_long", "may have at most 50 answers");
    }
    let length: usize = answers.iter().map(|answer| answer.text.chars().count()).sum();
    errors.require(length <= limits::WHOLE_ANSWER, "/sections", "text.too_long", "may have 100,000 characters in all");
    for (index, answer) in answers.iter().enumerate() {
        let pointer = format!("/sections/{index}");
        errors.text(&format!("{pointer}/text"), &answer.text, limits::SECTION_ANSWER);
        let repeated = answers.iter().take(index).any(|earlier| earlier.section == answer.section);
        let place = format!("{pointer}/section");
        errors.require(!repeated, &place, "section.repeated", "stands in the list already");
    }
}

/// What makes an answer ready to be sent: words, in the whole or in a section.
///
/// # Errors
/// `text.required` at `/text` when there are none.
pub fn validate_for_sending(text: &str, sections: &[SectionAnswer]) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    let has_words = !text::is_blank(text) || sections.iter().any(|answer| !text::is_blank(&answer.text));
    errors.require(has_words, "/text", "text.required", "write an answer before you send it");
    errors.finish()
}

/// Sends an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendDraft {
    /// The version of the information on how answers are used that was shown before sending.
    #[cfg_attr(feature = "server", schema(max_length = 100))]
    pub terms_version: String,
}

impl Validate for SendDraft {
    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.text("/termsVersion", &self.terms_version, 100);
        errors.finish()
    }
}

/// One's own unsent answer in a list, with its hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MyDraft {
    /// The draft.
    pub id: DraftId,
    /// The hearing it answers.
    pub hearing: HearingReference,
    /// The sent answer it is an edit of; absent for a new answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edits: Option<ResponseId>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}
