//! Hearings: one proposal put in hearing, from draft to conclusion.

mod conclusion;
mod fields;
mod image;
mod list;
mod reference;
mod requests;
mod roles;
mod your_answer;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    attachments::{Attachment, Document},
    enums::wire_enum,
    ids::{HearingId, SectionId},
};

pub use self::{
    conclusion::{ConclusionDraft, ConclusionText, ConclusionVersion},
    fields::{HearingField, HearingFields, Told},
    image::{ImageQuery, ImageSize, ShownImage},
    list::{FacetCount, FacetQuery, Fragment, HearingFacets, HearingQuery, HearingSort, HearingSummary},
    reference::HearingReference,
    requests::{ConcludeHearing, HearingDraft, HearingPatch, PublishHearing, PublishStart, SectionPatch},
    roles::{HearingRole, NewRole, RevokeRole, RoleAssignment},
    your_answer::{SentResponse, YourAnswer},
};

wire_enum! {
    /// Where a hearing is in its life; computed from its times and the clock, never stored.
    pub enum HearingStatus {
        /// Not published.
        Draft = "draft",
        /// Published, start not reached.
        Scheduled = "scheduled",
        /// Start reached, deadline not passed.
        Open = "open",
        /// Deadline passed, not concluded.
        Processing = "processing",
        /// Concluded.
        Concluded = "concluded",
        /// Cancelled.
        Cancelled = "cancelled",
    }
}

wire_enum! {
    /// Whom a hearing is for.
    pub enum Audience {
        /// The municipality's employees.
        Internal = "internal",
        /// Everybody.
        Public = "public",
    }
}

wire_enum! {
    /// When others see the answers.
    pub enum ResponsesShown {
        /// Never: only staff.
        Never = "never",
        /// As soon as an answer is approved; without approval, as soon as it is sent.
        WhenApproved = "when_approved",
        /// When the deadline has passed.
        AfterDeadline = "after_deadline",
    }
}

wire_enum! {
    /// What others see of an employee who answers.
    pub enum RespondentShown {
        /// Name and department.
        NameAndDepartment = "name_and_department",
        /// Department.
        Department = "department",
        /// Nothing.
        Nothing = "nothing",
    }
}

/// A hearing, as the caller may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Hearing {
    /// The hearing.
    pub id: HearingId,
    /// Counts changes of its text, settings, people and life; goes into `If-Match` as `"v3"`. Files and answers do not
    /// count.
    pub version: i64,
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
    /// The instant it starts; set by publishing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<DateTime<Utc>>,
    /// The last day for answers, in Copenhagen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_on: Option<NaiveDate>,
    /// The instant the deadline passes: the end of that day. An answer counts when it arrives before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_at: Option<DateTime<Utc>>,
    /// Whom to ask about the hearing.
    pub contact: Contact,
    /// When others see the answers.
    pub responses_shown: ResponsesShown,
    /// What others see of an employee who answers.
    pub respondent_shown: RespondentShown,
    /// The text, in order.
    pub sections: Vec<Section>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Attachment>,
    /// What stands for the picture where it cannot be seen.
    pub image_alternative_text: String,
    /// The sizes in which its image is fetched, the narrowest first. Empty without an image, and until they are
    /// made for one that was uploaded before there were sizes.
    #[serde(default)]
    pub image_sizes: Vec<ImageSize>,
    /// Its documents, in order.
    pub documents: Vec<Document>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<DateTime<Utc>>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Conclusion>,
    /// How many answers stand: sent and not withdrawn; absent when the caller may not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_count: Option<i64>,
    /// The caller's own roles on it.
    pub your_roles: Vec<HearingRole>,
    /// What the caller may do now.
    pub may: HearingPermissions,
    /// How the caller stands to answering; absent for somebody not logged in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub your_answer: Option<YourAnswer>,
    /// What has to be in place for publication, for those who may publish it; absent for everybody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<Vec<ChecklistItem>>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The person to ask about a hearing, as the owner chose to make him known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Full name.
    pub name: String,
    /// Department.
    pub department: String,
    /// E-mail address.
    pub email: String,
    /// Phone.
    pub phone: String,
}

/// A titled part of a hearing's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Stays the same however the section is edited or moved.
    pub id: SectionId,
    /// Title.
    pub title: String,
    /// The text as written, in Markdown.
    pub body: String,
    /// The text as sanitised HTML.
    pub body_html: String,
}

/// What came of a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Conclusion {
    /// The text as written, in Markdown.
    pub body: String,
    /// The text as sanitised HTML.
    pub body_html: String,
    /// When it was given.
    pub concluded_at: DateTime<Utc>,
}

/// What the caller may do with a hearing at the moment of the answer. The server decides again at every call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HearingPermissions {
    /// Change its text and settings.
    pub edit: bool,
    /// Publish it.
    pub publish: bool,
    /// Delete it, which only a draft can be.
    pub delete: bool,
    /// Give and take roles on it.
    pub manage_roles: bool,
    /// Revoke an invitee's access to it.
    pub revoke_access: bool,
    /// Send an answer to it.
    pub answer: bool,
    /// Read others' answers as the public sees them.
    pub read_responses: bool,
    /// Read all answers with their senders.
    pub process: bool,
    /// Write on its conclusion before that is given.
    pub write_conclusion: bool,
    /// Conclude it.
    pub conclude: bool,
}

/// One thing that has to be in place before a hearing can be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItem {
    /// The field it is about, as a JSON pointer into [`HearingPatch`].
    pub pointer: String,
    /// What is missing when it is not done, for programs: `text.required`.
    pub code: String,
    /// Whether it is in place.
    pub done: bool,
}
