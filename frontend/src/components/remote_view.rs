//! Shows data from the server in every state: room for it while it comes for the first time, the last data while it
//! comes again, and what failed with the way to try again.

use std::rc::Rc;

use openapi::client::Error;
use yew::prelude::*;

use super::{Alert, AlertKind, Button, ButtonKind};
use crate::{
    form_errors::{describe, reference},
    hooks::RemoteHandle,
    i18n::use_i18n,
    remote::Remote,
    t,
};

/// What it needs.
#[derive(Properties)]
pub struct RemoteViewProps<T: 'static> {
    /// The data.
    pub remote: RemoteHandle<T>,
    /// Draws it.
    pub draw: Callback<Rc<T>, Html>,
    /// What is fetched, for the sentence when it fails: "høringerne".
    pub what: AttrValue,
}

impl<T> PartialEq for RemoteViewProps<T> {
    fn eq(&self, _: &RemoteViewProps<T>) -> bool {
        // What it draws with comes from the component around it, which has just been drawn anew for a reason.
        false
    }
}

/// Shows data from the server in every state.
#[component]
pub fn RemoteView<T: 'static>(props: &RemoteViewProps<T>) -> Html {
    let i18n = use_i18n();
    let state = props.remote.state();
    let failure = |error: &Error| {
        html! {
            <Alert kind={AlertKind::Error} heading={t!(i18n, "remote-failed", what = props.what.as_str())} live=true>
                <p>{ describe(error, &i18n) }</p>
                if let Some(reference) = reference(error) {
                    <p>{ t!(i18n, "remote-reference", reference = reference.as_str()) }</p>
                }
                <Button kind={ButtonKind::Secondary} on_press={props.remote.reload()}>
                    { t!(i18n, "try-again") }
                </Button>
            </Alert>
        }
    };
    html! {
        <div class={classes!("remote", state.is_loading().then_some("remote--loading"))} aria-busy={state.is_loading().to_string()}>
            if let Some(error) = state.error() {
                { failure(error) }
            }
            if let Some(data) = state.data() {
                { props.draw.emit(data.clone()) }
            } else if matches!(state, Remote::Loading(_)) {
                <div aria-hidden="true">
                    <span class="skeleton" /><span class="skeleton" /><span class="skeleton" /><span class="skeleton" />
                </div>
                <span class="sr-only" role="status">{ t!(i18n, "remote-loading", what = props.what.as_str()) }</span>
            }
        </div>
    }
}
