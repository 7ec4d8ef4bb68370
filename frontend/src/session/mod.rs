//! Who is logged in, for everything below; and what happens when that ends.

mod expiry;
mod log_out;
mod presence;
mod provider;

use std::rc::Rc;

use openapi::session::{GlobalRole, Session, SessionAccount};
use yew::prelude::*;

use crate::{
    remote::Remote,
    transport::{Api, Fetch},
};

pub use log_out::Reach;
pub use provider::SessionProvider;

/// The client with the present CSRF token.
#[derive(Clone)]
pub struct ApiHandle {
    /// The client.
    pub api: Rc<Api>,
    csrf_token: Rc<str>,
    /// Grows when somebody else is logged in than before: what was fetched until then was another's view.
    pub login: u32,
}

impl ApiHandle {
    /// For the requests of the person whom the transport is for.
    fn new(transport: Fetch, csrf_token: &str, login: u32) -> ApiHandle {
        let api = Rc::new(Api::new(transport).with_csrf_token(csrf_token));
        ApiHandle { api, csrf_token: csrf_token.into(), login }
    }
}

impl PartialEq for ApiHandle {
    fn eq(&self, other: &ApiHandle) -> bool {
        self.csrf_token == other.csrf_token && self.login == other.login
    }
}

/// Who is logged in.
#[derive(Clone)]
pub struct SessionContext {
    state: Remote<Session>,
    api: ApiHandle,
    replace: Callback<Session>,
    log_out: Callback<Reach>,
    look: Callback<()>,
    reload: Callback<()>,
}

impl PartialEq for SessionContext {
    fn eq(&self, other: &SessionContext) -> bool {
        self.api == other.api
            && self.state.data() == other.state.data()
            && self.state.is_loading() == other.state.is_loading()
            && self.state.error() == other.state.error()
    }
}

impl SessionContext {
    /// The session in its present state.
    pub fn state(&self) -> &Remote<Session> {
        &self.state
    }

    /// Whether it is known by now who is logged in. Pages that differ for people who are wait for it.
    pub fn is_known(&self) -> bool {
        self.state.data().is_some()
    }

    /// Who is logged in.
    pub fn account(&self) -> Option<&SessionAccount> {
        self.state.data()?.account.as_ref()
    }

    /// Whether somebody is logged in who has a global role.
    pub fn has(&self, role: GlobalRole) -> bool {
        self.account().is_some_and(|account| account.has(role))
    }

    /// Takes the session that logging in gave.
    pub fn replace(&self, session: Session) {
        self.replace.emit(session);
    }

    /// Asks which session there is now, and goes on in it when it is the same person's.
    fn look(&self) -> Callback<()> {
        self.look.clone()
    }

    /// Logs out, here or everywhere, after asking where something is not saved. Every tab of this browser then loads the front page, so that nothing of the person stays in memory; as
    /// long as the session could not be ended, a page that says so stands in place of all others.
    pub fn log_out(&self) -> Callback<Reach> {
        self.log_out.clone()
    }

    /// Asks again who is logged in.
    pub fn reload(&self) -> Callback<()> {
        self.reload.clone()
    }
}

/// Who is logged in.
///
/// Outside a [`SessionProvider`], as in tests of single components, nobody is.
#[hook]
pub fn use_session() -> SessionContext {
    use_context::<SessionContext>().unwrap_or_else(|| SessionContext {
        state: Remote::Idle,
        api: ApiHandle::new(Fetch::new(Callback::noop()), "", 0),
        replace: Callback::noop(),
        log_out: Callback::noop(),
        look: Callback::noop(),
        reload: Callback::noop(),
    })
}

/// The contract's client.
#[hook]
pub fn use_api() -> ApiHandle {
    use_session().api
}
