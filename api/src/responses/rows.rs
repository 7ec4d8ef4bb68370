//! Drafts, answers and their versions as they lie in the database, and their ways to the wire: for the public, for staff
//! and for the author, each its own.

use chrono::{DateTime, Utc};
use diesel::{AsChangeset, Insertable, QueryResult, Queryable, Selectable};
use openapi::{
    attachments::Attachment,
    drafts::{Draft, MyDraft, SectionAnswer},
    employees::Employee,
    hearings::{HearingReference, RespondentShown},
    ids::{AccountId, DraftId, HearingId, ResponseId},
    responses::{AnsweredSection, MyResponse, PublicResponse, Receipt, ResponseVersion, StaffResponse},
    session::Capacity,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::rules;
use crate::{
    attachments::File,
    db::schema::{draft, response, response_version},
    hearings::HearingRow,
    http::AtVersion,
    identity::Actor,
};

/// A draft.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = draft, check_for_backend(diesel::pg::Pg))]
pub(super) struct DraftRow {
    pub(super) id: DraftId,
    pub(super) version: i64,
    pub(super) hearing_id: HearingId,
    pub(super) response_id: Option<ResponseId>,
    pub(super) author_id: AccountId,
    pub(super) text: String,
    pub(super) sections: Value,
    pub(super) on_behalf_of: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

impl DraftRow {
    pub(super) fn empty(hearing: HearingId, author: AccountId, now: DateTime<Utc>) -> Self {
        Self {
            id: DraftId::new(now),
            version: 1,
            hearing_id: hearing,
            response_id: None,
            author_id: author,
            text: String::new(),
            sections: Value::Array(Vec::new()),
            on_behalf_of: String::new(),
            created_at: now,
            updated_at: now,
        }
    }

    pub(super) fn section_answers(&self) -> Vec<SectionAnswer> {
        read_sections(&self.sections)
    }

    pub(super) fn into_mine(self, hearing: HearingReference) -> MyDraft {
        MyDraft { id: self.id, hearing, edits: self.response_id, updated_at: self.updated_at }
    }

    pub(super) fn into_wire(self, author: &Actor, shown: RespondentShown, files: Vec<File>) -> Draft {
        let sender = rules::sender_as_shown(shown, &author.name, author.department.as_deref());
        Draft {
            id: self.id,
            hearing: self.hearing_id,
            edits: self.response_id,
            version: self.version,
            sections: self.section_answers(),
            text: self.text,
            on_behalf_of: self.on_behalf_of,
            attachments: files.into_iter().map(|file| file.shown_to(Some(author.account)).into_wire()).collect(),
            sender_as_shown: sender.unwrap_or_default(),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

impl AtVersion for DraftRow {
    fn version(&self) -> i64 {
        self.version
    }
}

/// An answer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = response, check_for_backend(diesel::pg::Pg), treat_none_as_null = true)]
pub(super) struct ResponseRow {
    pub(super) id: ResponseId,
    pub(super) version: i64,
    pub(super) hearing_id: HearingId,
    pub(super) draft_id: DraftId,
    pub(super) number: i32,
    pub(super) author_id: AccountId,
    pub(super) capacity: Capacity,
    pub(super) sender: Option<String>,
    pub(super) on_behalf_of: String,
    pub(super) text: String,
    pub(super) sections: Value,
    pub(super) terms_version: String,
    pub(super) sent_at: DateTime<Utc>,
    pub(super) edited_at: Option<DateTime<Utc>>,
    pub(super) withdrawn_at: Option<DateTime<Utc>>,
}

impl AtVersion for ResponseRow {
    fn version(&self) -> i64 {
        self.version
    }
}

impl ResponseRow {
    /// What a draft says when it is sent: a first version without a number.
    pub(super) fn sent(
        draft: DraftRow,
        sections: Value,
        author: &Actor,
        hearing: &HearingRow,
        terms_version: String,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id: ResponseId::new(now),
            version: 1,
            hearing_id: draft.hearing_id,
            draft_id: draft.id,
            number: 0,
            author_id: author.account,
            capacity: author.capacity,
            sender: rules::sender_as_shown(hearing.respondent_shown, &author.name, author.department.as_deref()),
            on_behalf_of: draft.on_behalf_of,
            text: draft.text,
            sections,
            terms_version,
            sent_at: now,
            edited_at: None,
            withdrawn_at: None,
        }
    }

    /// The draft that an edit of it begins with.
    pub(super) fn to_draft(&self, now: DateTime<Utc>) -> QueryResult<DraftRow> {
        let answers: Vec<SectionAnswer> = read_sections::<AnsweredSection>(&self.sections)
            .into_iter()
            .map(|answered| SectionAnswer { section: answered.section, text: answered.text })
            .collect();
        Ok(DraftRow {
            response_id: Some(self.id),
            text: self.text.clone(),
            sections: write_sections(&answers)?,
            on_behalf_of: self.on_behalf_of.clone(),
            ..DraftRow::empty(self.hearing_id, self.author_id, now)
        })
    }

    /// What it says, as it is kept when it says something else.
    pub(super) fn to_version(&self, now: DateTime<Utc>) -> VersionRow {
        VersionRow {
            response_id: self.id,
            version: self.version,
            draft_id: self.draft_id,
            sender: self.sender.clone(),
            on_behalf_of: self.on_behalf_of.clone(),
            text: self.text.clone(),
            sections: self.sections.clone(),
            terms_version: self.terms_version.clone(),
            sent_at: self.edited_at.unwrap_or(self.sent_at),
            replaced_at: now,
        }
    }

    pub(super) fn into_public(self, attachments: Vec<Attachment>) -> PublicResponse {
        PublicResponse {
            id: self.id,
            number: self.number,
            sent_at: self.sent_at,
            edited_at: self.edited_at,
            withdrawn_at: self.withdrawn_at,
            capacity: self.capacity,
            sender: self.sender,
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            sections: read_sections(&self.sections),
            attachments,
        }
    }

    pub(super) fn into_staff(
        self,
        respondent: Employee,
        access_revoked: bool,
        attachments: Vec<Attachment>,
    ) -> StaffResponse {
        StaffResponse {
            id: self.id,
            number: self.number,
            version: self.version,
            sent_at: self.sent_at,
            edited_at: self.edited_at,
            withdrawn_at: self.withdrawn_at,
            capacity: self.capacity,
            respondent,
            access_revoked,
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            sections: read_sections(&self.sections),
            attachments,
            terms_version: self.terms_version,
        }
    }

    pub(super) fn into_mine(self, hearing: HearingReference) -> MyResponse {
        MyResponse {
            id: self.id,
            hearing,
            number: self.number,
            sent_at: self.sent_at,
            edited_at: self.edited_at,
            withdrawn_at: self.withdrawn_at,
        }
    }

    pub(super) fn into_receipt(
        self,
        author: &Actor,
        hearing: &HearingRow,
        attachments: Vec<Attachment>,
        now: DateTime<Utc>,
    ) -> Receipt {
        Receipt {
            response: self.id,
            hearing: self.hearing_id,
            hearing_title: hearing.title.clone(),
            number: self.number,
            version: self.version,
            changeable: rules::change(&self, hearing, now).is_ok(),
            sent_at: self.sent_at,
            edited_at: self.edited_at,
            withdrawn_at: self.withdrawn_at,
            mailed_to: author.email.clone(),
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            sections: read_sections(&self.sections),
            attachments,
        }
    }
}

/// What an answer said before.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = response_version, check_for_backend(diesel::pg::Pg))]
pub(super) struct VersionRow {
    pub(super) response_id: ResponseId,
    pub(super) version: i64,
    pub(super) draft_id: DraftId,
    pub(super) sender: Option<String>,
    pub(super) on_behalf_of: String,
    pub(super) text: String,
    pub(super) sections: Value,
    pub(super) terms_version: String,
    pub(super) sent_at: DateTime<Utc>,
    pub(super) replaced_at: DateTime<Utc>,
}

impl VersionRow {
    pub(super) fn into_wire(self, attachments: Vec<Attachment>) -> ResponseVersion {
        ResponseVersion {
            version: self.version,
            sent_at: self.sent_at,
            replaced_at: self.replaced_at,
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            sections: read_sections(&self.sections),
            attachments,
        }
    }
}

// Written by `write_sections` alone, so that it always reads back.
fn read_sections<T: DeserializeOwned>(stored: &Value) -> Vec<T> {
    Vec::deserialize(stored).unwrap_or_default()
}

pub(super) fn write_sections(answers: &[impl Serialize]) -> Result<Value, diesel::result::Error> {
    serde_json::to_value(answers).map_err(|error| diesel::result::Error::SerializationError(error.into()))
}
