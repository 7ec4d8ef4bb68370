//! Comparing the personal values that are still there with what their entries keep of them.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, QueryResult, Queryable, Selectable, SelectableHelper};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{Finding, Report, erasures::Erasures};
use crate::{
    audit::{
        entry::{StoredChange, personal_digest},
        seal::canonical::LoggedEntry,
    },
    db::{Connection, schema::audit_value},
};

/// A personal value beside its entry.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = audit_value, check_for_backend(diesel::pg::Pg))]
pub(super) struct Value {
    entry_id: Uuid,
    field: String,
    person_id: Option<Uuid>,
    old_value: Option<String>,
    new_value: Option<String>,
    salt: Vec<u8>,
}

impl Value {
    /// Whether it is the one that the entry tells of.
    fn fits(&self, change: &StoredChange) -> bool {
        let digest = |value: &Option<String>| value.as_ref().map(|value| personal_digest(&self.salt, value));
        let is_the_persons = |person: Option<_>| person == self.person_id;
        digest(&self.old_value) == change.old
            && digest(&self.new_value) == change.new
            && change.person.is_none_or(|person| is_the_persons(person.map(|person| person.0)))
    }
}

/// The values of these entries, by entry.
pub(super) async fn of(conn: &mut Connection, entries: &[Uuid]) -> QueryResult<HashMap<Uuid, Vec<Value>>> {
    let values = audit_value::table.filter(audit_value::entry_id.eq_any(entries)).select(Value::as_select());
    let mut by_entry: HashMap<Uuid, Vec<Value>> = HashMap::new();
    for value in values.load(conn).await? {
        by_entry.entry(value.entry_id).or_default().push(value);
    }
    Ok(by_entry)
}

/// Compares an entry's values with what it keeps of them. A value that is not there any more must have been erased.
pub(super) fn check(
    position: i64,
    entry: &LoggedEntry,
    mut values: Vec<Value>,
    erasures: &mut Erasures,
    report: &mut Report,
) {
    let changes: Vec<StoredChange> = serde_json::from_str(&entry.changes.0).unwrap_or_default();
    for change in changes.into_iter().filter(|change| change.personal) {
        match values.iter().position(|value| value.field == change.field) {
            None if erasures.explain(position, entry, change.person) => report.erased += 1,
            None => report.findings.add(Finding::ValueMissing { position, entry: entry.id, field: change.field }),
            Some(place) if values.swap_remove(place).fits(&change) => {}
            Some(_) => report.findings.add(Finding::ValueChanged { position, entry: entry.id, field: change.field }),
        }
    }
    for value in values {
        report.findings.add(Finding::ValueAdded { position, entry: entry.id, field: value.field });
    }
}
