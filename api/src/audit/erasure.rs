//! Erasing what the log keeps of a person, without a word of the log being changed.

use chrono::{DateTime, Utc};
use diesel::{
    QueryResult, define_sql_function,
    sql_types::{Nullable, Text, Timestamptz, Uuid},
};
use diesel_async::RunQueryDsl;
use openapi::ids::{AccountId, AuditEntryId};

use super::Who;
use crate::{db::Connection, http::Origin};

define_sql_function! {
    /// The service's role removes personal values by this alone, and it leaves its entry.
    fn audit_erase(
        entry_id: Uuid, occurred_at: Timestamptz, actor_id: Nullable<Uuid>, capacity: Nullable<Text>,
        request_id: Nullable<Uuid>, source: Nullable<Text>, person_id: Uuid
    ) -> BigInt;
}

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
    let erase = audit_erase(
        AuditEntryId::new(now),
        now,
        who.map(|who| who.account),
        who.map(|who| who.capacity),
        origin.request_id,
        origin.source.as_deref(),
        person,
    );
    let erased: i64 = diesel::select(erase).get_result(conn).await?;
    Ok(usize::try_from(erased).unwrap_or_default())
}
