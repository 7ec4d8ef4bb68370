//! One typed client for everything that speaks Rust: the page over the browser's `fetch`, the tests over a socket.
//!
//! It knows addresses, headers and types; a [`Transport`] only carries bytes. Each method is one operation of
//! `openapi.json`, under the same name.

mod calls;
pub mod operations;

use serde::de::DeserializeOwned;

pub use self::calls::Sent;
use crate::problem::Problem;

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes or acts.
    Post,
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
    /// The JSON body.
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

    /// What carries the bytes.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    async fn call(&self, call: calls::Call) -> Result<Reply, Error> {
        let request = call.into_request(self.csrf_token.as_deref())?;
        let reply = self.transport.send(request).await.map_err(Error::Unreachable)?;
        match reply.status {
            200..=299 => Ok(reply),
            status => Err(match serde_json::from_slice::<Problem>(&reply.body) {
                Ok(problem) => Error::Problem(Box::new(problem)),
                Err(error) => Error::Unexpected { status, reason: error.to_string() },
            }),
        }
    }

    async fn read<A: DeserializeOwned>(&self, call: calls::Call) -> Result<A, Error> {
        let reply = self.call(call).await?;
        serde_json::from_slice(&reply.body)
            .map_err(|error| Error::Unexpected { status: reply.status, reason: error.to_string() })
    }
}
