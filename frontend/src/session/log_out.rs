//! Logging out, here or everywhere: what can be saved is saved, and where something would be lost the person is asked; then on the server,
//! and only when that has confirmed it, in every tab of this browser. Nothing of the person stays, neither on the screen
//! nor behind the button that leads back.

use gloo_events::EventListener;
use openapi::{client::Error, ids::AccountId};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{PageTransitionEvent, StorageEvent};
use yew::prelude::*;

use super::presence::digest;
use crate::{
    clock,
    components::{Button, ButtonKind, Dialog, Page, expect_focus},
    dom,
    hooks::leave_knowingly,
    i18n::{key, use_i18n},
    kept, t,
    transport::{Api, Fetch},
    unsaved::{self, Unsaved},
};

/// Written anew at each logout, so that the other tabs hear of it: whose it was, and when.
const LOGGED_OUT: &str = "agora-logged-out";

/// Where a person logs out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In this browser.
    Here,
    /// On every device.
    Everywhere,
}

/// Logging out, and how it stands.
#[derive(Clone, PartialEq)]
pub(super) struct LogOut {
    /// Does it, once everything is saved; else it asks.
    pub(super) run: Callback<Reach>,
    /// Does it, whatever is not saved.
    run_anyway: Callback<()>,
    /// Leaves it: the person stays, and so does the page.
    stay: Callback<()>,
    /// What is not saved, while it asks.
    unsaved: Vec<Unsaved>,
    /// Whether it is under way.
    busy: bool,
    /// What failed: the session lives on, here or elsewhere.
    pub(super) failed: Option<Reach>,
}

/// Logging out the person whose page this is; with another tab, when the same person logs out there. `look` looks who is
/// logged in.
#[hook]
pub(super) fn use_log_out(transport: &Fetch, owner: Option<AccountId>, look: &Callback<()>) -> LogOut {
    let busy = use_state_eq(|| false);
    let failed = use_state_eq(|| None);
    let asked = use_state_eq(|| Reach::Here);
    let unsaved = use_state_eq(Vec::<Unsaved>::new);
    use_leaving_with_other_tabs(owner, look);
    use_nothing_behind_back();
    let end = {
        let (busy, failed, unsaved) = (busy.setter(), failed.setter(), unsaved.setter());
        let transport = transport.clone();
        move |reach| {
            let (busy, failed, unsaved, transport) = (busy.clone(), failed.clone(), unsaved.clone(), transport.clone());
            async move {
                let ended = end_session(transport, owner, reach).await;
                unsaved.set(Vec::new());
                if ended.is_ok_and(|ended| ended) {
                    // Not a moment earlier: until then the person is here, and the words are all there is.
                    if let Some(owner) = owner {
                        kept::forget_all(owner);
                        dom::store(LOGGED_OUT, &format!("{} {}", whose(owner), clock::now().to_rfc3339()));
                    }
                    return leave();
                }
                expect_focus();
                busy.set(false);
                failed.set(Some(reach));
            }
        }
    };
    let run = {
        let (busy, unsaved, asked, end) = (busy.setter(), unsaved.setter(), asked.setter(), end.clone());
        Callback::from(move |reach| {
            let (busy, unsaved, end) = (busy.clone(), unsaved.clone(), end.clone());
            busy.set(true);
            asked.set(reach);
            spawn_local(async move {
                let left = left_unsaved(owner).await;
                if left.is_empty() {
                    return end(reach).await;
                }
                busy.set(false);
                unsaved.set(left);
            });
        })
    };
    let run_anyway = {
        let (busy, reach) = (busy.setter(), *asked);
        Callback::from(move |()| {
            busy.set(true);
            spawn_local(end(reach));
        })
    };
    let stay = {
        let (failed, unsaved) = (failed.setter(), unsaved.setter());
        Callback::from(move |()| {
            unsaved.set(Vec::new());
            failed.set(None);
        })
    };
    LogOut { run, run_anyway, stay, unsaved: (*unsaved).clone(), busy: *busy, failed: *failed }
}

/// Saves what can be saved, and tells what would be lost.
async fn left_unsaved(owner: Option<AccountId>) -> Vec<Unsaved> {
    let mut left = unsaved::save_all().await;
    // Words in a form of this page lie on the device too.
    if !left.contains(&Unsaved::Words) && owner.is_some_and(kept::has_any) {
        left.push(Unsaved::OnDevice);
    }
    left
}

/// Ends the owner's session, or all of the owner's; false when it cannot, because the owner is not logged in any more.
/// Another tab may have ended the session that is known here, or begun a new one, also another person's: that is not
/// ended from here.
async fn end_session(transport: Fetch, owner: Option<AccountId>, reach: Reach) -> Result<bool, Error> {
    let session = Api::new(transport.clone()).get_session().await?;
    if session.account.map(|account| account.id) != owner {
        return Ok(reach == Reach::Here);
    }
    let api = Api::new(transport).with_csrf_token(session.csrf_token);
    match reach {
        Reach::Here => api.delete_session().await?,
        Reach::Everywhere => api.delete_sessions().await?,
    }
    Ok(true)
}

fn whose(owner: AccountId) -> String {
    digest(&owner.to_string())
}

/// Loads the front page, also from a form that is not saved: whoever logs out leaves nothing on the screen.
fn leave() {
    leave_knowingly();
    dom::load("/");
}

/// A page with something on it that is not saved stays, as it does when a session ends by itself: the person is asked to
/// log in again.
#[hook]
fn use_leaving_with_other_tabs(owner: Option<AccountId>, look: &Callback<()>) {
    use_effect_with((owner, look.clone()), |(owner, look)| {
        let look = look.clone();
        let listener = owner.zip(web_sys::window()).map(|(owner, window)| {
            EventListener::new(&window, "storage", move |event| {
                let event = event.dyn_ref::<StorageEvent>();
                let mark = event.filter(|event| event.key().as_deref() == Some(LOGGED_OUT));
                let mark = mark.and_then(StorageEvent::new_value).unwrap_or_default();
                if !mark.starts_with(&whose(owner)) {
                    return;
                }
                if unsaved::is_any() {
                    return look.emit(());
                }
                kept::forget_all(owner);
                leave();
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
pub(super) struct LogOutProps {
    pub(super) log_out: LogOut,
}

/// Asks when something would be lost.
#[component]
pub(super) fn Unfinished(props: &LogOutProps) -> Html {
    let i18n = use_i18n();
    let LogOutProps { log_out } = props;
    let what = |what: &Unsaved| {
        let text = match what {
            Unsaved::Words => key("log-out-unsaved-words"),
            Unsaved::Files => key("log-out-unsaved-files"),
            Unsaved::OnDevice => key("log-out-unsaved-on-device"),
        };
        html! { <li>{ t!(i18n, text) }</li> }
    };
    html! {
        <Dialog
            id="log-out-unsaved"
            open={!log_out.unsaved.is_empty()}
            on_close={log_out.stay.clone()}
            heading={t!(i18n, "log-out-unsaved-heading")}
            actions={html! {
                <>
                    <Button on_press={log_out.stay.clone()}>{ t!(i18n, "log-out-stay") }</Button>
                    <Button kind={ButtonKind::Secondary} busy={log_out.busy} on_press={log_out.run_anyway.clone()}>
                        { t!(i18n, "log-out-anyway") }
                    </Button>
                </>
            }}
        >
            <p>{ t!(i18n, "log-out-unsaved-text") }</p>
            <ul>{ for log_out.unsaved.iter().map(what) }</ul>
        </Dialog>
    }
}

/// Stands in place of every page when logging out has failed.
#[component]
pub(super) fn StillLoggedIn(props: &LogOutProps) -> Html {
    let i18n = use_i18n();
    let LogOutProps { log_out } = props;
    let (heading, text) = match log_out.failed {
        Some(Reach::Everywhere) => {
            (t!(i18n, "log-out-everywhere-failed-heading"), t!(i18n, "log-out-everywhere-failed-text"))
        }
        _ => (t!(i18n, "log-out-failed-heading"), t!(i18n, "log-out-failed-text")),
    };
    html! {
        <Page title={heading} narrow=true>
            <div class="actions">
                <Button busy={log_out.busy} on_press={log_out.run_anyway.clone()}>{ t!(i18n, "try-again") }</Button>
                <Button kind={ButtonKind::Secondary} on_press={log_out.stay.clone()}>
                    { t!(i18n, "log-out-failed-back") }
                </Button>
            </div>
            <p>{ text }</p>
        </Page>
    }
}
