//! What surrounds every page: skip link, header, notices about the whole, footer.

use gloo_events::EventListener;
use yew::prelude::*;

use super::{Alert, AlertKind, Button, ButtonKind, Failure, Footer, Header};
use crate::{dom, i18n::use_i18n, new_version::use_new_version, session::use_session, t};

/// What it surrounds.
#[derive(Properties, PartialEq)]
pub struct ShellProps {
    /// The page.
    #[prop_or_default]
    pub children: Html,
}

/// What surrounds every page.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let i18n = use_i18n();
    html! {
        <>
            <a class="skipnav" href="#main-content">{ t!(i18n, "skip-link") }</a>
            <Header />
            <Notices />
            { props.children.clone() }
            <Footer />
        </>
    }
}

/// What concerns every page: no network, no session to be had, a newer page to be had.
#[component]
fn Notices() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let new_version = use_new_version();
    let online = use_state_eq(|| true);
    {
        let online = online.setter();
        use_effect_with((), move |()| {
            online.set(dom::online());
            let listeners = web_sys::window().map(|window| {
                ["online", "offline"].map(|event| {
                    let online = online.clone();
                    EventListener::new(&window, event, move |_| online.set(dom::online()))
                })
            });
            move || drop(listeners)
        });
    }
    html! {
        <div class="container page-notices">
            if !*online {
                <Alert kind={AlertKind::Warning} heading={t!(i18n, "offline-heading")} live=true>
                    <p>{ t!(i18n, "offline-text") }</p>
                </Alert>
            } else if let Some(error) = session.state().error() {
                <Alert kind={AlertKind::Error} heading={t!(i18n, "session-unknown-heading")} live=true>
                    <Failure error={error.clone()} on_retry={session.reload()} />
                </Alert>
            } else if new_version.is_there {
                <Alert heading={t!(i18n, "new-version-heading")} live=true>
                    <p>{ t!(i18n, "new-version-text") }</p>
                    <Button kind={ButtonKind::Secondary} icon="refresh" on_press={|()| dom::reload()}>
                        { t!(i18n, "new-version-reload") }
                    </Button>
                </Alert>
            }
        </div>
    }
}
