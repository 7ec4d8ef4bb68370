//! Carries requests to the application under test and keeps cookies, as a browser would; also requests that the
//! contract's client would never make.

use std::{collections::BTreeMap, sync::Arc};

use openapi::{
    client::{Reply, Request, Transport},
    problem::{MEDIA_TYPE, Problem},
};
use parking_lot::Mutex;
use reqwest::{
    Method,
    header::{COOKIE, HeaderMap, SET_COOKIE},
};

/// The addresses that answered 5xx: a test that does not expect any has found a bug.
pub(crate) type Failures = Arc<Mutex<Vec<String>>>;

/// A way to the application with cookies of its own. Clones share them.
#[derive(Debug, Clone)]
pub struct Socket {
    http: reqwest::Client,
    base: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    failures: Failures,
}

/// An answer, whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value; empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text()))
    }

    /// The body as a problem document, which also says that it is one.
    #[must_use]
    pub fn problem(&self) -> Problem {
        assert_eq!(self.header("content-type"), MEDIA_TYPE, "status {}: {}", self.status, self.text());
        let problem: Problem = serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no problem document ({error}): {}", self.text()));
        assert_eq!(problem.status, self.status, "the document's status is the answer's");
        assert!(!problem.instance.is_empty(), "a problem names its request");
        problem
    }
}

impl Socket {
    pub(crate) fn new(http: reqwest::Client, base: String, failures: Failures) -> Self {
        Self { http, base, cookies: Arc::default(), failures }
    }

    /// Somebody else's way to the same application: without cookies.
    #[must_use]
    pub fn another(&self) -> Self {
        Self::new(self.http.clone(), self.base.clone(), Arc::clone(&self.failures))
    }

    /// The same browser at another server of the installation: `http://127.0.0.1:40123`.
    #[must_use]
    pub(crate) fn at(&self, server: &str) -> Self {
        Self { base: server.to_owned(), ..self.clone() }
    }

    /// Where the application listens: `http://127.0.0.1:40123`.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// A cookie's value.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().get(name).cloned()
    }

    /// Sets a cookie.
    pub fn set_cookie(&self, name: &str, value: impl Into<String>) {
        self.cookies.lock().insert(name.to_owned(), value.into());
    }

    /// Sends a request as it is and takes whatever answer comes.
    pub async fn request(&self, method: &str, address: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        let answer = self.try_request(method, address, headers, body).await;
        answer.unwrap_or_else(|error| panic!("{method} {address}: {error}"))
    }

    /// Sends a request to a server that may be gone.
    ///
    /// # Errors
    /// When no whole answer came.
    pub async fn try_request(
        &self,
        method: &str,
        address: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> reqwest::Result<Answer> {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self.http.request(method.clone(), format!("{}{address}", self.base));
        let cookies: Vec<String> = self.cookies.lock().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body.to_vec());
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for set in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            self.take_cookie(set);
        }
        let body = response.bytes().await?.to_vec();
        if status >= 500 {
            self.failures.lock().push(format!("{method} {address}: {status}"));
        }
        Ok(Answer { status, headers, body })
    }

    /// Reads an address.
    pub async fn get(&self, address: &str) -> Answer {
        self.request("GET", address, &[], None).await
    }

    fn take_cookie(&self, set: &str) {
        let (pair, attributes) = set.split_once(';').unwrap_or((set, ""));
        let Some((name, value)) = pair.split_once('=') else { return };
        if attributes.contains("Max-Age=0") {
            self.cookies.lock().remove(name);
        } else {
            self.set_cookie(name, value);
        }
    }
}

impl Transport for Socket {
    async fn send(&self, request: Request) -> Result<Reply, String> {
        let headers: Vec<(&str, &str)> = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (method, address) = (request.method.as_str(), &request.address);
        let answer = self.try_request(method, address, &headers, request.body.as_deref()).await;
        let answer = answer.map_err(|error| format!("{method} {address}: {error}"))?;
        Ok(Reply { status: answer.status, body: answer.body })
    }
}
