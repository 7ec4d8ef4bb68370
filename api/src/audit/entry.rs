//! Writing an entry.

#![allow(clippy::too_many_arguments, reason = "a function in the database has as many as the columns it writes")]

use chrono::{DateTime, Utc};
use diesel::{
    QueryResult, define_sql_function,
    sql_types::{Array, Binary, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid},
};
use diesel_async::RunQueryDsl;
use openapi::{
    audit::{AuditAction, AuditObject, AuditOutcome},
    ids::{AccountId, AuditEntryId, HearingId},
    session::Capacity,
};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

use crate::{db::Connection, http::Origin, identity::Actor};

/// Who did it, in what role.
#[derive(Debug, Clone, Copy)]
pub struct Who {
    /// The account.
    pub account: AccountId,
    /// In what role.
    pub capacity: Capacity,
}

/// What was done, before it is known when and by whom.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(super) action: AuditAction,
    pub(super) outcome: AuditOutcome,
    pub(super) object: AuditObject,
    pub(super) object_id: Option<String>,
    pub(super) hearing: Option<HearingId>,
    pub(super) count: i32,
    changes: Vec<Change>,
}

/// The field whose values are accounts' ids.
pub(crate) const ACCOUNT: &str = "account";

/// One field's change.
#[derive(Debug, Clone)]
pub struct Change {
    field: &'static str,
    old: Option<String>,
    new: Option<String>,
    personal: bool,
    person: Option<AccountId>,
}

impl Change {
    /// A decision, kept in the entry itself: a date, a setting.
    pub fn decision(field: &'static str, old: Option<impl ToString>, new: Option<impl ToString>) -> Self {
        let (old, new) = (old.map(|old| old.to_string()), new.map(|new| new.to_string()));
        Self { field, old, new, personal: false, person: None }
    }

    /// That something was given to a person, or taken: the account's id, which readers see as the person's name.
    #[must_use]
    pub fn account(old: Option<AccountId>, new: Option<AccountId>) -> Self {
        Self::decision(ACCOUNT, old, new)
    }

    /// A personal value, kept beside the entry and erasable. `person`: whose it is, where that is an account.
    #[must_use]
    pub fn personal(field: &'static str, old: Option<String>, new: Option<String>, person: Option<AccountId>) -> Self {
        Self { field, old, new, personal: true, person }
    }

    /// A text that is kept elsewhere: that it changed, not what it says.
    #[must_use]
    pub fn text(field: &'static str) -> Self {
        Self { field, old: None, new: None, personal: false, person: None }
    }
}

impl Entry {
    /// Something that was done to an object.
    #[must_use]
    pub fn new(action: AuditAction, object: AuditObject) -> Self {
        Self {
            action,
            outcome: AuditOutcome::Done,
            object,
            object_id: None,
            hearing: None,
            count: 1,
            changes: Vec::new(),
        }
    }

    /// Something that was done to a hearing itself.
    #[must_use]
    pub fn on_hearing(action: AuditAction, hearing: HearingId) -> Self {
        Self::new(action, AuditObject::Hearing).object_id(hearing).hearing(hearing)
    }

    /// The same on this very object.
    #[must_use]
    pub fn object_id(mut self, id: impl ToString) -> Self {
        self.object_id = Some(id.to_string());
        self
    }

    /// The same as part of a hearing.
    #[must_use]
    pub fn hearing(mut self, hearing: HearingId) -> Self {
        self.hearing = Some(hearing);
        self
    }

    /// The same with what changed.
    #[must_use]
    pub fn changes(mut self, changes: Vec<Change>) -> Self {
        self.changes = changes;
        self
    }

    /// The same with a filter that what was read had to pass. Nothing when there was none.
    #[must_use]
    pub fn filter(mut self, field: &'static str, value: Option<impl ToString>) -> Self {
        self.changes.extend(value.map(|value| Change::decision(field, None::<&str>, Some(value))));
        self
    }

    /// The same with a filter that takes one of several values. Nothing when there was none.
    #[must_use]
    pub fn filter_any<T: ToString>(self, field: &'static str, values: &[T]) -> Self {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        self.filter(field, (!values.is_empty()).then(|| values.join(", ")))
    }

    /// The same with a text that was searched for, which may be a person's name. Nothing when there was none.
    #[must_use]
    pub fn search(mut self, field: &'static str, text: Option<&str>) -> Self {
        self.changes.extend(text.map(|text| Change::personal(field, None, Some(text.to_owned()), None)));
        self
    }

    /// The same for so many rows or events.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = i32::try_from(count).unwrap_or(i32::MAX);
        self
    }
}

/// What an entry keeps of a change. Of a personal value only a salted digest: the value and the salt lie beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredChange {
    pub(super) field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) old: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) new: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) personal: bool,
    /// Whose the personal value is, where that is an account. Absent from entries written before it was kept here.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub(super) person: Option<Option<AccountId>>,
}

/// Tells `null` from absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<AccountId>>, D::Error> {
    Deserialize::deserialize(deserializer).map(Some)
}

/// What an entry keeps of a personal value, in hexadecimal.
pub(super) fn personal_digest(salt: &[u8], value: &str) -> String {
    hex::encode(Sha256::new().chain_update(salt).chain_update(value).finalize())
}

define_sql_function! {
    /// The service's role adds to the log by this alone: the database itself writes when, and by which transaction.
    fn audit_record(
        id: Uuid, occurred_at: Timestamptz, actor_id: Nullable<Uuid>, capacity: Nullable<Text>, action: Text,
        outcome: Text, object: Text, object_id: Nullable<Text>, hearing_id: Nullable<Uuid>, request_id: Nullable<Uuid>,
        source: Nullable<Text>, count: Integer, changes: Jsonb, fields: Array<Text>, persons: Array<Nullable<Uuid>>,
        olds: Array<Nullable<Text>>, news: Array<Nullable<Text>>, salts: Array<Binary>
    ) -> Timestamptz;
}

/// Writes an entry, in the transaction of what it tells about.
///
/// # Errors
/// When the database fails; then what it tells about must not happen either.
pub async fn record(conn: &mut Connection, actor: &Actor, entry: Entry, now: DateTime<Utc>) -> QueryResult<()> {
    let who = Who { account: actor.account, capacity: actor.capacity };
    record_as(conn, Some(who), &actor.origin, entry, now).await
}

/// Writes an entry for an actor other than the caller: the service itself, or a person who is just logging in.
///
/// # Errors
/// As [`record`].
pub async fn record_as(
    conn: &mut Connection,
    who: Option<Who>,
    origin: &Origin,
    entry: Entry,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let mut values = Values::default();
    let mut stored = Vec::with_capacity(entry.changes.len());
    for change in entry.changes {
        stored.push(if change.personal { values.keep(change) } else { kept_in_the_entry(change) });
    }
    let changes =
        serde_json::to_value(stored).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let Values { fields, persons, olds, news, salts } = values;
    let write = audit_record(
        AuditEntryId::new(now),
        now,
        who.map(|who| who.account),
        who.map(|who| who.capacity),
        entry.action,
        entry.outcome,
        entry.object,
        entry.object_id,
        entry.hearing,
        origin.request_id,
        origin.source.as_deref(),
        entry.count,
        changes,
        fields,
        persons,
        olds,
        news,
        salts,
    );
    diesel::select(write).get_result::<DateTime<Utc>>(conn).await.map(|_| ())
}

/// Personal values of one entry, by columns.
#[derive(Default)]
struct Values {
    fields: Vec<&'static str>,
    persons: Vec<Option<AccountId>>,
    olds: Vec<Option<String>>,
    news: Vec<Option<String>>,
    salts: Vec<Vec<u8>>,
}

impl Values {
    /// Keeps a personal value beside the entry; gives what the entry keeps of it.
    fn keep(&mut self, change: Change) -> StoredChange {
        let Change { field, old, new, person, .. } = change;
        let salt: [u8; 16] = rand::random();
        let digest = |value: &String| personal_digest(&salt, value);
        let stored = StoredChange {
            field: field.to_owned(),
            old: old.as_ref().map(digest),
            new: new.as_ref().map(digest),
            personal: true,
            person: Some(person),
        };
        self.fields.push(field);
        self.persons.push(person);
        self.olds.push(old);
        self.news.push(new);
        self.salts.push(salt.to_vec());
        stored
    }
}

fn kept_in_the_entry(Change { field, old, new, .. }: Change) -> StoredChange {
    StoredChange { field: field.to_owned(), old, new, personal: false, person: None }
}
