//! Erasing what the log keeps of a person, without a word of the log being changed.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::AccountId,
};

use super::{Entry, Who, record_as};
use crate::{
    db::{Connection, schema::audit_value},
    http::Origin,
};

/// Erases the personal values that entries have of a person, with the salts without which the entries' digests of them
/// tell nothing; gives their number. The entries stay, and stay provable. The erasing is an entry of its own, unless there
/// was nothing to erase.
///
/// # Errors
/// When the database fails; then nothing is erased.
pub async fn erase_values(
    conn: &mut Connection,
    who: Option<Who>,
    origin: &Origin,
    person: AccountId,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        let values = audit_value::table.filter(audit_value::person_id.eq(person));
        let erased = diesel::delete(values).execute(conn).await?;
        if erased > 0 {
            let entry = Entry::new(AuditAction::ValuesErased, AuditObject::Account).object_id(person).count(erased);
            record_as(conn, who, origin, entry, now).await?;
        }
        Ok(erased)
    })
    .await
}
