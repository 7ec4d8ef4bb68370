//! Carries the contract's client over the browser's `fetch`.

use std::{cell::Cell, rc::Rc};

use chrono::{DateTime, Utc};
use gloo_net::http::RequestBuilder;
use openapi::client::{Client, Method, Reply, Request, Transport};
use web_sys::AbortController;
use yew::Callback;

use crate::clock;

/// The contract's client, as the page uses it.
pub type Api = Client<Fetch>;

/// Sends requests with the browser's `fetch` and tells the session what it sees on the way.
#[derive(Clone, Debug)]
pub struct Fetch {
    last_answer: Rc<Cell<Option<DateTime<Utc>>>>,
    on_unauthorised: Callback<()>,
}

impl Fetch {
    /// A transport that tells when the service no longer knows who is calling.
    pub fn new(on_unauthorised: Callback<()>) -> Fetch {
        Fetch { last_answer: Rc::default(), on_unauthorised }
    }

    /// When the service last answered: each answer keeps the session alive.
    pub fn last_answer(&self) -> Option<DateTime<Utc>> {
        self.last_answer.get()
    }

    /// Takes note of an answer with this status, also of one that came another way.
    pub fn take_note(&self, status: u16) {
        self.last_answer.set(Some(clock::now()));
        if status == 401 {
            self.on_unauthorised.emit(());
        }
    }
}

impl Transport for Fetch {
    async fn send(&self, request: Request) -> Result<Reply, String> {
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
        self.take_note(status);
        Ok(Reply { status, body })
    }
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
