//! Drafts and answers as they lie in the database, and their ways to the wire: one for the public, one for staff.

use chrono::{DateTime, Utc};
use diesel::{Insertable, Queryable, Selectable};
use openapi::{
    drafts::{Draft, SectionAnswer},
    employees::Employee,
    hearings::RespondentShown,
    ids::{AccountId, DraftId, HearingId, ResponseId},
    responses::{PublicResponse, Receipt, StaffResponse},
    session::Capacity,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Error, rules};
use crate::{
    db::schema::{draft, response},
    identity::Actor,
};

/// A draft.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = draft, check_for_backend(diesel::pg::Pg))]
pub(super) struct DraftRow {
    pub(super) id: DraftId,
    pub(super) version: i64,
    pub(super) hearing_id: HearingId,
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
            author_id: author,
            text: String::new(),
            sections: Value::Array(Vec::new()),
            on_behalf_of: String::new(),
            created_at: now,
            updated_at: now,
        }
    }

    /// Passes when the current version was read.
    pub(super) fn at_version(self, version: i64) -> Result<Self, Error> {
        if self.version == version { Ok(self) } else { Err(Error::Stale { current: self.version }) }
    }

    pub(super) fn section_answers(&self) -> Vec<SectionAnswer> {
        read_sections(&self.sections)
    }

    pub(super) fn into_wire(self, author: &Actor, shown: RespondentShown) -> Draft {
        let sender = rules::sender_as_shown(shown, &author.name, author.department.as_deref());
        Draft {
            id: self.id,
            hearing: self.hearing_id,
            version: self.version,
            sections: self.section_answers(),
            text: self.text,
            on_behalf_of: self.on_behalf_of,
            sender_as_shown: sender.unwrap_or_default(),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// An answer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = response, check_for_backend(diesel::pg::Pg))]
pub(super) struct ResponseRow {
    pub(super) id: ResponseId,
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
}

impl ResponseRow {
    pub(super) fn into_public(self) -> PublicResponse {
        PublicResponse {
            id: self.id,
            number: self.number,
            sent_at: self.sent_at,
            capacity: self.capacity,
            sender: self.sender,
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            sections: read_sections(&self.sections),
        }
    }

    pub(super) fn into_staff(self, respondent: Employee) -> StaffResponse {
        StaffResponse {
            id: self.id,
            number: self.number,
            sent_at: self.sent_at,
            capacity: self.capacity,
            respondent,
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            sections: read_sections(&self.sections),
            terms_version: self.terms_version,
        }
    }

    pub(super) fn into_receipt(self, author: &Actor, hearing_title: String) -> Receipt {
        Receipt {
            response: self.id,
            hearing: self.hearing_id,
            hearing_title,
            number: self.number,
            sent_at: self.sent_at,
            mailed_to: author.email.clone(),
            on_behalf_of: self.on_behalf_of,
            text: self.text,
            sections: read_sections(&self.sections),
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
