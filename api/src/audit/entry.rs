//! Writing an entry.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryResult};
use diesel_async::RunQueryDsl;
use openapi::{
    audit::{AuditAction, AuditObject, AuditOutcome},
    ids::{AccountId, AuditEntryId, HearingId},
    session::Capacity,
};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    db::{
        Connection,
        schema::{audit_entry, audit_unsealed, audit_value},
    },
    http::Origin,
    identity::Actor,
};

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
pub(super) const ACCOUNT: &str = "account";

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

    /// That something was given to somebody, or taken: the account's id, which readers see as the person's name.
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

    /// The same with a text that was searched for, which may be somebody's name. Nothing when there was none.
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
pub(super) struct StoredChange {
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

/// Writes an entry, in the transaction of what it tells about.
///
/// # Errors
/// When the database fails; then what it tells about must not happen either.
pub async fn record(conn: &mut Connection, actor: &Actor, entry: Entry, now: DateTime<Utc>) -> QueryResult<()> {
    let who = Who { account: actor.account, capacity: actor.capacity };
    record_as(conn, Some(who), &actor.origin, entry, now).await
}

/// Writes an entry for somebody who is not the caller: the service itself, or somebody who is just logging in.
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
    let id = AuditEntryId::new(now);
    let mut values = Vec::new();
    let mut stored = Vec::with_capacity(entry.changes.len());
    for change in entry.changes {
        if !change.personal {
            let Change { field, old, new, .. } = change;
            stored.push(StoredChange { field: field.to_owned(), old, new, personal: false, person: None });
            continue;
        }
        let salt: [u8; 16] = rand::random();
        let digest = |value: &String| personal_digest(&salt, value);
        stored.push(StoredChange {
            field: change.field.to_owned(),
            old: change.old.as_ref().map(digest),
            new: change.new.as_ref().map(digest),
            personal: true,
            person: Some(change.person),
        });
        values.push((
            audit_value::entry_id.eq(id),
            audit_value::field.eq(change.field),
            audit_value::person_id.eq(change.person),
            audit_value::old_value.eq(change.old),
            audit_value::new_value.eq(change.new),
            audit_value::salt.eq(salt.to_vec()),
        ));
    }
    let changes =
        serde_json::to_value(stored).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let entry = diesel::insert_into(audit_entry::table).values((
        audit_entry::id.eq(id),
        audit_entry::occurred_at.eq(now),
        audit_entry::actor_id.eq(who.map(|who| who.account)),
        audit_entry::capacity.eq(who.map(|who| who.capacity)),
        audit_entry::action.eq(entry.action),
        audit_entry::outcome.eq(entry.outcome),
        audit_entry::object.eq(entry.object),
        audit_entry::object_id.eq(entry.object_id),
        audit_entry::hearing_id.eq(entry.hearing),
        audit_entry::request_id.eq(origin.request_id),
        audit_entry::source.eq(&origin.source),
        audit_entry::count.eq(entry.count),
        audit_entry::changes.eq(changes),
    ));
    // Both on the way before the first is answered: that an entry waits for its seal costs no wait.
    let waiting = diesel::insert_into(audit_unsealed::table).values(audit_unsealed::entry_id.eq(id));
    let shared: &Connection = conn;
    let written = tokio::try_join!(entry.execute(&mut &*shared), waiting.execute(&mut &*shared))?;
    if written != (1, 1) {
        // A trigger that somebody made can swallow rows without an error.
        return Err(diesel::result::Error::QueryBuilderError("an audit entry was not written".into()));
    }
    if !values.is_empty() {
        diesel::insert_into(audit_value::table).values(values).execute(conn).await?;
    }
    Ok(())
}
