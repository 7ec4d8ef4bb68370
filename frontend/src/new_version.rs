//! Notices that the server serves another build of this app than the one that runs here. The page names its build by
//! the address of its script, which holds a hash; so the served page is asked for and its script compared. That finds
//! every new build, with or without a new release number, and asks nothing of the server that it does not do anyway.

use std::cell::Cell;

use chrono::{DateTime, TimeDelta, Utc};
use gloo_events::EventListener;
use gloo_net::http::Request;
use openapi::{client::Error, problem::ProblemCode};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::Routable;

use crate::{
    clock, dom,
    route::{Area, Route},
};

/// How long not to look again.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Whether there is a newer build, and how to have it looked for.
#[derive(Clone, PartialEq)]
pub struct NewVersion {
    /// Whether there is one.
    pub is_there: bool,
    /// Looks for one.
    look: Callback<()>,
}

impl NewVersion {
    /// Looks for a newer build when a failure is one that an old page has with a new server.
    pub fn suspect(&self, error: &Error) {
        if matches!(error, Error::Unexpected { .. }) || error.is(ProblemCode::Unknown) {
            self.look.emit(());
        }
    }
}

/// What is told about new builds.
#[derive(Properties, PartialEq)]
pub struct NewVersionProviderProps {
    /// The app.
    pub children: Html,
}

/// Looks for a newer build when somebody comes back to the tab, and when a failure suggests one. It only tells: what
/// becomes of it is the reader's choice.
#[component]
pub fn NewVersionProvider(props: &NewVersionProviderProps) -> Html {
    let area = use_context::<Area>().unwrap_or(Area::Portal);
    let is_there = use_state_eq(|| false);
    let looked = use_memo((), |()| Cell::new(clock::now()));
    let look = {
        let is_there = is_there.setter();
        use_callback((), move |(), ()| {
            let now = clock::now();
            if is_due(looked.get(), now) {
                looked.set(now);
                let is_there = is_there.clone();
                spawn_local(async move {
                    if serves_another_build(area).await == Some(true) {
                        is_there.set(true);
                    }
                });
            }
        })
    };
    {
        let look = look.clone();
        use_effect_with((), move |()| {
            let listener = web_sys::window().and_then(|window| window.document()).map(|document| {
                EventListener::new(&document.clone(), "visibilitychange", move |_| {
                    if !document.hidden() {
                        look.emit(());
                    }
                })
            });
            move || drop(listener)
        });
    }
    html! {
        <ContextProvider<NewVersion> context={NewVersion { is_there: *is_there, look }}>
            { props.children.clone() }
        </ContextProvider<NewVersion>>
    }
}

/// Whether there is a newer build.
#[hook]
pub fn use_new_version() -> NewVersion {
    use_context::<NewVersion>().unwrap_or_else(|| NewVersion { is_there: false, look: Callback::noop() })
}

fn is_due(looked: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - looked >= PAUSE
}

/// Whether the server's page has another script; nothing when that cannot be told.
async fn serves_another_build(area: Area) -> Option<bool> {
    let own = dom::module_script()?;
    let page = match area {
        Area::Portal => Route::Login,
        Area::Workspace => Route::Workspace,
    };
    let answer = Request::get(&page.to_path()).send().await.ok()?;
    let html = answer.text().await.ok()?;
    Some(script(&html)? != own)
}

/// The address of the script in a served page; none in a page that is not this app's, as of a network that wants one to
/// log in first.
fn script(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(r#"<script type="module" src=""#)?;
    Some(rest.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_served_page_is_found_and_that_of_another_page_is_none() {
        let page = include_str!("../index.html").replace("{{script}}", "/assets/boot-portal-1a2b.js");
        assert_eq!(script(&page), Some("/assets/boot-portal-1a2b.js"));
        assert_eq!(script("<html><body>Log ind på netværket</body></html>"), None);
    }

    #[test]
    fn nobody_looks_at_every_turn_of_the_head() {
        let looked = DateTime::UNIX_EPOCH;
        assert!(!is_due(looked, looked + TimeDelta::seconds(59)) && is_due(looked, looked + PAUSE));
    }
}
