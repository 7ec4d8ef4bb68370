//! Log-in, and what is one's own.

use super::{Answer, Call, operations};
use crate::{
    client::{Client, Transport},
    drafts::MyDraft,
    page::{Page, PageQuery},
    responses::MyResponse,
    session::{LoginProviders, LoginRequest, Session},
};

operations! {
    /// Who is logged in, and the CSRF token. Keeps the session alive.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    GET_SESSION = Get "/session", get_session() reads Session;

    /// Logs in. The session that comes back has a new CSRF token.
    ///
    /// # Errors
    /// `session.bad_credentials`, `session.throttled`, `request.invalid`.
    LOGIN = Post "/session/login", create_session(body request: &LoginRequest) reads Session;

    /// Logs out.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    LOGOUT = Delete "/session", delete_session() ends ();

    /// Logs out everywhere: ends all sessions of the caller.
    ///
    /// # Errors
    /// `session.required`.
    LOGOUT_EVERYWHERE = Delete "/sessions", delete_sessions() ends ();

    /// The ways to log in.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    LIST_LOGIN_PROVIDERS = Get "/session/providers", list_login_providers() reads LoginProviders;

    /// One's own unsent answers, last saved first.
    ///
    /// # Errors
    /// `session.required`.
    LIST_MY_DRAFTS = Get "/me/drafts", list_my_drafts(query query: &PageQuery) reads Page<MyDraft>;

    /// One's own sent answers, last sent first.
    ///
    /// # Errors
    /// `session.required`.
    LIST_MY_RESPONSES = Get "/me/responses", list_my_responses(query query: &PageQuery) reads Page<MyResponse>;
}
