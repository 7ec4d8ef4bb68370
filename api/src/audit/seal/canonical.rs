//! An entry as bytes: what is sealed.
//!
//! Different entries give different bytes, and the same entry gives the same bytes in every version of this service and
//! of PostgreSQL. A format is every column in this order, each as the byte 0 for null, or the byte 1 and the value's
//! bytes behind their number. All numbers are big-endian, numbers of bytes and of members have 64 bits. Format 1 is of
//! entries from before the database recorded when it wrote them: they have not the last two columns, and where one has
//! them all the same, another hand put them there, and they are among its bytes.
//!
//! | Column | Value |
//! |---|---|
//! | `id` | 16 bytes |
//! | `occurred_at` | microseconds since 1 January 2000 in UTC, 64 bits |
//! | `actor_id` | 16 bytes |
//! | `capacity`, `action`, `outcome`, `object`, `object_id` | UTF-8 |
//! | `hearing_id`, `request_id` | 16 bytes |
//! | `source` | UTF-8 |
//! | `count` | 32 bits |
//! | `changes` | JSON, as below |
//! | `recorded_at` | as `occurred_at`; from format 2 on |
//! | `transaction_id` | 64 bits; from format 2 on |
//!
//! JSON is `n` for null, `t`, `f`, `s` with the text's bytes behind their number, `a` with the members behind their
//! number, `o` with names and members, sorted by name, behind their number. The service writes no numbers into
//! `changes`, because one number has many spellings; should there be one all the same, or anything else that cannot be
//! read, the whole is `x` with the text that PostgreSQL gives.

use diesel::{
    Queryable, Selectable,
    data_types::PgTimestamp,
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    sql_types::Jsonb,
};
use serde_json::Value;
use uuid::Uuid;

use crate::db::schema::audit_entry;

/// The format described above that seals are made in.
pub(super) const FORMAT: i32 = 2;

/// An entry as it lies in the database, whatever stands in it: another hand may have put there what this service never
/// would, and it must be read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = audit_entry, check_for_backend(Pg))]
pub(super) struct LoggedEntry {
    pub(super) id: Uuid,
    pub(super) occurred_at: PgTimestamp,
    pub(super) actor_id: Option<Uuid>,
    pub(super) capacity: Option<String>,
    pub(super) action: String,
    pub(super) outcome: String,
    pub(super) object: String,
    pub(super) object_id: Option<String>,
    pub(super) hearing_id: Option<Uuid>,
    pub(super) request_id: Option<Uuid>,
    pub(super) source: Option<String>,
    pub(super) count: i32,
    pub(super) changes: JsonText,
    pub(super) recorded_at: Option<PgTimestamp>,
    pub(super) transaction_id: Option<i64>,
}

/// A `jsonb` value as PostgreSQL writes it.
#[derive(Debug, Clone, PartialEq, Eq, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
pub(super) struct JsonText(pub(super) String);

impl FromSql<Jsonb, Pg> for JsonText {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        match value.as_bytes().split_first() {
            Some((1, text)) => Ok(Self(String::from_utf8(text.to_vec())?)),
            _ => Err("jsonb in a version that nobody knows".into()),
        }
    }
}

impl LoggedEntry {
    /// The entry's bytes in a format.
    pub(super) fn canonical(&self, format: i32) -> Vec<u8> {
        let mut bytes = Bytes::default();
        bytes.field(Some(self.id.as_bytes()));
        bytes.field(Some(&self.occurred_at.0.to_be_bytes()));
        bytes.field(self.actor_id.as_ref().map(Uuid::as_bytes));
        bytes.field(self.capacity.as_ref());
        bytes.field(Some(&self.action));
        bytes.field(Some(&self.outcome));
        bytes.field(Some(&self.object));
        bytes.field(self.object_id.as_ref());
        bytes.field(self.hearing_id.as_ref().map(Uuid::as_bytes));
        bytes.field(self.request_id.as_ref().map(Uuid::as_bytes));
        bytes.field(self.source.as_ref());
        bytes.field(Some(&self.count.to_be_bytes()));
        bytes.field(Some(&self.changes.canonical()));
        if format > 1 || self.recorded_at.is_some() || self.transaction_id.is_some() {
            bytes.field(self.recorded_at.map(|at| at.0.to_be_bytes()));
            bytes.field(self.transaction_id.map(i64::to_be_bytes));
        }
        bytes.0
    }
}

impl JsonText {
    fn canonical(&self) -> Vec<u8> {
        let mut bytes = Bytes::default();
        let read = serde_json::from_str(&self.0).ok().and_then(|value: Value| bytes.json(&value));
        if read.is_none() {
            bytes = Bytes::default();
            bytes.tagged(b'x', &self.0);
        }
        bytes.0
    }
}

/// Bytes that can be taken apart again in one way only.
#[derive(Debug, Default)]
pub(super) struct Bytes(pub(super) Vec<u8>);

impl Bytes {
    /// A value, or that there is none.
    pub(super) fn field(&mut self, value: Option<impl AsRef<[u8]>>) {
        match value {
            None => self.0.push(0),
            Some(value) => self.tagged(1, value),
        }
    }

    fn tagged(&mut self, tag: u8, value: impl AsRef<[u8]>) {
        self.0.push(tag);
        self.counted(value.as_ref());
    }

    fn counted(&mut self, value: &[u8]) {
        self.number(value.len());
        self.0.extend_from_slice(value);
    }

    fn number(&mut self, number: usize) {
        self.0.extend_from_slice(&(number as u64).to_be_bytes());
    }

    /// Nothing when there is a number in it.
    fn json(&mut self, value: &Value) -> Option<()> {
        match value {
            Value::Null => self.0.push(b'n'),
            Value::Bool(true) => self.0.push(b't'),
            Value::Bool(false) => self.0.push(b'f'),
            Value::Number(_) => return None,
            Value::String(text) => self.tagged(b's', text),
            Value::Array(members) => {
                self.0.push(b'a');
                self.number(members.len());
                members.iter().try_for_each(|member| self.json(member))?;
            }
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                self.0.push(b'o');
                self.number(members.len());
                for (name, member) in members {
                    self.counted(name.as_bytes());
                    self.json(member)?;
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
