//! Logging in and out over HTTP.

use actix_web::{HttpRequest, HttpResponse, delete, get, http::header, post, web::Data};
use openapi::session::{LoginProviders, LoginRequest, Session};

use super::{Actor, Caller, actions, queries};
use crate::{
    http::{Answer, ApiError, Fresh, Json, Origin, cookies::new_token, csrf},
    ports::identity::IdentityProvider,
    seed::demo_people,
    service::Service,
};

/// Who is logged in
///
/// Answers everybody: without a log-in there is no `account`. Gives the CSRF token for everything that is not a `GET`,
/// and keeps a session that is in use alive.
#[utoipa::path(tag = "Session", security(()), responses((status = 200, description = "The session", body = Session)))]
#[get("/session")]
pub(super) async fn get_session(request: HttpRequest, caller: Caller, service: Data<Service>) -> Answer<HttpResponse> {
    let cookies = service.cookies();
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
/// With a built-in account. The session comes as an `HttpOnly` cookie and is a new one at every log-in; after it, send
/// the new `csrfToken`; the session the cookie named before ends. Failures are throttled per user name and address, and
/// do not tell whether the name or the password was wrong.
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
    let session_before = service.cookies().session(&request);
    let token = actions::log_in(&service, login, session_before.as_deref(), &origin).await?;
    let mut conn = service.connection().await?;
    let actor = queries::actor(&mut conn, &token, service.sessions(), origin, service.now()).await?;
    let actor = actor.ok_or_else(|| ApiError::internal("a session was gone as soon as it was made"))?;
    let mut reply = answer(&service, Some(&actor), &token);
    reply.response.cookie(service.cookies().set_session(&token));
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
    Ok(HttpResponse::NoContent().cookie(service.cookies().remove_session()).finish())
}

/// The ways to log in
///
/// In the demonstration also the made-up people one can be.
#[utoipa::path(tag = "Session", security(()), responses((status = 200, description = "The ways", body = LoginProviders)))]
#[get("/session/providers")]
pub(super) async fn list_login_providers(service: Data<Service>) -> Answer<Fresh<LoginProviders>> {
    let providers = service.identity_provider().map(IdentityProvider::describe).into_iter().collect();
    let demo_people = if service.is_demo() { demo_people() } else { Vec::new() };
    Ok(Fresh(LoginProviders { providers, demo_people }))
}

struct Reply {
    response: actix_web::HttpResponseBuilder,
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
        csrf_token: csrf::token(token),
        expires_at: actor.map(|actor| actor.expires_at),
        now: service.now(),
    };
    Reply { response: HttpResponse::Ok(), session }
}
