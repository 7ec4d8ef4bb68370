//! The queue of what happens after a request, for administrators: above all what failed for good.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    enums::wire_enum,
    ids::JobId,
    limits, page,
    validation::{FieldErrors, Validate},
};

wire_enum! {
    /// How a job stands.
    pub enum JobState {
        /// Waiting for its time or its turn.
        Waiting = "waiting",
        /// Given up after the last try; waits for somebody to look at it.
        Dead = "dead",
    }
}

/// A job that is not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// The job.
    pub id: JobId,
    /// Counts every change; goes into `If-Match` as `"v3"`.
    pub version: i64,
    /// What it does: `mail.receipt`.
    pub kind: String,
    /// How it stands.
    pub state: JobState,
    /// Tries so far.
    pub attempts: i32,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When it is tried next.
    pub run_at: DateTime<Utc>,
    /// Why the last try failed, without personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
}

/// Which jobs to list: newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JobQuery {
    /// Only jobs in one of these states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", param(max_items = 20))]
    pub state: Vec<JobState>,
    /// Rows, 1 to 100.
    #[serde(default, deserialize_with = "page::rows", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u16>,
    /// Where the page starts: `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl Validate for JobQuery {
    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        let few_enough = self.state.len() <= limits::FILTER_VALUES;
        errors.require(few_enough, "state", "list.too_long", "may have at most 20 values");
        page::validate(&mut errors, self.limit);
        errors.finish()
    }
}
