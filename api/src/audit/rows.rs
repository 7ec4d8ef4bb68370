//! Entries as they lie in the database.

use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use openapi::{
    audit::{AuditAction, AuditChange, AuditObject, AuditOutcome},
    ids::{AccountId, AuditEntryId, HearingId},
    session::Capacity,
};
use serde_json::Value;
use uuid::Uuid;

use super::entry::StoredChange;
use crate::db::schema::{audit_entry, audit_value};

/// An entry.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_entry, check_for_backend(diesel::pg::Pg))]
pub(crate) struct EntryRow {
    pub(crate) id: AuditEntryId,
    pub(crate) occurred_at: DateTime<Utc>,
    pub(crate) actor_id: Option<AccountId>,
    pub(crate) capacity: Option<Capacity>,
    pub(crate) action: AuditAction,
    pub(crate) outcome: AuditOutcome,
    pub(crate) object: AuditObject,
    pub(crate) object_id: Option<String>,
    pub(crate) hearing_id: Option<HearingId>,
    pub(crate) request_id: Option<Uuid>,
    pub(crate) source: Option<String>,
    pub(crate) count: i32,
    pub(crate) changes: Value,
}

/// A personal value beside its entry.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_value, check_for_backend(diesel::pg::Pg))]
pub(crate) struct ValueRow {
    pub(crate) entry_id: AuditEntryId,
    pub(crate) field: String,
    pub(crate) old_value: Option<String>,
    pub(crate) new_value: Option<String>,
}

impl EntryRow {
    /// The account it is about.
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.object_id.as_deref().filter(|_| self.object == AuditObject::Account)?.parse().ok()
    }

    /// What changed, with the personal values that are still there.
    pub(crate) fn changes(&self, values: &[ValueRow]) -> Vec<AuditChange> {
        let stored: Vec<StoredChange> = serde_json::from_value(self.changes.clone()).unwrap_or_default();
        stored.into_iter().map(|change| self.change(change, values)).collect()
    }

    fn change(&self, change: StoredChange, values: &[ValueRow]) -> AuditChange {
        let StoredChange { field, old, new, personal, .. } = change;
        if !personal {
            return AuditChange { field, old, new, erased: false };
        }
        match values.iter().find(|value| value.entry_id == self.id && value.field == field) {
            Some(value) => {
                AuditChange { field, old: value.old_value.clone(), new: value.new_value.clone(), erased: false }
            }
            None => AuditChange { field, old: None, new: None, erased: true },
        }
    }
}
