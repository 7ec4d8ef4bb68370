//! Somebody at a browser: the contract's typed client with that person's cookies.

use std::ops::Deref;

use api::http::cookies::csrf_token;
use openapi::{
    client::{Client, Error},
    session::{LoginRequest, Session},
};

use crate::{
    people::{PASSWORD, Who},
    socket::Socket,
};

/// Somebody at a browser, logged in or not. Every operation of the contract is a method.
#[derive(Debug, Clone)]
pub struct Person {
    client: Client<Socket>,
    csrf_token: String,
}

impl Deref for Person {
    type Target = Client<Socket>;

    fn deref(&self) -> &Client<Socket> {
        &self.client
    }
}

impl Person {
    /// Nobody in particular.
    pub(crate) fn anonymous(socket: Socket) -> Self {
        Self { client: Client::new(socket), csrf_token: String::new() }
    }

    /// With the session that the person has from the beginning.
    pub(crate) fn with_session(socket: Socket, token: &str, cookie: &str) -> Self {
        socket.set_cookie(cookie, token);
        Self::anonymous(socket).with_csrf_token(csrf_token(token))
    }

    fn with_csrf_token(self, token: String) -> Self {
        Self { client: self.client.with_csrf_token(token.clone()), csrf_token: token }
    }

    /// Asks for the session, and from then on sends its CSRF token.
    pub async fn visit(&mut self) -> Session {
        let session = self.client.get_session().await.expect("the session can always be asked for");
        *self = self.clone().with_csrf_token(session.csrf_token.clone());
        session
    }

    /// Logs in as a browser does: asks for the session, then sends name and password.
    ///
    /// # Errors
    /// Those of the log-in.
    pub async fn log_in(&mut self, username: &str, password: &str) -> Result<Session, Error> {
        self.visit().await;
        let request = LoginRequest { username: username.to_owned(), password: password.to_owned() };
        let session = self.client.create_session(&request).await?;
        *self = self.clone().with_csrf_token(session.csrf_token.clone());
        Ok(session)
    }

    /// Logs in as somebody of the template.
    pub async fn log_in_as(&mut self, who: Who) -> Session {
        self.log_in(&who.username(), PASSWORD).await.expect("everybody of the template can log in")
    }

    /// The same person with another cookie, elsewhere.
    #[must_use]
    pub fn with_cookie(&self, name: &str, value: &str) -> Self {
        let socket = self.socket().another();
        socket.set_cookie(name, value);
        Self::anonymous(socket).with_csrf_token(self.csrf_token.clone())
    }

    /// The same person with the same cookies at another server of the installation: `http://127.0.0.1:40123`.
    #[must_use]
    pub fn at(&self, server: &str) -> Self {
        Self::anonymous(self.socket().at(server)).with_csrf_token(self.csrf_token.clone())
    }

    /// The token that goes with everything that is not a `GET`.
    #[must_use]
    pub fn csrf_token(&self) -> &str {
        &self.csrf_token
    }

    /// The way to the application, for requests that the client would not make.
    #[must_use]
    pub fn socket(&self) -> &Socket {
        self.client.transport()
    }
}
