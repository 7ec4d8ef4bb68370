//! Single requests, to find out what there is to measure.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use ureq::{Agent, http::Response};

/// What browsers say they can unpack.
pub(super) const ACCEPT_ENCODING: &str = "gzip, deflate, br";

/// Somebody who asks a server: nobody known, or whoever the cookie belongs to.
#[derive(Debug, Clone)]
pub(super) struct Visitor {
    agent: Agent,
    base: String,
    cookie: Option<String>,
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Visitor {
    /// A visitor of the server at `base` (`http://127.0.0.1:8080`).
    pub(super) fn new(base: &str, cookie: Option<String>) -> Self {
        let config =
            Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(30))).build();
        Self { agent: config.into(), base: base.to_owned(), cookie }
    }

    /// The headers that all of the visitor's requests have.
    pub(super) fn headers(&self) -> Vec<(&'static str, String)> {
        let cookie = self.cookie.iter().map(|cookie| ("Cookie", cookie.clone()));
        cookie.chain([("Accept-Encoding", ACCEPT_ENCODING.to_owned())]).collect()
    }

    /// The answer as a browser would get it, compressed as it is.
    pub(super) fn get(&self, path: &str) -> Result<Answer> {
        self.call(path, &self.headers())
    }

    /// An answer's JSON.
    pub(super) fn json(&self, path: &str) -> Result<Value> {
        let cookie: Vec<_> = self.headers().into_iter().filter(|(name, _)| *name == "Cookie").collect();
        let answer = self.call(path, &cookie)?;
        if answer.status != 200 {
            bail!("{path} answers {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        serde_json::from_slice(&answer.body).with_context(|| format!("{path} is not JSON"))
    }

    /// Writes JSON; tells the answer's status.
    pub(super) fn post(&self, path: &str, headers: &[(&'static str, String)], body: &str) -> Result<u16> {
        let mut request = self.agent.post(format!("{}{path}", self.base)).header("Content-Type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        Ok(request.send(body).with_context(|| format!("{path} does not answer"))?.status().as_u16())
    }

    fn call(&self, path: &str, headers: &[(&str, String)]) -> Result<Answer> {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response: Response<_> = request.call().with_context(|| format!("{path} does not answer"))?;
        let (head, mut body) = response.into_parts();
        let headers = head
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        Ok(Answer { status: head.status.as_u16(), headers: headers.collect(), body: body.read_to_vec()? })
    }
}
