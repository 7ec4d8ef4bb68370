//! Log-in, and what is one's own.

use super::{Answer, Call};
use crate::{
    client::{Client, Transport, operations as op},
    drafts::MyDraft,
    page::{Page, PageQuery},
    responses::MyResponse,
    session::{LoginProviders, LoginRequest, Session},
};

impl<T: Transport> Client<T> {
    /// Who is logged in, and the CSRF token. Keeps the session alive.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    pub async fn get_session(&self) -> Answer<Session> {
        self.read(Call::new(op::GET_SESSION)).await
    }

    /// Logs in. The session that comes back has a new CSRF token.
    ///
    /// # Errors
    /// `session.bad_credentials`, `session.throttled`, `request.invalid`.
    pub async fn create_session(&self, request: &LoginRequest) -> Answer<Session> {
        self.read(Call::new(op::LOGIN).body(request)).await
    }

    /// Logs out.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    pub async fn delete_session(&self) -> Answer<()> {
        self.call(Call::new(op::LOGOUT)).await.map(drop)
    }

    /// Logs out everywhere: ends all sessions of the caller.
    ///
    /// # Errors
    /// `session.required`.
    pub async fn delete_sessions(&self) -> Answer<()> {
        self.call(Call::new(op::LOGOUT_EVERYWHERE)).await.map(drop)
    }

    /// The ways to log in.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    pub async fn list_login_providers(&self) -> Answer<LoginProviders> {
        self.read(Call::new(op::LIST_LOGIN_PROVIDERS)).await
    }

    /// One's own unsent answers, last saved first.
    ///
    /// # Errors
    /// `session.required`.
    pub async fn list_my_drafts(&self, query: &PageQuery) -> Answer<Page<MyDraft>> {
        self.read(Call::new(op::LIST_MY_DRAFTS).query(query)).await
    }

    /// One's own sent answers, last sent first.
    ///
    /// # Errors
    /// `session.required`.
    pub async fn list_my_responses(&self, query: &PageQuery) -> Answer<Page<MyResponse>> {
        self.read(Call::new(op::LIST_MY_RESPONSES).query(query)).await
    }
}
