//! The list of hearings: one row, and how to choose and order them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Audience, HearingRole, HearingStatus};
use crate::{
    enums::wire_enum,
    ids::{DraftId, HearingId},
    limits, page,
    text::Lines,
    validation::{FieldErrors, Validate},
};

/// A hearing in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HearingSummary {
    /// The hearing.
    pub id: HearingId,
    /// Where it is in its life at the moment of the answer.
    pub status: HearingStatus,
    /// Title; may be empty in a draft.
    pub title: String,
    /// Summary in plain text; may be empty in a draft.
    pub summary: String,
    /// Whom it is for.
    pub audience: Audience,
    /// Whether only those invited see it and answer.
    pub invitation_only: bool,
    /// The day it starts, in Copenhagen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// The instant it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<DateTime<Utc>>,
    /// The last day for answers, in Copenhagen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_on: Option<NaiveDate>,
    /// The instant the deadline passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_at: Option<DateTime<Utc>>,
    /// How many answers were sent; absent when the caller may not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_count: Option<i64>,
    /// The caller's own roles on it.
    pub your_roles: Vec<HearingRole>,
    /// The caller's unsent answer to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub your_draft: Option<DraftId>,
    /// The numbers of the caller's own answers to it.
    pub your_responses: Vec<i32>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

wire_enum! {
    /// How a list of hearings is ordered. Hearings without the date come last; equal ones by id.
    pub enum HearingSort {
        /// Closing soonest first.
        Deadline = "deadline",
        /// Closing latest first.
        DeadlineDescending = "-deadline",
        /// Changed longest ago first.
        Updated = "updated",
        /// Changed last first.
        UpdatedDescending = "-updated",
        /// By title, in Danish order.
        Title = "title",
    }
}

/// Which hearings to list, and in what order. Several values of one filter are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HearingQuery {
    /// Words to find in title, summary and sections, in Danish word forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub q: Option<String>,
    /// Only hearings in one of these statuses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", param(max_items = 20))]
    pub status: Vec<HearingStatus>,
    /// Only hearings on which the caller has one of these roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", param(max_items = 20))]
    pub role: Vec<HearingRole>,
    /// Only open hearings to which the caller was invited and has not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaiting_answer: Option<bool>,
    /// Only hearings that the caller has begun to answer or has answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
    /// The order; `deadline` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<HearingSort>,
    /// Rows, 1 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u16>,
    /// Where the page starts: `next` of the page before, with the same filters and order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl Validate for HearingQuery {
    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(q) = &self.q {
            errors.text("q", q, limits::SEARCH, Lines::One);
        }
        for (name, values) in [("status", self.status.len()), ("role", self.role.len())] {
            errors.require(values <= limits::FILTER_VALUES, name, "list.too_long", "may have at most 20 values");
        }
        page::validate(&mut errors, self.limit);
        errors.finish()
    }
}
