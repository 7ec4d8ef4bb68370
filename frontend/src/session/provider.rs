//! Fetches the session at the start and keeps it; notices when the service no longer knows it.

use std::rc::Rc;

use openapi::session::Session;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{
    ApiHandle, SessionContext,
    expiry::SessionDialogs,
    log_out::{StillLoggedIn, use_log_out},
};
use crate::{hooks::use_back_online, kept, remote::Remote, transport::Fetch};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct SessionProviderProps {
    /// What is shown to whoever is logged in.
    #[prop_or_default]
    pub children: Html,
}

/// Gives everything below it the session and the client that speaks for it.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let state = use_state(|| Remote::<Session>::Loading(None));
    let ended = use_state_eq(|| false);
    let attempt = use_state(|| 0_u32);
    let login = use_state_eq(|| 0_u32);
    use_effect_with((), |()| kept::drop_old());
    let transport = {
        let ended = ended.setter();
        use_memo((), move |()| Fetch::new(Callback::from(move |()| ended.set(true))))
    };
    {
        let (state, transport) = (state.clone(), transport.clone());
        use_effect_with(*attempt, move |_| {
            spawn_local(async move {
                let answer = ApiHandle::new((*transport).clone(), "", 0).api.get_session().await;
                state.set(state.answered(answer.map(Rc::new)));
            });
        });
    }
    let token = state.data().map(|session| session.csrf_token.clone()).unwrap_or_default();
    let api = ApiHandle::new((*transport).clone(), &token, *login);
    let replace = {
        let (state, ended, login) = (state.clone(), ended.setter(), login.clone());
        Callback::from(move |session: Session| {
            ended.set(false);
            let id = |session: &Session| session.account.as_ref().map(|account| account.id);
            if state.data().and_then(|before| id(before)) != id(&session) {
                login.set(login.wrapping_add(1));
            }
            state.set(Remote::Ready(Rc::new(session)));
        })
    };
    let owner = state.data().and_then(|session| session.account.as_ref()).map(|account| account.id);
    let log_out = use_log_out(&transport, owner);
    let reload = {
        let attempt = attempt.clone();
        Callback::from(move |()| attempt.set(attempt.wrapping_add(1)))
    };
    use_back_online(state.error().is_some(), reload.clone());
    let context = SessionContext { state: (*state).clone(), api, replace, log_out: log_out.run.clone(), reload };
    // Anonymous visitors have nothing that could end.
    let was_logged_in = owner.is_some();
    html! {
        <ContextProvider<SessionContext> context={context}>
            if let Some(failed) = log_out.failed {
                <StillLoggedIn busy={log_out.busy} {failed} on_retry={log_out.run} />
            } else {
                { props.children.clone() }
                if was_logged_in {
                    <SessionDialogs ended={*ended} />
                }
            }
        </ContextProvider<SessionContext>>
    }
}
