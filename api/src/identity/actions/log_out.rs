//! Logging out.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::audit::{AuditAction, AuditObject};

use crate::{
    audit::{self, Entry},
    db::{Connection, schema::session},
    identity::{Actor, Error},
};

/// Ends a session before its time.
///
/// # Errors
/// When the database fails.
pub(in crate::identity) async fn log_out(
    conn: &mut Connection,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        diesel::update(session::table.find(actor.session))
            .filter(session::revoked_at.is_null())
            .set(session::revoked_at.eq(now))
            .execute(conn)
            .await?;
        let entry = Entry::new(AuditAction::LoggedOut, AuditObject::Session).object_id(actor.session);
        audit::record(conn, actor, entry, now).await?;
        Ok(())
    })
    .await
}
