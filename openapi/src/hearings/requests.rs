//! What is sent to make, change, publish and conclude a hearing.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Audience, RespondentShown, ResponsesShown};
use crate::{
    enums::wire_enum,
    ids::SectionId,
    limits, patch,
    text::{Clean, Lines},
    time,
    validation::{FieldErrors, Validate},
};

/// A new hearing: a draft that only its staff and administrators see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HearingDraft {
    /// Title.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 120))]
    pub title: String,
}

impl Validate for HearingDraft {
    fn clean(&mut self) {
        self.title.clean(Lines::One);
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.present("/title", &self.title);
        errors.text("/title", &self.title, limits::TITLE);
        errors.finish()
    }
}

/// A change of a hearing, as JSON Merge Patch: what is absent stays, `null` clears.
///
/// A draft may be incomplete and contradictory while it is being written; the checklist says what is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HearingPatch {
    /// Title.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 120))]
    pub title: Option<String>,
    /// Summary in plain text.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 500))]
    pub summary: Option<String>,
    /// Whom it is for.
    #[serde(deserialize_with = "patch::kept", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Audience, required = false))]
    pub audience: Option<Audience>,
    /// Whether only those invited see it and answer.
    #[serde(deserialize_with = "patch::kept", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = bool, required = false))]
    pub invitation_only: Option<bool>,
    /// The day it starts, in Copenhagen, from midnight.
    #[serde(deserialize_with = "time::clearable_day", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<NaiveDate>))]
    pub starts_on: Option<Option<NaiveDate>>,
    /// The last day for answers, in Copenhagen, to midnight.
    #[serde(deserialize_with = "time::clearable_day", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<NaiveDate>))]
    pub deadline_on: Option<Option<NaiveDate>>,
    /// The contact person's name.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub contact_name: Option<String>,
    /// The contact person's department.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub contact_department: Option<String>,
    /// The contact person's e-mail address.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub contact_email: Option<String>,
    /// The contact person's phone.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub contact_phone: Option<String>,
    /// When others see the answers.
    #[serde(deserialize_with = "patch::kept", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = ResponsesShown, required = false))]
    pub responses_shown: Option<ResponsesShown>,
    /// What others see of an employee who answers.
    #[serde(deserialize_with = "patch::kept", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = RespondentShown, required = false))]
    pub respondent_shown: Option<RespondentShown>,
    /// What stands for the picture where it cannot be seen.
    #[serde(deserialize_with = "patch::text", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 300))]
    pub image_alternative_text: Option<String>,
    /// The whole text in its new order; sections left out are removed.
    #[serde(deserialize_with = "patch::kept", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Vec<SectionPatch>, required = false, max_items = 50))]
    pub sections: Option<Vec<SectionPatch>>,
}

/// A section as it shall be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SectionPatch {
    /// The section this is; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SectionId>,
    /// Title.
    #[cfg_attr(feature = "server", schema(max_length = 120))]
    pub title: String,
    /// Text, in Markdown.
    #[cfg_attr(feature = "server", schema(max_length = 50000))]
    pub body: String,
}

impl Validate for HearingPatch {
    fn clean(&mut self) {
        self.clean_fields();
        for section in self.sections.iter_mut().flatten() {
            section.title.clean(Lines::One);
            section.body.clean(Lines::Many);
        }
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        self.check_fields(&mut errors);
        if let Some(sections) = &self.sections {
            validate_sections(sections, &mut errors);
        }
        errors.finish()
    }
}

fn validate_sections(sections: &[SectionPatch], errors: &mut FieldErrors) {
    if sections.len() > limits::SECTIONS {
        return errors.add("/sections", "list.too_long", "may have at most 50 sections");
    }
    let length: usize = sections.iter().map(|section| section.body.chars().count()).sum();
    errors.require(length <= limits::HEARING_BODY, "/sections", "text.too_long", "may have 400,000 characters in all");
    for (index, section) in sections.iter().enumerate() {
        let pointer = format!("/sections/{index}");
        errors.text(&format!("{pointer}/title"), &section.title, limits::SECTION_TITLE);
        errors.text(&format!("{pointer}/body"), &section.body, limits::SECTION_BODY);
        let repeated = section.id.is_some() && sections.iter().take(index).any(|earlier| earlier.id == section.id);
        errors.require(!repeated, &format!("{pointer}/id"), "section.repeated", "stands in the list already");
    }
}

/// Publishes a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishHearing {
    /// When it starts.
    pub start: PublishStart,
}

impl Validate for PublishHearing {}

wire_enum! {
    /// When a published hearing starts.
    pub closed enum PublishStart {
        /// At once.
        Now = "now",
        /// At midnight of its start date; at once when that day has come.
        OnStartDate = "on_start_date",
    }
}

/// Concludes a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConcludeHearing {
    /// What came of it, in Markdown; everybody who may see the hearing reads it.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 50000))]
    pub conclusion: String,
    /// The version of the conclusion's draft that it was made from; absent when none was read. Another one than the
    /// newest is refused, so that what a colleague has written meanwhile is not thrown away unread.
    #[serde(default, deserialize_with = "whole", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 1))]
    pub draft_version: Option<i64>,
}

/// For a whole number, which in JSON may be written `3.0` too.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Whole(i64),
        Fraction(f64),
    }
    match Option::deserialize(deserializer)? {
        None => Ok(None),
        Some(Written::Whole(number)) => Ok(Some(number)),
        // Larger ones are not exact any more.
        Some(Written::Fraction(number)) if number.fract() == 0.0 && number.abs() < 9e15 => Ok(Some(number as i64)),
        Some(Written::Fraction(_)) => Err(de::Error::custom("is no whole number")),
    }
}

impl Validate for ConcludeHearing {
    fn clean(&mut self) {
        self.conclusion.clean(Lines::Many);
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.present("/conclusion", &self.conclusion);
        errors.text("/conclusion", &self.conclusion, limits::CONCLUSION);
        errors.finish()
    }
}
