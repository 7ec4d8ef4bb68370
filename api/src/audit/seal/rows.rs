//! Seals as they lie in the database.

use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable, data_types::PgTimestamp};
use openapi::audit::AuditHead;
use uuid::Uuid;

use crate::db::schema::audit_seal;

/// A seal, whatever stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = audit_seal, check_for_backend(diesel::pg::Pg))]
pub(super) struct Seal {
    /// The place in the chain, from 1: also how many entries have been sealed.
    pub(super) position: i64,
    pub(super) entry_id: Uuid,
    /// What ties it to the seal before.
    pub(super) mac: Vec<u8>,
    pub(super) sealed_at: PgTimestamp,
    pub(super) format: i32,
    pub(super) key_id: String,
    /// Of the entry.
    pub(super) digest: Vec<u8>,
    /// Whether nothing else waited when it was made: what comes behind it and is older by far came later.
    pub(super) caught_up: bool,
}

impl Seal {
    /// What is shown of it outside of the database.
    pub(super) fn head(&self) -> AuditHead {
        AuditHead { position: self.position, mac: hex::encode(&self.mac), sealed_at: instant(self.sealed_at) }
    }
}

/// 1 January 2000, from which PostgreSQL counts, in microseconds since 1970.
const EPOCH: i64 = 946_684_800_000_000;

/// What PostgreSQL keeps as an instant. `infinity` and other times that chrono does not know become its first or last.
pub(super) fn instant(PgTimestamp(microseconds): PgTimestamp) -> DateTime<Utc> {
    let utmost = if microseconds < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    DateTime::from_timestamp_micros(microseconds.saturating_add(EPOCH)).unwrap_or(utmost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_kept_as_postgresql_counts() {
        let millennium: DateTime<Utc> = "2000-01-01T00:00:00.000001Z".parse().unwrap();
        assert_eq!(instant(PgTimestamp(1)), millennium);
    }

    #[test]
    fn infinity_can_be_read() {
        assert_eq!(instant(PgTimestamp(i64::MAX)), DateTime::<Utc>::MAX_UTC);
        assert_eq!(instant(PgTimestamp(i64::MIN)), DateTime::<Utc>::MIN_UTC);
    }
}
