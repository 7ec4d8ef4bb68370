//! Logging in, whoever the identity provider is.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::{AccountId, SessionId},
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
        Error, TokenHash, devices,
        throttle::{self, Attempt},
    },
    ports::identity::{Identity, IdentityError, Proof},
    service::Service,
};

/// What the browser had before: the tokens of its cookies.
#[derive(Debug)]
pub(in crate::identity) struct Browser {
    /// Of a session, which ends.
    pub(in crate::identity) session: Option<String>,
    /// Of the device.
    pub(in crate::identity) device: Option<String>,
}

/// The new tokens, which are stored nowhere.
#[derive(Debug)]
pub(in crate::identity) struct LoggedIn {
    /// Of the session.
    pub(in crate::identity) session: String,
    /// Of the device.
    pub(in crate::identity) device: String,
}

/// Logs in. The session that the browser had before ends.
///
/// No connection is held while the identity provider thinks: that may take long, and others want to read.
///
/// # Errors
/// [`Error::Throttled`] after too many failures, [`Error::Provider`] when the provider vouches for nobody.
pub(in crate::identity) async fn log_in(
    service: &Service,
    login: LoginRequest,
    browser: &Browser,
    origin: &Origin,
) -> Result<LoggedIn, Error> {
    let provider = service.identity_provider().ok_or(Error::SwitchedOff)?;
    let LoginRequest { username, password } = login;
    let account = provider.recognise(&username).await.map_err(Error::Provider)?;
    let began = service.now();
    let (attempt, on_known_device) = count(service, &username, account, browser, origin).await?;
    match provider.examine(Proof::Password { username, password, on_known_device }).await {
        Ok(identity) => {
            let mut conn = service.connection().await?;
            throttle::forgive(&mut conn, &attempt).await?;
            open_session(&mut conn, &identity, browser, origin, (began, service.now())).await
        }
        Err(error) => {
            turn_away(service, &attempt, &error, origin).await?;
            Err(Error::Provider(error))
        }
    }
}

/// Counts the attempt; tells too whether it comes from a device that the account is known on.
async fn count(
    service: &Service,
    username: &str,
    account: Option<AccountId>,
    browser: &Browser,
    origin: &Origin,
) -> Result<(Attempt, bool), Error> {
    let (mut conn, now) = (service.connection().await?, service.now());
    let device = browser.device.as_deref().map(TokenHash::of);
    let known = match &device {
        Some(device) => devices::knows(&mut conn, device, account, now).await?,
        None => false,
    };
    let attempt = Attempt::new(service, username, account, device.as_ref().filter(|_| known), origin);
    match throttle::count(&mut conn, &attempt, now).await {
        Ok(()) => Ok((attempt, known)),
        Err(error) => {
            if let Error::Throttled { .. } = error {
                audit::tally(&mut conn, entry(AuditAction::LoginThrottled, &attempt), None, origin, now).await?;
            }
            Err(error)
        }
    }
}

/// Notes a wrong proof. What failed for another reason was no guess.
async fn turn_away(service: &Service, attempt: &Attempt, error: &IdentityError, origin: &Origin) -> Result<(), Error> {
    let mut conn = service.connection().await?;
    if !matches!(error, IdentityError::Refused) {
        return Ok(throttle::give_back(&mut conn, attempt).await?);
    }
    let refusal = entry(AuditAction::LoginFailed, attempt);
    Ok(audit::tally(&mut conn, refusal, None, origin, service.now()).await?)
}

/// About the account that was tried, or the name that is nobody's.
fn entry(action: AuditAction, attempt: &Attempt) -> Entry {
    match attempt.account() {
        Some(account) => Entry::new(action, AuditObject::Account).object_id(account),
        None => Entry::new(action, AuditObject::Session).object_id(attempt.name()),
    }
}

async fn open_session(
    conn: &mut Connection,
    identity: &Identity,
    browser: &Browser,
    origin: &Origin,
    (began, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<LoggedIn, Error> {
    let (id, session, device) = (SessionId::new(now), new_token(), new_token());
    let hash = TokenHash::of(&session);
    let who = audit::Who { account: identity.account, capacity: identity.capacity };
    conn.transaction(async |conn| {
        // First, because it waits for whoever ends all sessions of the account at this moment.
        let let_in = account::logged_out_at.is_null().or(account::logged_out_at.assume_not_null().le(began));
        let noted = diesel::update(account::table)
            .filter(account::id.eq(identity.account).and(let_in))
            .set(account::last_login_at.eq(now))
            .execute(conn)
            .await?;
        if noted == 0 {
            return Err(Error::Provider(IdentityError::Refused));
        }
        bring_up_to_date(conn, identity, origin, now).await?;
        end_session(conn, browser.session.as_deref(), now).await?;
        diesel::insert_into(session::table)
            .values((
                session::id.eq(id),
                session::token_hash.eq(&hash.0),
                session::account_id.eq(identity.account),
                session::capacity.eq(identity.capacity),
                session::created_at.eq(now),
                session::last_used_at.eq(now),
            ))
            .execute(conn)
            .await?;
        devices::remember(conn, identity.account, browser.device.as_deref(), &device, now).await?;
        let entry = Entry::new(AuditAction::LoggedIn, AuditObject::Session).object_id(id);
        audit::record_as(conn, Some(who), origin, entry, now).await?;
        Ok(LoggedIn { session, device })
    })
    .await
}

/// Ends the session that the browser had: its cookie is overwritten, and nobody could end it afterwards.
async fn end_session(conn: &mut Connection, token: Option<&str>, now: DateTime<Utc>) -> QueryResult<()> {
    let Some(token) = token else { return Ok(()) };
    diesel::update(session::table)
        .filter(session::token_hash.eq(TokenHash::of(token).0))
        .filter(session::revoked_at.is_null())
        .set(session::revoked_at.eq(now))
        .execute(conn)
        .await?;
    Ok(())
}
