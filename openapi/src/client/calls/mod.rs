//! The operations as methods, each a line: what it is called with and what it answers.

mod attachments;
mod catalogue;
mod hearings;
mod responses;
mod service;
mod session;

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
