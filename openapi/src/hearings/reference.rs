//! A hearing as it is named beside something else.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::HearingStatus;
use crate::ids::HearingId;

/// A hearing named beside something of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HearingReference {
    /// The hearing.
    pub id: HearingId,
    /// Its title.
    pub title: String,
    /// Where it is in its life.
    pub status: HearingStatus,
    /// The last day for answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_on: Option<NaiveDate>,
    /// The instant the deadline passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_at: Option<DateTime<Utc>>,
}
