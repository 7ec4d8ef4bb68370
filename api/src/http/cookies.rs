//! The service's two cookies: the session, and before log-in the visit that a CSRF token can hang on.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// Names the cookies; with TLS they get the prefix that browsers let nobody else set.
#[derive(Debug, Clone, Copy)]
pub struct Cookies {
    tls: bool,
}

impl Cookies {
    /// For a service reached with or without TLS.
    #[must_use]
    pub const fn new(tls: bool) -> Self {
        Self { tls }
    }

    const fn session_name(self) -> &'static str {
        if self.tls { "__Host-agora_session" } else { "agora_session" }
    }

    const fn visit_name(self) -> &'static str {
        if self.tls { "__Host-agora_visit" } else { "agora_visit" }
    }

    /// The session's token, when the request has one.
    #[must_use]
    pub fn session(self, request: &HttpRequest) -> Option<String> {
        request.cookie(self.session_name()).map(|cookie| cookie.value().to_owned())
    }

    /// The visit's token, when the request has one.
    #[must_use]
    pub fn visit(self, request: &HttpRequest) -> Option<String> {
        request.cookie(self.visit_name()).map(|cookie| cookie.value().to_owned())
    }

    /// Sets the session.
    #[must_use]
    pub fn set_session(self, token: &str) -> Cookie<'static> {
        self.cookie(self.session_name(), token)
    }

    /// Sets the visit.
    #[must_use]
    pub fn set_visit(self, token: &str) -> Cookie<'static> {
        self.cookie(self.visit_name(), token)
    }

    /// Removes the session.
    #[must_use]
    pub fn remove_session(self) -> Cookie<'static> {
        let mut cookie = self.cookie(self.session_name(), "");
        cookie.set_max_age(Duration::ZERO);
        cookie
    }

    // No age: the cookie goes with the browser, the session with the server's own clock. `Lax`, so that a link in a
    // mail finds its reader logged in.
    fn cookie(self, name: &'static str, token: &str) -> Cookie<'static> {
        Cookie::build(name, token.to_owned())
            .path("/")
            .secure(self.tls)
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish()
    }
}

/// A new token nobody can guess: 256 random bits.
#[must_use]
pub fn new_token() -> String {
    let bytes: [u8; 32] = rand::random();
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
