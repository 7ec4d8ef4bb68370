//! Logging in and out over HTTP.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, delete, get, http::header, post, web::Data};
use openapi::session::{LoginProviders, LoginRequest, Session};

use super::actions;
use crate::{
    http::{
        Answer, ApiError, Fresh, Json, Origin,
        cookies::{Cookies, csrf_token, new_token},
    },
    identity::{Actor, Caller, LogIn, Require, queries},
    ports::identity::IdentityProvider,
    service::Service,
};

/// Who is logged in
///
/// Answers everybody: without a login there is no `account`. Gives the CSRF token for everything that is not a `GET`,
/// and keeps a session that is in use alive.
#[utoipa::path(tag = "Session", security(()), responses((status = 200, description = "The session", body = Session)))]
#[get("/session")]
pub(super) async fn get_session(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answer<HttpResponse> {
    let cookies = Cookies::of(&service);
    match (caller.actor, cookies.session(&request)) {
        (Some(actor), Some(token)) => Ok(answer(&service, Some(&actor), &token).finish_json()),
        (_, stale) => {
            // An ended session's cookie goes, and a visit gets a token of its own to log in with.
            let visit = cookies.visit(&request).unwrap_or_else(new_token);
            let mut reply = answer(&service, None, &visit);
            reply.response.cookie(cookies.set_visit(&visit));
            if stale.is_some() {
                reply.response.cookie(cookies.remove_session());
            }
            Ok(reply.finish_json())
        }
    }
}

/// Log in
///
/// With a built-in account. The session comes as an `HttpOnly` cookie and is a new one at every login; after it, send
/// the new `csrfToken`; the session the cookie named before ends. Failures are
/// throttled per account and address and do not tell whether the name or the password was wrong. After too many,
/// `Retry-After` says when the next attempt is looked at. A second cookie remembers the device: there, failures elsewhere
/// do not count.
#[utoipa::path(
    tag = "Session",
    security(("csrf" = [])),
    request_body = LoginRequest,
    responses(
        (status = 200, description = "Logged in", body = Session),
        (status = 401, description = "`session.bad_credentials`"),
        (status = 429, description = "`session.throttled`"),
    )
)]
#[post("/session/login")]
pub(super) async fn create_session(
    request: HttpRequest,
    origin: Origin,
    service: Data<Service>,
    Json(login): Json<LoginRequest>,
) -> Answer<HttpResponse> {
    let cookies = Cookies::of(&service);
    let browser = actions::Browser { session: cookies.session(&request), device: cookies.device(&request) };
    let tokens = actions::log_in(&service, login, &browser, &origin).await?;
    let mut conn = service.connection().await?;
    let actor = queries::actor(&mut conn, &tokens.session, service.sessions(), origin, service.now()).await?;
    let actor = actor.ok_or_else(|| ApiError::internal("a session was gone as soon as it was made"))?;
    let mut reply = answer(&service, Some(&actor), &tokens.session);
    reply.response.cookie(cookies.set_session(&tokens.session)).cookie(cookies.set_device(&tokens.device));
    Ok(reply.finish_json())
}

/// Log out
///
/// Ends the session at once, on every server. Without a session there is nothing to end, and that is fine too.
#[utoipa::path(tag = "Session", security(("session" = [], "csrf" = [])), responses((status = 204, description = "Logged out")))]
#[delete("/session")]
pub(super) async fn delete_session(caller: Caller, service: Data<Service>) -> Answer<HttpResponse> {
    if let Some(actor) = caller.actor {
        let mut conn = service.connection().await?;
        actions::log_out(&mut conn, &actor, service.now()).await?;
    }
    Ok(logged_out(&service).finish())
}

/// Log out everywhere
///
/// Ends all sessions of the caller at once, on every device and every server, and forgets the devices.
#[utoipa::path(tag = "Session", security(("session" = [], "csrf" = [])), responses((status = 204, description = "Logged out")))]
#[delete("/sessions")]
pub(super) async fn delete_sessions(asker: Require<LogIn>, service: Data<Service>) -> Answer<HttpResponse> {
    let mut conn = service.connection().await?;
    actions::log_out_everywhere(&mut conn, &asker).await?;
    Ok(logged_out(&service).cookie(Cookies::of(&service).remove_device()).finish())
}

/// Without its cookie a browser has no session. Nor has it what an earlier version let it keep. What the page keeps by
/// itself is the page's to throw away: words that are not saved yet are there too.
fn logged_out(service: &Service) -> HttpResponseBuilder {
    let mut reply = HttpResponse::NoContent();
    reply.cookie(Cookies::of(service).remove_session()).insert_header(("Clear-Site-Data", "\"cache\""));
    reply
}

/// The ways to log in
///
/// In the demonstration also the made-up people one can be.
#[utoipa::path(tag = "Session", security(()), responses((status = 200, description = "The ways", body = LoginProviders)))]
#[get("/session/providers")]
pub(super) async fn list_login_providers(service: Data<Service>) -> Answer<Fresh<LoginProviders>> {
    let providers = service.identity_provider().map(IdentityProvider::describe).into_iter().collect();
    let demo_people = service.demo_people().to_vec();
    Ok(Fresh(LoginProviders { providers, demo_people }))
}

struct Reply {
    response: HttpResponseBuilder,
    session: Session,
}

impl Reply {
    fn finish_json(mut self) -> HttpResponse {
        self.response.insert_header((header::CACHE_CONTROL, "no-store")).json(self.session)
    }
}

fn answer(service: &Service, actor: Option<&Actor>, token: &str) -> Reply {
    let session = Session {
        account: actor.map(Actor::to_wire),
        csrf_token: csrf_token(token),
        expires_at: actor.map(|actor| actor.expires_at),
        now: service.now(),
    };
    Reply { response: HttpResponse::Ok(), session }
}
