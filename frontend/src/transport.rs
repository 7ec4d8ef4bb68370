//! Carries the contract's client over the browser's `fetch`. A request that is refused because the session has changed is
//! sent once more when it is still the same person's, and was carried out neither time before.

use std::{cell::Cell, rc::Rc};

use chrono::{DateTime, Utc};
use gloo_net::http::RequestBuilder;
use openapi::{
    CSRF_HEADER,
    client::{self, Client, Method, Reply, Request, Transport, operations::GET_SESSION},
    ids::AccountId,
    problem::ProblemCode,
    session::Session,
};
use serde::de::IgnoredAny;
use web_sys::AbortController;
use yew::Callback;

use crate::clock;

/// The contract's client, as the page uses it.
pub type Api = Client<Fetch>;

/// Sends requests with the browser's `fetch` and tells the session what it sees on the way.
#[derive(Clone, Debug)]
pub struct Fetch {
    owner: Option<AccountId>,
    last_answer: Rc<Cell<Option<DateTime<Utc>>>>,
    on_session: Callback<Session>,
}

impl Fetch {
    /// A transport for nobody yet. It tells which session there is when the one that is known here is refused.
    pub fn new(on_session: Callback<Session>) -> Fetch {
        Fetch { owner: None, last_answer: Rc::default(), on_session }
    }

    /// The same for the requests of one person, which are never sent again as another's.
    #[must_use]
    pub fn of(&self, owner: Option<AccountId>) -> Fetch {
        Fetch { owner, ..self.clone() }
    }

    /// When the service last answered: each answer keeps the session alive.
    pub fn last_answer(&self) -> Option<DateTime<Utc>> {
        self.last_answer.get()
    }

    /// Takes note of an answer, also of one that came another way. Where it refuses the session that is known here, asks
    /// which one there is, and gives the CSRF token to send the request with once more; none when that is no use.
    pub async fn look_at(&self, reply: &Reply) -> Option<String> {
        self.last_answer.set(Some(clock::now()));
        let refusal = refusal_of_session(reply)?;
        let asked = Request { method: Method::Get, address: GET_SESSION.address(&[]), headers: vec![], body: None };
        let session: Session = client::read(exchange(asked).await.ok()?).ok()?;
        let is_worth_it = is_worth_repeating(self.owner, refusal, &session);
        let token = session.csrf_token.clone();
        self.on_session.emit(session);
        is_worth_it.then_some(token)
    }
}

/// Why a reply refused the session, if it did.
fn refusal_of_session(reply: &Reply) -> Option<ProblemCode> {
    if !matches!(reply.status, 401 | 403) {
        return None;
    }
    let refusal = client::read::<IgnoredAny>(reply.clone()).err()?;
    [ProblemCode::SessionRequired, ProblemCode::CsrfRefused].into_iter().find(|code| refusal.is(*code))
}

/// Whether a refused request of `owner` may be sent again in the session there is now.
fn is_worth_repeating(owner: Option<AccountId>, refusal: ProblemCode, session: &Session) -> bool {
    match (owner, session.account.as_ref()) {
        // Logging in is all that nobody does.
        (None, _) => refusal == ProblemCode::CsrfRefused,
        (Some(owner), Some(account)) => owner == account.id,
        (Some(_), None) => false,
    }
}

impl Transport for Fetch {
    async fn send(&self, request: Request) -> Result<Reply, String> {
        let reply = exchange(request.clone()).await?;
        let Some(token) = self.look_at(&reply).await else { return Ok(reply) };
        // The same request, with its idempotency key, under the token of now.
        let mut again = request;
        for (_, value) in again.headers.iter_mut().filter(|(name, _)| *name == CSRF_HEADER) {
            value.clone_from(&token);
        }
        let reply = exchange(again).await?;
        self.last_answer.set(Some(clock::now()));
        Ok(reply)
    }
}

async fn exchange(request: Request) -> Result<Reply, String> {
    let abort = AbortOnDrop::new()?;
    let signal = abort.0.signal();
    let mut builder = RequestBuilder::new(&request.address)
        .method(match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Patch => gloo_net::http::Method::PATCH,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .abort_signal(Some(&signal));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let request = match request.body {
        Some(body) => {
            let body = String::from_utf8(body).map_err(|error| error.to_string())?;
            builder.body(body)
        }
        None => builder.build(),
    };
    let response = request.map_err(|error| error.to_string())?.send().await.map_err(|error| error.to_string())?;
    let status = response.status();
    let body = response.binary().await.map_err(|error| error.to_string())?;
    Ok(Reply { status, body })
}

/// Stops the request when nobody waits for its answer any more.
struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    fn new() -> Result<AbortOnDrop, String> {
        AbortController::new().map(AbortOnDrop).map_err(|error| format!("{error:?}"))
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use openapi::{
        problem::Problem,
        session::{Capacity, SessionAccount},
    };

    use super::*;

    const METTE: &str = "01938a5e-0000-7000-8000-000000000001";
    const POUL: &str = "01938a5e-0000-7000-8000-000000000002";

    fn session(account: Option<&str>) -> Session {
        let account = account.map(|id| SessionAccount {
            id: id.parse().unwrap(),
            name: "Mette".to_owned(),
            email: "mette@eksempel-kommune.dk".to_owned(),
            department: None,
            capacity: Capacity::Employee,
            roles: Vec::new(),
        });
        let now = DateTime::UNIX_EPOCH;
        Session { account, csrf_token: "ny".to_owned(), expires_at: None, now }
    }

    #[test]
    fn a_request_is_repeated_for_the_same_person_alone() {
        let mette = METTE.parse().ok();
        for refusal in [ProblemCode::CsrfRefused, ProblemCode::SessionRequired] {
            assert!(is_worth_repeating(mette, refusal, &session(Some(METTE))));
            assert!(!is_worth_repeating(mette, refusal, &session(Some(POUL))), "never as another person");
            assert!(!is_worth_repeating(mette, refusal, &session(None)));
        }
        assert!(is_worth_repeating(None, ProblemCode::CsrfRefused, &session(None)), "a login with an old cookie");
        assert!(!is_worth_repeating(None, ProblemCode::SessionRequired, &session(None)));
    }

    #[test]
    fn only_refusals_of_the_session_are_asked_about() {
        let reply =
            |status: u16, code: ProblemCode| Reply { status, body: serde_json::to_vec(&Problem::new(code)).unwrap() };
        assert_eq!(refusal_of_session(&reply(403, ProblemCode::CsrfRefused)), Some(ProblemCode::CsrfRefused));
        assert_eq!(refusal_of_session(&reply(401, ProblemCode::SessionRequired)), Some(ProblemCode::SessionRequired));
        assert_eq!(
            refusal_of_session(&reply(401, ProblemCode::BadCredentials)),
            None,
            "a wrong password is tried once"
        );
        assert_eq!(refusal_of_session(&reply(403, ProblemCode::Forbidden)), None);
        assert_eq!(refusal_of_session(&Reply { status: 200, body: b"{}".to_vec() }), None);
    }
}
