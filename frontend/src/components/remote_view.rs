//! Shows data from the server in every state: room for it while it comes for the first time, the last data while it
//! comes again, and what failed with the way to try again.

use yew::prelude::*;

use super::{Alert, AlertKind, Failure, Skeleton};
use crate::{i18n::use_i18n, remote::RemoteStatus, t};

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
    html! {
        <div class={classes!("remote", remote.busy.then_some("remote--loading"))} aria-busy={remote.busy.to_string()}>
            if let Some(error) = &remote.error {
                <Alert kind={AlertKind::Error} heading={t!(i18n, "remote-failed", what = what.as_str())} live=true>
                    <Failure error={error.clone()} on_retry={remote.reload.clone()} />
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
