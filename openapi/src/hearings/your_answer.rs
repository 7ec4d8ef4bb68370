//! What the caller has of a hearing: a draft, and responses.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{DraftId, ResponseId},
    problem::ProblemCode,
};

/// How the caller stands to answering a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct YourAnswer {
    /// The unsent answer, to be taken up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// The sent answer that the unsent one is an edit of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edits: Option<ResponseId>,
    /// The answers sent.
    pub sent: Vec<SentResponse>,
    /// Why no answer can be sent now; absent when one can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ProblemCode>,
}

/// One's own answer, named on its hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SentResponse {
    /// The answer.
    pub id: ResponseId,
    /// Its number in the hearing.
    pub number: i32,
    /// When it was withdrawn; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<DateTime<Utc>>,
}
