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
pub(super) struct EntryRow {
    pub(super) id: AuditEntryId,
    pub(super) occurred_at: DateTime<Utc>,
    pub(super) actor_id: Option<AccountId>,
    pub(super) capacity: Option<Capacity>,
    pub(super) action: AuditAction,
    pub(super) outcome: AuditOutcome,
    pub(super) object: AuditObject,
    pub(super) object_id: Option<String>,
    pub(super) hearing_id: Option<HearingId>,
    pub(super) request_id: Option<Uuid>,
    pub(super) source: Option<String>,
    pub(super) count: i32,
    pub(super) changes: Value,
}

/// A personal value beside its entry.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_value, check_for_backend(diesel::pg::Pg))]
pub(super) struct ValueRow {
    pub(super) entry_id: AuditEntryId,
    pub(super) field: String,
    pub(super) old_value: Option<String>,
    pub(super) new_value: Option<String>,
}

impl EntryRow {
    /// What changed, with the personal values that are still there.
    pub(super) fn changes(&self, values: &[ValueRow]) -> Vec<AuditChange> {
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
