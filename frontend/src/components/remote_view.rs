//! Shows data from the server in every state: room for it while it comes for the first time, the last data while it
//! comes again, and what failed with the way to try again.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::{Alert, AlertKind, Failure, Skeleton};
use crate::{form_errors::not_fetched, i18n::use_i18n, remote::RemoteStatus};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct RemoteViewProps {
    /// How the data stands.
    pub remote: RemoteStatus,
    /// What is fetched, for the sentence when it fails: "høringerne".
    pub what: AttrValue,
    /// The data as it is drawn; nothing while there is none.
    #[prop_or_default]
    pub children: Html,
}

/// Shows data from the server in every state.
#[component]
pub fn RemoteView(props: &RemoteViewProps) -> Html {
    let i18n = use_i18n();
    let RemoteViewProps { remote, what, children } = props;
    let place = use_node_ref();
    let on_retry = {
        let place = place.clone();
        remote.reload.reform(move |()| {
            // The button goes with the failure; who pressed it stays here.
            if let Some(place) = place.cast::<HtmlElement>() {
                let _ = place.focus();
            }
        })
    };
    html! {
        <div
            ref={place}
            class={classes!("remote", remote.busy.then_some("remote--loading"))}
            aria-busy={remote.busy.to_string()}
            tabindex="-1"
        >
            if let Some(error) = &remote.error {
                <Alert kind={AlertKind::Error} heading={not_fetched(what, error, &i18n)} live=true>
                    <Failure error={error.clone()} {on_retry} />
                </Alert>
            }
            if remote.is_here {
                { children.clone() }
            } else if remote.busy {
                <Skeleton what={what.clone()} />
            }
        </div>
    }
}
