//! Answers that were sent, as the public, staff and their authors see them. Types of their own on purpose: what is not in
//! a type cannot leak through it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    attachments::Attachment,
    employees::Employee,
    hearings::HearingReference,
    ids::{HearingId, ResponseId, SectionId},
    session::Capacity,
};

/// An answer to one section, with the section's title when it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnsweredSection {
    /// The section.
    pub section: SectionId,
    /// The section's title.
    pub title: String,
    /// The answer.
    pub text: String,
}

/// An answer, as others than staff see it. Of a withdrawn one they see its number, when it came and went, and in what
/// role it was given; its words, sender and files are gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicResponse {
    /// The answer.
    pub id: ResponseId,
    /// Its number in the hearing: 1, 2, 3, …
    pub number: i32,
    /// When it was sent first.
    pub sent_at: DateTime<Utc>,
    /// When it was last edited; absent when it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was withdrawn; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// In what role it was given.
    pub capacity: Capacity,
    /// What is shown of the sender, as the hearing says and the sender was told: perhaps nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// Whom it was given on behalf of; empty for the sender himself, and of a withdrawn one.
    pub on_behalf_of: String,
    /// The answer to the hearing as a whole.
    pub text: String,
    /// Answers to single sections, in the hearing's order.
    pub sections: Vec<AnsweredSection>,
    /// Its files.
    pub attachments: Vec<Attachment>,
}

/// An answer, as the staff of its hearing see it. What a withdrawn one said is in its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffResponse {
    /// The answer.
    pub id: ResponseId,
    /// Its number in the hearing.
    pub number: i32,
    /// Counts the edits and the withdrawal, from 1.
    pub version: i64,
    /// When it was sent first.
    pub sent_at: DateTime<Utc>,
    /// When it was last edited; absent when it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was withdrawn; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// In what role it was given.
    pub capacity: Capacity,
    /// Who sent it.
    pub respondent: Employee,
    /// Whether the sender's access to the hearing was revoked since.
    pub access_revoked: bool,
    /// Whom it was given on behalf of; empty for the sender himself, and of a withdrawn one.
    pub on_behalf_of: String,
    /// The answer to the hearing as a whole.
    pub text: String,
    /// Answers to single sections, in the hearing's order.
    pub sections: Vec<AnsweredSection>,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// The version of the information that was shown before sending.
    pub terms_version: String,
}

/// What an answer said before it was edited or withdrawn, for the staff of its hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResponseVersion {
    /// Which version, from 1.
    pub version: i64,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When the next one replaced it, or the answer was withdrawn.
    pub replaced_at: DateTime<Utc>,
    /// Whom it was given on behalf of; empty for the sender himself, and of a withdrawn one.
    pub on_behalf_of: String,
    /// The answer to the hearing as a whole.
    pub text: String,
    /// Answers to single sections, in the hearing's order.
    pub sections: Vec<AnsweredSection>,
    /// Its files.
    pub attachments: Vec<Attachment>,
}

/// The proof for its sender that an answer arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The answer.
    pub response: ResponseId,
    /// The hearing.
    pub hearing: HearingId,
    /// The hearing's title.
    pub hearing_title: String,
    /// The answer's number in the hearing.
    pub number: i32,
    /// Counts the edits and the withdrawal, from 1; goes into `If-Match` as `"v1"`.
    pub version: i64,
    /// Whether it can be edited and withdrawn now.
    pub changeable: bool,
    /// When it was sent first.
    pub sent_at: DateTime<Utc>,
    /// When it was last edited; absent when it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was withdrawn; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Where the mailed receipt goes.
    pub mailed_to: String,
    /// Whom it was given on behalf of; empty for oneself, and of a withdrawn one.
    pub on_behalf_of: String,
    /// The answer to the hearing as a whole.
    pub text: String,
    /// Answers to single sections, in the hearing's order.
    pub sections: Vec<AnsweredSection>,
    /// Its files.
    pub attachments: Vec<Attachment>,
}

/// One's own answer in a list, with its hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MyResponse {
    /// The answer.
    pub id: ResponseId,
    /// The hearing.
    pub hearing: HearingReference,
    /// The answer's number in the hearing.
    pub number: i32,
    /// When it was sent first.
    pub sent_at: DateTime<Utc>,
    /// When it was last edited; absent when it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was withdrawn; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<DateTime<Utc>>,
}
