//! The operations, each said once: its method and path, and the client's method with what it is called with and what comes
//! back.

pub(super) mod attachments;
pub(super) mod catalogue;
pub(super) mod hearings;
pub(super) mod responses;
pub(super) mod service;
pub(super) mod session;

use std::fmt::Display;

use serde::Serialize;

use super::{Error, Request, operations::Operation};
use crate::{
    BASE_PATH, CSRF_HEADER,
    attachments::{FILE_PART, Upload},
};

const JSON: &str = "application/json";

/// A thing that may have been there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent<T> {
    /// The thing.
    pub item: T,
    /// Whether this call made it.
    pub created: bool,
}

/// One call before it becomes a request.
pub(super) struct Call {
    operation: Operation,
    path: String,
    query: Result<String, String>,
    headers: Vec<(&'static str, String)>,
    body: Option<Result<Vec<u8>, String>>,
    media_type: String,
}

impl Call {
    fn new(operation: Operation) -> Self {
        let path = format!("{BASE_PATH}{}", operation.path);
        Self { operation, path, query: Ok(String::new()), headers: Vec::new(), body: None, media_type: JSON.to_owned() }
    }

    /// Fills the next `{}` of the path. Ids and names need no escaping.
    fn at(mut self, part: impl Display) -> Self {
        self.path = self.path.replacen("{}", &part.to_string(), 1);
        self
    }

    fn query(mut self, query: &impl Serialize) -> Self {
        self.query = serde_html_form::to_string(query).map_err(|error| error.to_string());
        self
    }

    fn body(mut self, body: &impl Serialize) -> Self {
        self.body = Some(serde_json::to_vec(body).map_err(|error| error.to_string()));
        self
    }

    /// Sends a file. The boundary is made of the key, which is nowhere else and so not in the file.
    fn upload(mut self, upload: &Upload, key: &str) -> Self {
        // As browsers write names.
        let name = upload.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let disposition = format!("Content-Disposition: form-data; name=\"{FILE_PART}\"; filename=\"{name}\"");
        let mut body = format!("--{key}\r\n{disposition}\r\n\r\n").into_bytes();
        body.extend_from_slice(&upload.file);
        body.extend_from_slice(format!("\r\n--{key}--\r\n").as_bytes());
        self.body = Some(Ok(body));
        self.media_type = format!("multipart/form-data; boundary={key}");
        self
    }

    /// Names the version that was read.
    fn version(mut self, version: i64) -> Self {
        self.headers.push(("If-Match", format!("\"v{version}\"")));
        self
    }

    fn key(mut self, key: &str) -> Self {
        self.headers.push(("Idempotency-Key", key.to_owned()));
        self
    }

    pub(super) fn into_request(self, csrf_token: Option<&str>) -> Result<Request, Error> {
        let unexpected = |reason| Error::Unexpected { status: 0, reason };
        let query = self.query.map_err(unexpected)?;
        let body = self.body.transpose().map_err(unexpected)?;
        let mut headers = self.headers;
        headers.push(("Accept", "application/json, application/problem+json".to_owned()));
        if body.is_some() {
            headers.push(("Content-Type", self.media_type));
        }
        if let (Some(token), true) = (csrf_token, self.operation.method != super::Method::Get) {
            headers.push((CSRF_HEADER, token.to_owned()));
        }
        let address = if query.is_empty() { self.path } else { format!("{}?{query}", self.path) };
        Ok(Request { method: self.operation.method, address, headers, body })
    }
}

type Answer<A> = Result<A, Error>;

/// Declares operations: a constant with method and path, and the client's method of the operation's name. Of each argument
/// it is said where it goes (`at` the next `{}` of the path, `version`, `key`, `query`, `body`), and of the reply whether
/// it is read as JSON, fetched as it is, or empty. What no such line can say is written by hand below: there only the
/// constant is declared.
macro_rules! operations {
    (
        $(
            $(#[$doc:meta])*
            $constant:ident = $method:ident $path:literal,
            $name:ident($($part:ident $argument:ident: $type:ty),* $(,)?) $reply:ident $gives:ty;
        )+
        $(@by_hand $($also:ident = $also_method:ident $also_path:literal, $also_name:ident;)+)?
    ) => {
        $(
            #[doc = concat!("`", stringify!($name), "`: ", $path)]
            pub const $constant: $crate::client::operations::Operation = $crate::client::operations::Operation {
                id: stringify!($name),
                method: $crate::client::Method::$method,
                path: $path,
            };
        )+
        $($(
            #[doc = concat!("`", stringify!($also_name), "`: ", $also_path)]
            pub const $also: $crate::client::operations::Operation = $crate::client::operations::Operation {
                id: stringify!($also_name),
                method: $crate::client::Method::$also_method,
                path: $also_path,
            };
        )+)?

        /// All of them.
        pub(in crate::client) const ALL: &[$crate::client::operations::Operation] = &[$($constant,)+ $($($also,)+)?];

        impl<T: Transport> Client<T> {
            $(
                $(#[$doc])*
                pub async fn $name(&self, $($argument: $type),*) -> Answer<$gives> {
                    $crate::client::calls::operations!(@$reply self, Call::new($constant)$(.$part($argument))*)
                }
            )+
        }
    };
    (@reads $client:ident, $call:expr) => {
        $client.read($call).await
    };
    (@fetches $client:ident, $call:expr) => {
        $client.fetch($call).await
    };
    (@ends $client:ident, $call:expr) => {
        $client.call($call).await.map(drop)
    };
}

use operations;
