//! The list of hearings: one row, and how to choose and order them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Audience, HearingRole, HearingStatus};
use crate::{
    enums::wire_enum,
    ids::{DraftId, HearingId},
    limits, page, text,
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
    /// How many answers stand: sent and not withdrawn; absent when the caller may not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_count: Option<i64>,
    /// The caller's own roles on it.
    pub your_roles: Vec<HearingRole>,
    /// The caller's unsent answer to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub your_draft: Option<DraftId>,
    /// The numbers of the caller's own answers to it that stand.
    pub your_responses: Vec<i32>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Where the words that were searched for stand in it; empty without a search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excerpt: Vec<Fragment>,
}

/// A piece of an excerpt. The pieces in their order are the excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Fragment {
    /// Plain text.
    pub text: String,
    /// Whether it is what was searched for.
    pub hit: bool,
}

wire_enum! {
    /// How a list of hearings is ordered. Hearings without the date come last; equal ones by id.
    pub closed enum HearingSort {
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
        /// By how well they fit the words searched for, best first, among the thousand that were changed last.
        Relevance = "relevance",
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
    /// Only hearings for one of these audiences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", param(max_items = 20))]
    pub audience: Vec<Audience>,
    /// `true`: only open hearings to which the caller was invited and has not answered; `false`: only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaiting_answer: Option<bool>,
    /// `true`: only hearings that the caller has begun to answer or has answered; `false`: only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
    /// The order. When it is absent: `relevance` with `q`, `deadline` without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<HearingSort>,
    /// Rows, 1 to 100.
    #[serde(default, deserialize_with = "page::rows", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u16>,
    /// Where the page starts: `next` of the page before, with the same filters and order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(pattern = "^[A-Za-z0-9_-]+$"))]
    pub cursor: Option<String>,
}

impl HearingQuery {
    /// What the front page shows: the ten open hearings that close first. The rest are a link away.
    #[must_use]
    pub fn of_front_page() -> Self {
        Self {
            status: vec![HearingStatus::Open],
            sort: Some(HearingSort::Deadline),
            limit: Some(10),
            ..Self::default()
        }
    }

    /// The order that is meant.
    #[must_use]
    pub fn order(&self) -> HearingSort {
        let searches = self.q.as_deref().is_some_and(|words| !words.trim().is_empty());
        self.sort.unwrap_or(if searches { HearingSort::Relevance } else { HearingSort::Deadline })
    }
}

impl Validate for HearingQuery {
    fn clean(&mut self) {
        if let Some(q) = &mut self.q {
            *q = text::searched(q);
        }
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        validate_filters(&mut errors, self.q.as_deref(), [self.status.len(), self.role.len(), self.audience.len()]);
        page::validate(&mut errors, self.limit);
        errors.finish()
    }
}

/// Which hearings to count. The filters of [`HearingQuery`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FacetQuery {
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
    /// Only hearings for one of these audiences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", param(max_items = 20))]
    pub audience: Vec<Audience>,
    /// `true`: only open hearings to which the caller was invited and has not answered; `false`: only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaiting_answer: Option<bool>,
    /// `true`: only hearings that the caller has begun to answer or has answered; `false`: only the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
}

impl From<&HearingQuery> for FacetQuery {
    /// What the filters of a list are counted by.
    fn from(query: &HearingQuery) -> FacetQuery {
        FacetQuery {
            q: query.q.clone(),
            status: query.status.clone(),
            role: query.role.clone(),
            audience: query.audience.clone(),
            awaiting_answer: query.awaiting_answer,
            answered: query.answered,
        }
    }
}

impl Validate for FacetQuery {
    fn clean(&mut self) {
        if let Some(q) = &mut self.q {
            *q = text::searched(q);
        }
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        validate_filters(&mut errors, self.q.as_deref(), [self.status.len(), self.role.len(), self.audience.len()]);
        errors.finish()
    }
}

fn validate_filters(errors: &mut FieldErrors, q: Option<&str>, values: [usize; 3]) {
    if let Some(q) = q {
        errors.text("q", q, limits::SEARCH);
    }
    for (name, values) in ["status", "role", "audience"].into_iter().zip(values) {
        errors.require(values <= limits::FILTER_VALUES, name, "list.too_long", "may have at most 20 values");
    }
}

/// How many hearings each value of a filter would leave, beside the other filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HearingFacets {
    /// By status.
    pub status: Vec<FacetCount<HearingStatus>>,
    /// By the caller's own role; empty for an anonymous visitor.
    pub role: Vec<FacetCount<HearingRole>>,
    /// By audience.
    pub audience: Vec<FacetCount<Audience>>,
}

/// How many hearings one value of a filter would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FacetCount<T> {
    /// The value.
    pub value: T,
    /// How many; at most 1000.
    pub count: u32,
    /// Whether there may be more than were counted: "1.000+".
    pub or_more: bool,
}
