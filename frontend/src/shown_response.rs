//! An answer as it is shown: to others, to staff, and to its sender before it is sent.

use chrono::{DateTime, Utc};
use openapi::{
    drafts::Draft,
    hearings::Hearing,
    ids::{HearingId, ResponseId},
    responses::{AnsweredSection, PublicResponse, StaffResponse},
};
use yew::AttrValue;

use crate::shown_file::ShownFile;

/// An answer as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownResponse {
    /// Its id; absent before it is sent.
    pub id: Option<ResponseId>,
    /// Its number; absent before it is sent.
    pub number: Option<i32>,
    /// What is shown of the sender: perhaps nothing.
    pub sender: Option<AttrValue>,
    /// Whom it is given on behalf of; empty for the sender himself.
    pub on_behalf_of: AttrValue,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was last edited.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was withdrawn; then it says nothing any more.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Whether the sender's access to the hearing was revoked: told to staff alone.
    pub access_revoked: bool,
    /// The answer to the hearing as a whole.
    pub text: AttrValue,
    /// Answers to single sections.
    pub sections: Vec<SectionText>,
    /// Its files.
    pub files: Vec<ShownFile>,
}

/// An answer to one section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionText {
    /// The section's title.
    pub title: AttrValue,
    /// The answer.
    pub text: AttrValue,
}

impl From<AnsweredSection> for SectionText {
    fn from(answer: AnsweredSection) -> SectionText {
        SectionText { title: answer.title.into(), text: answer.text.into() }
    }
}

impl From<(HearingId, PublicResponse)> for ShownResponse {
    fn from((hearing, response): (HearingId, PublicResponse)) -> ShownResponse {
        let file = |file| ShownFile::of_response(hearing, response.id, file);
        ShownResponse {
            files: response.attachments.iter().map(file).collect(),
            id: Some(response.id),
            number: Some(response.number),
            sender: response.sender.map(AttrValue::from),
            on_behalf_of: response.on_behalf_of.into(),
            sent_at: Some(response.sent_at),
            edited_at: response.edited_at,
            withdrawn_at: response.withdrawn_at,
            access_revoked: false,
            text: response.text.into(),
            sections: response.sections.into_iter().map(SectionText::from).collect(),
        }
    }
}

/// With the sender's name, department and address: for staff alone.
impl From<(HearingId, StaffResponse)> for ShownResponse {
    fn from((hearing, response): (HearingId, StaffResponse)) -> ShownResponse {
        let person = response.respondent;
        let sender: Vec<String> =
            [Some(person.name), person.department, Some(person.email)].into_iter().flatten().collect();
        let file = |file| ShownFile::for_staff(hearing, response.id, file);
        ShownResponse {
            files: response.attachments.iter().map(file).collect(),
            id: Some(response.id),
            number: Some(response.number),
            sender: Some(sender.join(" · ").into()),
            on_behalf_of: response.on_behalf_of.into(),
            sent_at: Some(response.sent_at),
            edited_at: response.edited_at,
            withdrawn_at: response.withdrawn_at,
            access_revoked: response.access_revoked,
            text: response.text.into(),
            sections: response.sections.into_iter().map(SectionText::from).collect(),
        }
    }
}

impl ShownResponse {
    /// An answer that is not sent yet, with the sections' titles as they are now.
    pub fn unsent(draft: &Draft, hearing: &Hearing) -> ShownResponse {
        let title = |id| hearing.sections.iter().find(|section| section.id == id).map(|section| section.title.clone());
        let sections = draft.sections.iter().map(|answer| SectionText {
            title: title(answer.section).unwrap_or_default().into(),
            text: answer.text.clone().into(),
        });
        ShownResponse {
            id: None,
            number: None,
            sender: Some(&draft.sender_as_shown)
                .filter(|sender| !sender.is_empty())
                .map(|sender| sender.clone().into()),
            on_behalf_of: draft.on_behalf_of.clone().into(),
            sent_at: None,
            edited_at: None,
            withdrawn_at: None,
            access_revoked: false,
            text: draft.text.clone().into(),
            sections: sections.collect(),
            files: draft.attachments.iter().map(|file| ShownFile::of_draft(hearing.id, draft.id, file)).collect(),
        }
    }
}
