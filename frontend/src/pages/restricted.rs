//! Pages for those who are logged in, and for those of them who have a role: what stands there for everybody else, and
//! until it is known who is here.

use openapi::session::GlobalRole;
use yew::prelude::*;

use super::{Forbidden, LoginFirst};
use crate::{
    components::{Crumb, Page, Skeleton},
    i18n::use_i18n,
    session::use_session,
    t,
};

/// What such a page needs.
#[derive(Properties, PartialEq)]
pub struct RestrictedProps {
    /// The page's heading.
    pub title: AttrValue,
    /// The steps between the front page and the page.
    #[prop_or_default]
    pub crumbs: Vec<Crumb>,
    /// Whether its lines are kept short.
    #[prop_or_default]
    pub narrow: bool,
    /// What one logs in for, in a sentence.
    pub login: AttrValue,
    /// The role it takes; without one everybody who is logged in is let in.
    #[prop_or_default]
    pub role: Option<GlobalRole>,
    /// The page.
    pub children: Html,
}

/// A page for those who are logged in. The server decides again; this only spares people pages that would be empty.
#[component]
pub fn Restricted(props: &RestrictedProps) -> Html {
    let i18n = use_i18n();
    let session = use_session();
    match (session.account(), session.is_known()) {
        (Some(account), _) if props.role.is_some_and(|role| !account.has(role)) => html! { <Forbidden /> },
        (Some(_), _) => props.children.clone(),
        (None, true) => html! { <LoginFirst text={props.login.clone()} /> },
        // Why it is not known stands over the page, with the way to try again.
        (None, false) if session.state().error().is_some() => html! { <Page title={t!(i18n, "page-not-now")} /> },
        (None, false) => html! {
            <Page title={props.title.clone()} crumbs={Some(props.crumbs.clone())} narrow={props.narrow}>
                <Skeleton />
            </Page>
        },
    }
}
