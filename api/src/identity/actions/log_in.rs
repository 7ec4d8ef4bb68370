//! Logging in, whoever the identity provider is.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::SessionId,
    session::LoginRequest,
};

use super::account::bring_up_to_date;
use crate::{
    audit::{self, Entry},
    db::{
        Connection,
        schema::{account, session},
    },
    http::{Origin, cookies::new_token},
    identity::{
        Error, queries,
        throttle::{self, Attempt},
    },
    ports::identity::{Identity, IdentityError, Proof},
    service::Service,
};

/// Logs in and gives the session's token, which is stored nowhere. The session that the browser had before ends.
///
/// No connection is held while the identity provider thinks: that may take long, and others want to read.
///
/// # Errors
/// [`Error::Throttled`] after too many failures, [`Error::Provider`] when the provider vouches for nobody.
pub(in crate::identity) async fn log_in(
    service: &Service,
    login: LoginRequest,
    session_before: Option<&str>,
    origin: &Origin,
) -> Result<String, Error> {
    let provider = service.identity_provider().ok_or(Error::SwitchedOff)?;
    let LoginRequest { username, password } = login;
    let attempt = Attempt::new(service, &username, origin);
    throttle::count(&mut *service.connection().await?, &attempt, service.now()).await?;
    match provider.examine(Proof::Password { username, password }).await {
        Ok(identity) => {
            let mut conn = service.connection().await?;
            throttle::forgive(&mut conn, &attempt).await?;
            Ok(open_session(&mut conn, &identity, session_before, origin, service.now()).await?)
        }
        Err(error) => {
            turn_away(service, &attempt, &error, origin).await?;
            Err(Error::Provider(error))
        }
    }
}

/// Notes a wrong proof. What failed for another reason was no guess.
async fn turn_away(service: &Service, attempt: &Attempt, error: &IdentityError, origin: &Origin) -> Result<(), Error> {
    let mut conn = service.connection().await?;
    let IdentityError::Refused { account } = error else {
        return Ok(throttle::give_back(&mut conn, attempt).await?);
    };
    let refusal = match account {
        Some(account) => Entry::new(AuditAction::LoginFailed, AuditObject::Account).object_id(account),
        None => Entry::new(AuditAction::LoginFailed, AuditObject::Session).object_id(attempt.name()),
    };
    Ok(audit::tally(&mut conn, refusal, None, origin, service.now()).await?)
}

async fn open_session(
    conn: &mut Connection,
    identity: &Identity,
    session_before: Option<&str>,
    origin: &Origin,
    now: DateTime<Utc>,
) -> QueryResult<String> {
    let (id, token) = (SessionId::new(now), new_token());
    let hash = queries::token_hash(&token);
    let who = audit::Who { account: identity.account, capacity: identity.capacity };
    conn.transaction(async |conn| {
        bring_up_to_date(conn, identity, origin, now).await?;
        end_session(conn, session_before, now).await?;
        diesel::insert_into(session::table)
            .values((
                session::id.eq(id),
                session::token_hash.eq(hash),
                session::account_id.eq(identity.account),
                session::capacity.eq(identity.capacity),
                session::created_at.eq(now),
                session::last_used_at.eq(now),
            ))
            .execute(conn)
            .await?;
        diesel::update(account::table)
            .filter(account::id.eq(identity.account))
            .set(account::last_login_at.eq(now))
            .execute(conn)
            .await?;
        let entry = Entry::new(AuditAction::LoggedIn, AuditObject::Session).object_id(id);
        audit::record_as(conn, Some(who), origin, entry, now).await?;
        Ok(token)
    })
    .await
}

/// Ends the session that the browser had: its cookie is overwritten, and nobody could end it afterwards.
async fn end_session(conn: &mut Connection, token: Option<&str>, now: DateTime<Utc>) -> QueryResult<()> {
    let Some(token) = token else { return Ok(()) };
    diesel::update(session::table)
        .filter(session::token_hash.eq(queries::token_hash(token)))
        .filter(session::revoked_at.is_null())
        .set(session::revoked_at.eq(now))
        .execute(conn)
        .await?;
    Ok(())
}
