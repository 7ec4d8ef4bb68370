//! Logging out, here or everywhere: on the server first, then in every tab of this browser. Nothing of the person stays, neither on the
//! screen nor behind the button that leads back.

use gloo_events::EventListener;
use openapi::{client::Error, ids::AccountId};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{PageTransitionEvent, StorageEvent};
use yew::prelude::*;

use crate::{
    clock,
    components::{Button, Page, expect_focus},
    dom,
    hooks::leave_knowingly,
    i18n::use_i18n,
    kept, t,
    transport::{Api, Fetch},
};

/// Written anew at each log-out, so that the other tabs hear of it.
const LOGGED_OUT: &str = "agora-logged-out";

/// Where somebody logs out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In this browser.
    Here,
    /// On every device.
    Everywhere,
}

/// Logging out, and how it stands.
pub(super) struct LogOut {
    /// Does it.
    pub(super) run: Callback<Reach>,
    /// Whether it is under way.
    pub(super) busy: bool,
    /// What failed: the session lives on, here or elsewhere.
    pub(super) failed: Option<Reach>,
}

/// Logging out whoever is logged in here; with another tab, when that logs out.
#[hook]
pub(super) fn use_log_out(transport: &Fetch, owner: Option<AccountId>) -> LogOut {
    let busy = use_state_eq(|| false);
    let failed = use_state_eq(|| None);
    use_leaving_with_other_tabs(owner);
    use_nothing_behind_back();
    let run = {
        let (busy, failed, transport) = (busy.setter(), failed.setter(), transport.clone());
        Callback::from(move |reach| {
            let (busy, failed, transport) = (busy.clone(), failed.clone(), transport.clone());
            busy.set(true);
            spawn_local(async move {
                let ended = end_session(transport, reach).await;
                if let Some(owner) = owner {
                    kept::forget_all(owner);
                }
                if ended.is_ok() {
                    dom::store(LOGGED_OUT, &clock::now().to_rfc3339());
                    return leave();
                }
                expect_focus();
                busy.set(false);
                failed.set(Some(reach));
            });
        })
    };
    LogOut { run, busy: *busy, failed: *failed }
}

/// Ends the session that this browser has now: another tab may have ended the one that is known here, or begun a new
/// one. Only somebody who is logged in can end the sessions elsewhere.
async fn end_session(transport: Fetch, reach: Reach) -> Result<(), Error> {
    let session = Api::new(transport.clone()).get_session().await?;
    if session.account.is_none() && reach == Reach::Here {
        return Ok(());
    }
    let api = Api::new(transport).with_csrf_token(session.csrf_token);
    match reach {
        Reach::Here => api.delete_session().await,
        Reach::Everywhere => api.delete_sessions().await,
    }
}

/// Loads the front page, also from a form that is not saved: whoever logs out leaves nothing on the screen.
fn leave() {
    leave_knowingly();
    dom::load("/");
}

#[hook]
fn use_leaving_with_other_tabs(owner: Option<AccountId>) {
    use_effect_with(owner, |owner| {
        let listener = owner.zip(web_sys::window()).map(|(owner, window)| {
            EventListener::new(&window, "storage", move |event| {
                let event = event.dyn_ref::<StorageEvent>();
                let is_log_out =
                    |event: &StorageEvent| event.key().as_deref() == Some(LOGGED_OUT) && event.new_value().is_some();
                if event.is_some_and(is_log_out) {
                    kept::forget_all(owner);
                    leave();
                }
            })
        });
        move || drop(listener)
    });
}

/// A page that the browser kept whole and shows again may be that of somebody who has logged out since.
#[hook]
fn use_nothing_behind_back() {
    use_effect_with((), |()| {
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "pageshow", |event| {
                if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
                    dom::reload();
                }
            })
        });
        move || drop(listener)
    });
}

#[derive(Properties, PartialEq)]
pub(super) struct StillLoggedInProps {
    pub(super) busy: bool,
    pub(super) failed: Reach,
    pub(super) on_retry: Callback<Reach>,
}

/// Stands in place of every page when logging out has failed.
#[component]
pub(super) fn StillLoggedIn(props: &StillLoggedInProps) -> Html {
    let i18n = use_i18n();
    let failed = props.failed;
    let (heading, text) = match failed {
        Reach::Here => (t!(i18n, "log-out-failed-heading"), t!(i18n, "log-out-failed-text")),
        Reach::Everywhere => {
            (t!(i18n, "log-out-everywhere-failed-heading"), t!(i18n, "log-out-everywhere-failed-text"))
        }
    };
    let on_retry = props.on_retry.reform(move |()| failed);
    html! {
        <Page title={heading} narrow=true>
            <div class="actions">
                <Button busy={props.busy} on_press={on_retry}>{ t!(i18n, "try-again") }</Button>
            </div>
            <p>{ text }</p>
        </Page>
    }
}
