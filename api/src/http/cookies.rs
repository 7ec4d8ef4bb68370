//! The service's cookies: the session, before login the visit that a CSRF token can hang on, and the device that logs
//! in.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use crate::service::Service;

/// How long a device is known after a login.
pub const DEVICE_KNOWN_FOR: TimeDelta = TimeDelta::days(180);

/// Names the cookies; with TLS they get the prefix that browsers let no other site set.
#[derive(Debug, Clone, Copy)]
pub struct Cookies {
    tls: bool,
}

impl Cookies {
    /// Those of a service.
    #[must_use]
    pub fn of(service: &Service) -> Self {
        Self { tls: service.tls() }
    }

    const fn session_name(self) -> &'static str {
        if self.tls { "__Host-agora_session" } else { "agora_session" }
    }

    const fn visit_name(self) -> &'static str {
        if self.tls { "__Host-agora_visit" } else { "agora_visit" }
    }

    const fn device_name(self) -> &'static str {
        if self.tls { "__Host-agora_device" } else { "agora_device" }
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

    /// The device's token, when the request has one.
    #[must_use]
    pub fn device(self, request: &HttpRequest) -> Option<String> {
        request.cookie(self.device_name()).map(|cookie| cookie.value().to_owned())
    }

    /// Sets the device, for as long as it is known. Nothing but the login of this very page needs it.
    #[must_use]
    pub fn set_device(self, token: &str) -> Cookie<'static> {
        let mut cookie = self.cookie(self.device_name(), token);
        cookie.set_max_age(Duration::seconds(DEVICE_KNOWN_FOR.num_seconds()));
        cookie.set_same_site(SameSite::Strict);
        cookie
    }

    /// Removes the device.
    #[must_use]
    pub fn remove_device(self) -> Cookie<'static> {
        removed(self.set_device(""))
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
        removed(self.cookie(self.session_name(), ""))
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

fn removed(mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.set_max_age(Duration::ZERO);
    cookie
}

/// A new token that cannot be guessed: 256 random bits.
#[must_use]
pub fn new_token() -> String {
    let bytes: [u8; 32] = rand::random();
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The CSRF token that belongs to a cookie's token. Derived, so that nothing has to be stored or kept in step.
#[must_use]
pub fn csrf_token(cookie_token: &str) -> String {
    let hash = Sha256::new().chain_update(b"agora csrf\0").chain_update(cookie_token).finalize();
    BASE64_URL_SAFE_NO_PAD.encode(hash)
}
