//! A page that is about one thing from the server: it has its heading from that thing, and until it is here, from what
//! happens to it.

use openapi::problem::ProblemCode;
use yew::prelude::*;

use super::{Failed, Forbidden, NotFound};
use crate::{
    components::{Crumb, Page, PageProps, RemoteView, Skeleton},
    i18n::use_i18n,
    remote::RemoteStatus,
    t,
};

/// What such a page needs.
#[derive(Properties, PartialEq)]
pub struct RemotePageProps {
    /// How the thing stands.
    pub remote: RemoteStatus,
    /// What it is, for the heading while it is fetched and when that fails: "høringen".
    pub what: AttrValue,
    /// The steps between the front page and the page, as far as they are known before.
    pub crumbs: Vec<Crumb>,
    /// What stands above the heading whether the thing is here or not.
    #[prop_or_default]
    pub above: Html,
    /// Whether its lines are kept short.
    #[prop_or_default]
    pub narrow: bool,
    /// The page, once the thing is here.
    pub page: Option<PageProps>,
}

/// A page about one thing from the server, in every state. When it is fetched again and that fails, the page stays and
/// says so on top.
#[component]
pub fn RemotePage(props: &RemotePageProps) -> Html {
    let i18n = use_i18n();
    let RemotePageProps { remote, what, crumbs, above, narrow, page } = props;
    match (&remote.error, page) {
        (Some(error), _) if error.is(ProblemCode::NotFound) => html! { <NotFound /> },
        (Some(error), _) if error.is(ProblemCode::Forbidden) => html! { <Forbidden /> },
        (_, Some(page)) => {
            let content = page.children.clone();
            let children = html! { <RemoteView remote={remote.clone()} what={what.clone()}>{ content }</RemoteView> };
            html! { <Page ..PageProps { children, ..page.clone() } /> }
        }
        (Some(error), None) => html! {
            <Failed what={what.clone()} error={error.clone()} on_retry={remote.reload.clone()} />
        },
        (None, None) => html! {
            <Page
                title={t!(i18n, "remote-loading", what = what.as_str())}
                crumbs={Some(crumbs.clone())}
                above={above.clone()}
                narrow={*narrow}
            >
                <Skeleton />
            </Page>
        },
    }
}
