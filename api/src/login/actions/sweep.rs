//! Forgetting what has ended. That a person was logged in stays in the audit log.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryResult};
use diesel_async::RunQueryDsl;

use crate::{
    config::SessionRules,
    db::{Connection, schema::session},
    login::{devices, throttle},
};

/// Removes sessions that have ended, devices that are known no more and failures that do not count any more.
///
/// # Errors
/// When the database fails.
pub async fn sweep(conn: &mut Connection, rules: SessionRules, now: DateTime<Utc>) -> QueryResult<()> {
    let ended_by_disuse = session::last_used_at.le(rules.used_last_when_ending(now));
    let ended_by_age = session::created_at.le(rules.begun_when_ending(now));
    diesel::delete(session::table)
        .filter(ended_by_disuse.or(ended_by_age).or(session::revoked_at.is_not_null()))
        .execute(conn)
        .await?;
    devices::sweep(conn, now).await?;
    throttle::sweep(conn, now).await
}
