//! Whether a personal value that is not there was erased: each erasure leaves an entry that says whose values they were
//! and how many.

use std::collections::HashMap;

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, QueryResult, data_types::PgTimestamp};
use diesel_async::RunQueryDsl;
use openapi::{audit::AuditAction, ids::AccountId};
use uuid::Uuid;

use super::{Finding, Findings};
use crate::{
    audit::seal::canonical::LoggedEntry,
    db::{
        Connection,
        schema::{audit_entry, audit_seal},
    },
};

/// The erasures that entries tell of, by person, and what is missing.
pub(super) struct Erasures {
    told: HashMap<String, Vec<Erasure>>,
    missing: HashMap<AccountId, u64>,
}

/// An entry of an erasure: whose values, when, at which position, and how many.
type Told = (Option<String>, Option<PgTimestamp>, Option<i64>, i32);

struct Erasure {
    recorded_at: Option<PgTimestamp>,
    /// Where it is sealed; nowhere yet when it waits for its seal.
    position: Option<i64>,
    count: i32,
}

impl Erasure {
    /// Whether the values of this entry can be among those that it erased: it has to come later.
    fn comes_after(&self, position: i64, entry: &LoggedEntry) -> bool {
        match (entry.recorded_at, self.recorded_at) {
            (Some(recorded), Some(erased)) => recorded.0 <= erased.0,
            _ => self.position.is_none_or(|erased| position < erased),
        }
    }
}

impl Erasures {
    /// All that the log tells of.
    pub(super) async fn load(conn: &mut Connection) -> QueryResult<Self> {
        let rows: Vec<Told> = audit_entry::table
            .left_join(audit_seal::table.on(audit_seal::entry_id.eq(audit_entry::id)))
            .filter(audit_entry::action.eq(AuditAction::ValuesErased.as_str()))
            .select((
                audit_entry::object_id,
                audit_entry::recorded_at,
                audit_seal::position.nullable(),
                audit_entry::count,
            ))
            .load(conn)
            .await?;
        let mut told: HashMap<String, Vec<Erasure>> = HashMap::new();
        for (person, recorded_at, position, count) in rows {
            told.entry(person.unwrap_or_default()).or_default().push(Erasure { recorded_at, position, count });
        }
        Ok(Self { told, missing: HashMap::new() })
    }

    /// Whether an erasure accounts for a value of this entry that is not there. `person`: whose it was, where that is an
    /// account; `None` where the entry does not tell, as old ones do not.
    pub(super) fn explain(&mut self, position: i64, entry: &LoggedEntry, person: Option<Option<AccountId>>) -> bool {
        let comes_after = |erasure: &Erasure| erasure.comes_after(position, entry);
        match person {
            None => self.told.values().flatten().any(comes_after),
            Some(None) => false,
            Some(Some(person)) => {
                let told = self.told.get(&person.to_string());
                let explained = told.is_some_and(|erasures| erasures.iter().any(comes_after));
                if explained {
                    *self.missing.entry(person).or_default() += 1;
                }
                explained
            }
        }
    }

    /// Names the persons of whom more is missing than was told.
    pub(super) fn compare(&self, findings: &mut Findings) {
        for (person, missing) in &self.missing {
            let erasures = self.told.get(&person.to_string()).into_iter().flatten();
            let told = erasures.map(|erasure| u64::try_from(erasure.count).unwrap_or_default()).sum();
            if *missing > told {
                let person: Uuid = person.0;
                findings.add(Finding::ErasedMore { person, missing: *missing, told });
            }
        }
    }
}
