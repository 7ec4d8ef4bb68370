//! Logging in, whichever the identity provider is.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryResult};
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
    identity::TokenHash,
    login::{
        Error, devices, queries,
        throttle::{self, Attempt},
    },
    ports::identity::{Identity, IdentityError, Proof},
    service::Service,
};

/// What the browser had before: the tokens of its cookies.
#[derive(Debug)]
pub(in crate::login) struct Browser {
    /// Of a session, which ends.
    pub(in crate::login) session: Option<String>,
    /// Of the device.
    pub(in crate::login) device: Option<String>,
}

/// The new tokens, which are stored nowhere.
#[derive(Debug)]
pub(in crate::login) struct LoggedIn {
    /// Of the session.
    pub(in crate::login) session: String,
    /// Of the device.
    pub(in crate::login) device: String,
}

/// Logs in. The session that the browser had before ends.
///
/// No connection is held while the identity provider thinks: that may take long, and others want to read.
///
/// # Errors
/// [`Error::Throttled`] after too many failures, [`Error::Provider`] when the provider does not vouch for the caller, and
/// when all sessions of the account were ended meanwhile.
pub(in crate::login) async fn log_in(
    service: &Service,
    login: LoginRequest,
    browser: &Browser,
    origin: &Origin,
) -> Result<LoggedIn, Error> {
    let provider = service.identity_provider().ok_or(Error::SwitchedOff)?;
    let LoginRequest { username, password } = login;
    let account = provider.recognise(&username).await.map_err(Error::Provider)?;
    let Begun { attempt, on_known_device, sessions_ended } =
        begin(service, &username, account, browser, origin).await?;
    match provider.examine(Proof::Password { username, password, on_known_device }).await {
        Ok(identity) => {
            let mut conn = service.connection().await?;
            throttle::forgive(&mut conn, &attempt).await?;
            // A name that was given to another account meanwhile: what was read belongs to the former one.
            let sessions_ended = sessions_ended.filter(|_| attempt.account() == Some(identity.account));
            let sessions_ended = sessions_ended.ok_or(Error::Provider(IdentityError::Refused))?;
            open_session(&mut conn, &identity, sessions_ended, browser, origin, service.now()).await
        }
        Err(error) => {
            turn_away(service, &attempt, &error, origin).await?;
            Err(Error::Provider(error))
        }
    }
}

/// An attempt that was counted, and how things stood before its proof was examined.
struct Begun {
    attempt: Attempt,
    /// Whether it comes from a device that the account is known on.
    on_known_device: bool,
    /// How often all sessions of the account had been ended at once.
    sessions_ended: Option<i64>,
}

/// Counts the attempt.
async fn begin(
    service: &Service,
    username: &str,
    account: Option<AccountId>,
    browser: &Browser,
    origin: &Origin,
) -> Result<Begun, Error> {
    let (mut conn, now) = (service.connection().await?, service.now());
    let device = match &browser.device {
        Some(token) => devices::known(&mut conn, token, account, now).await?,
        None => None,
    };
    let attempt = Attempt::new(service, username, account, device, origin);
    match throttle::count(&mut conn, &attempt, now).await {
        Ok(()) => {
            let sessions_ended = queries::sessions_ended(&mut conn, account).await?;
            Ok(Begun { attempt, on_known_device: device.is_some(), sessions_ended })
        }
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

/// About the account that was tried, or the name that belongs to none.
fn entry(action: AuditAction, attempt: &Attempt) -> Entry {
    match attempt.account() {
        Some(account) => Entry::new(action, AuditObject::Account).object_id(account),
        None => Entry::new(action, AuditObject::Session).object_id(attempt.name()),
    }
}

async fn open_session(
    conn: &mut Connection,
    identity: &Identity,
    sessions_ended: i64,
    browser: &Browser,
    origin: &Origin,
    now: DateTime<Utc>,
) -> Result<LoggedIn, Error> {
    let (id, session, device) = (SessionId::new(now), new_token(), new_token());
    let hash = TokenHash::of(&session);
    let who = audit::Who { account: identity.account, capacity: identity.capacity };
    conn.transaction(async |conn| {
        // First, because it waits while all sessions of the account are being ended. What was examined before that opens
        // none. A number and no time: clocks are read before rows are waited for.
        let as_it_began = account::sessions_ended.eq(sessions_ended);
        let noted = diesel::update(account::table)
            .filter(account::id.eq(identity.account).and(as_it_began))
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

/// Ends the session that the browser had: its cookie is overwritten, and nothing could end it afterwards.
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
