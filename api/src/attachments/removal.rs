//! When contents may be removed: never while a backup is being made.

use diesel::{QueryResult, define_sql_function, sql_types};
use diesel_async::RunQueryDsl;

use crate::db::Connection;

/// The advisory lock that a backup has while it lasts. What removes contents shares it, so that a content which the dump
/// knows of is still there when it is copied.
pub const BACKUP_LOCK: i64 = 0x6167_6f72_615f_626b;

define_sql_function! {
    /// Whether the lock is had now; it goes with the transaction.
    fn pg_try_advisory_xact_lock_shared(key: sql_types::BigInt) -> sql_types::Bool;
}

/// Whether contents may be removed now. Asked in the transaction that removes.
pub(super) async fn is_allowed(conn: &mut Connection) -> QueryResult<bool> {
    diesel::select(pg_try_advisory_xact_lock_shared(BACKUP_LOCK)).get_result(conn).await
}
