//! One typed client for everything that speaks Rust: the page over the browser's `fetch`, the tests over a socket.
//!
//! It knows addresses, headers and types; a [`Transport`] only carries bytes. Each method is one operation of
//! `openapi.json`, under the same name.

mod calls;
pub mod operations;

use serde::de::DeserializeOwned;

pub use self::calls::Sent;
use crate::{
    enums::reading_answer,
    problem::{Problem, ProblemCode},
};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes or acts.
    Post,
    /// Puts something in the place of what is there.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method's name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A request on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query, from the root of the service: `/api/v1/hearings?limit=20`.
    pub address: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body: JSON, or a file on its way in. The headers say which.
    pub body: Option<Vec<u8>>,
}

/// An answer as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Carries bytes to the service and back. Cookies are its business.
#[allow(async_fn_in_trait, reason = "the page's futures live on one thread and cannot be `Send`")]
pub trait Transport {
    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    /// A sentence for a log, when no answer came.
    async fn send(&self, request: Request) -> Result<Reply, String>;
}

/// Why a call gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The service refused or failed and said why.
    #[error("{}: {}", .0.code, .0.detail)]
    Problem(Box<Problem>),
    /// No answer came: the network, or the service is away.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// An answer came that is not in the contract.
    #[error("unexpected answer with status {status}: {reason}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
        /// What was unexpected.
        reason: String,
    },
}

impl Error {
    /// The problem, when the service named one.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Unreachable(_) | Self::Unexpected { .. } => None,
        }
    }

    /// Whether the service refused for this reason.
    #[must_use]
    pub fn is(&self, code: ProblemCode) -> bool {
        self.problem().is_some_and(|problem| problem.code == code)
    }
}

/// The client. Cheap to make; holds what goes into every request.
#[derive(Debug, Clone)]
pub struct Client<T> {
    transport: T,
    csrf_token: Option<String>,
}

impl<T: Transport> Client<T> {
    /// A client that sends no CSRF header yet: enough to ask for the session.
    pub fn new(transport: T) -> Self {
        Self { transport, csrf_token: None }
    }

    /// The same with the token of [`crate::session::Session`].
    #[must_use]
    pub fn with_csrf_token(mut self, token: impl Into<String>) -> Self {
        self.csrf_token = Some(token.into());
        self
    }

    /// That token, for requests that go another way.
    #[must_use]
    pub fn csrf_token(&self) -> Option<&str> {
        self.csrf_token.as_deref()
    }

    /// What carries the bytes.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    async fn call(&self, call: calls::Call) -> Result<Reply, Error> {
        let request = call.into_request(self.csrf_token.as_deref())?;
        accepted(self.transport.send(request).await.map_err(Error::Unreachable)?)
    }

    async fn fetch(&self, call: calls::Call) -> Result<Vec<u8>, Error> {
        Ok(self.call(call).await?.body)
    }

    async fn read<A: DeserializeOwned>(&self, call: calls::Call) -> Result<A, Error> {
        parse(&self.call(call).await?)
    }
}

/// What an answer says that came another way: an upload, whose progress is shown.
///
/// # Errors
/// As a call's.
pub fn read<A: DeserializeOwned>(reply: Reply) -> Result<A, Error> {
    parse(&accepted(reply)?)
}

fn accepted(reply: Reply) -> Result<Reply, Error> {
    match reply.status {
        200..=299 => Ok(reply),
        _ => Err(parse(&reply).map_or_else(|error| error, |problem: Problem| Error::Problem(Box::new(problem)))),
    }
}

/// Reads an answer's body.
fn parse<A: DeserializeOwned>(reply: &Reply) -> Result<A, Error> {
    reading_answer(|| serde_json::from_slice(&reply.body))
        .map_err(|error| Error::Unexpected { status: reply.status, reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::*;
    use crate::session::GlobalRole;

    /// A service that always says the same.
    struct Says(u16, &'static str);

    impl Transport for Says {
        async fn send(&self, _: Request) -> Result<Reply, String> {
            Ok(Reply { status: self.0, body: self.1.as_bytes().to_vec() })
        }
    }

    fn at_once<T>(call: impl Future<Output = T>) -> T {
        match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("the transport of these tests never waits"),
        }
    }

    #[test]
    fn an_answer_of_a_newer_server_is_read() {
        let newer = r#"{
            "account": {"id": "01938a5e-0000-7000-8000-000000000001", "name": "Mette", "email": "m@x.dk",
                "capacity": "robot", "roles": ["emperor", "auditor"], "more": true},
            "csrfToken": "t", "now": "2026-11-23T09:00:00Z"
        }"#;
        let account = at_once(Client::new(Says(200, newer)).get_session()).unwrap().account.unwrap();
        assert_eq!(account.roles, [GlobalRole::Unknown, GlobalRole::Auditor]);
    }

    #[test]
    fn a_refusal_for_a_reason_that_is_unknown_here_is_still_a_refusal() {
        let newer = r#"{"type": "urn:agora:problem:hearing.asleep", "title": "Asleep", "status": 409,
            "detail": "The hearing sleeps.", "instance": "r1", "code": "hearing.asleep"}"#;
        let error = at_once(Client::new(Says(409, newer)).get_session()).unwrap_err();
        assert!(error.is(ProblemCode::Unknown), "{error:?}");
        assert_eq!(error.problem().map(|problem| problem.status), Some(409));
    }
}
