//! Logging out, here or everywhere.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::audit::{AuditAction, AuditObject};

use super::account::end_all_sessions;
use crate::{
    audit::{self, Entry},
    db::{Connection, schema::session},
    identity::{Actor, LogIn, Refusal, Require},
    login::{Error, queries},
};

/// Ends a session before its time.
///
/// # Errors
/// When the database fails.
pub(in crate::login) async fn log_out(conn: &mut Connection, actor: &Actor, now: DateTime<Utc>) -> Result<(), Error> {
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

/// Ends all sessions of the caller before their time.
///
/// # Errors
/// [`Refusal::NobodyLoggedIn`] when the caller's own has ended meanwhile; when the database fails.
pub(in crate::login) async fn log_out_everywhere(conn: &mut Connection, asker: &Require<LogIn>) -> Result<(), Refusal> {
    conn.transaction(async |conn| {
        queries::lock(conn, asker.account).await?;
        let asker = asker.again(conn).await?;
        let sessions = end_all_sessions(conn, asker.account, asker.now()).await?;
        let entry = Entry::new(AuditAction::LoggedOutEverywhere, AuditObject::Account).object_id(asker.account);
        audit::record(conn, &asker, entry.count(sessions), asker.now()).await?;
        Ok(())
    })
    .await
}
