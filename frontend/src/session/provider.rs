//! Fetches the session at the start and keeps it; notices when the service no longer knows it.

use std::{cell::Cell, rc::Rc};

use openapi::{ids::AccountId, session::Session};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{
    ApiHandle, SessionContext,
    expiry::SessionDialogs,
    log_out::{StillLoggedIn, Unfinished, use_log_out},
    presence::{Presence, use_word_of_logins},
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
    let presence = use_state_eq(|| Presence::Here);
    let attempt = use_state(|| 0_u32);
    // Counted and known outside of the state: what came of a request is heard by the callback of an earlier rendering.
    let login = use_memo((), |()| Cell::new(0_u32));
    let owner = state.data().and_then(|session| session.account.as_ref()).map(|account| account.id);
    let known = use_memo((), |()| Cell::new(None::<AccountId>));
    known.set(owner);
    use_effect_with((), |()| kept::drop_old());
    let replace = {
        let (state, presence) = (state.setter(), presence.setter());
        let (login, known) = (login.clone(), known.clone());
        use_callback((), move |session: Session, ()| {
            let account = session.account.as_ref().map(|account| account.id);
            if known.replace(account) != account {
                login.set(login.get().wrapping_add(1));
            }
            presence.set(Presence::Here);
            state.set(Remote::Ready(Rc::new(session)));
        })
    };
    // The page stays its owner's until the owner leaves it: nothing of it is sent as anybody else's.
    let meet = {
        let (presence, replace) = (presence.setter(), replace.clone());
        use_callback((), move |session: Session, ()| match Presence::of(known.get(), &session) {
            Presence::Here => replace.emit(session),
            away => presence.set(away),
        })
    };
    let transport = {
        let meet = meet.clone();
        use_memo((), move |()| Fetch::new(meet))
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
    let look = {
        let (transport, meet) = (transport.clone(), meet.clone());
        use_callback((), move |(), ()| {
            let (transport, meet) = (transport.clone(), meet.clone());
            spawn_local(async move {
                if let Ok(session) = ApiHandle::new((*transport).clone(), "", 0).api.get_session().await {
                    meet.emit(session);
                }
            });
        })
    };
    use_word_of_logins(state.data().map(|session| &**session), *presence != Presence::Here, look.clone());
    let token = state.data().map(|session| session.csrf_token.clone()).unwrap_or_default();
    let api = ApiHandle::new(transport.of(owner), &token, login.get());
    let log_out = use_log_out(&transport, owner, &look);
    let reload = {
        let attempt = attempt.clone();
        Callback::from(move |()| attempt.set(attempt.wrapping_add(1)))
    };
    use_back_online(state.error().is_some(), reload.clone());
    let context = SessionContext { state: (*state).clone(), api, replace, log_out: log_out.run.clone(), look, reload };
    // Anonymous visitors have nothing that could end.
    let was_logged_in = owner.is_some();
    html! {
        <ContextProvider<SessionContext> context={context}>
            if log_out.failed.is_some() {
                <StillLoggedIn log_out={log_out} />
            } else {
                { props.children.clone() }
                if was_logged_in {
                    <SessionDialogs presence={(*presence).clone()} />
                    <Unfinished log_out={log_out} />
                }
            }
        </ContextProvider<SessionContext>>
    }
}
