//! A hearing in the workspace: one frame with tabs, and each tab is a page with its own address.

mod content;
mod history;
mod outcome;
mod participants;
mod responses;
mod tab;
mod versions;

use std::rc::Rc;

use openapi::{hearings::Hearing, ids::HearingId};
use yew::prelude::*;

pub(super) use self::tab::Tab;
use self::{content::Content, history::History, outcome::Outcome, participants::Participants, responses::Responses};
use crate::{
    components::{Crumb, Link, PageProps, Skeleton, StatusLine, Tabs},
    hooks::use_remote,
    i18n::{I18n, use_i18n},
    pages::{Forbidden, RemotePage, Restricted},
    route::Route,
    session::use_session,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct CaseProps {
    /// The hearing.
    pub(super) id: HearingId,
    /// What of it is shown.
    pub(super) tab: Tab,
}

/// A hearing in the workspace.
#[component]
pub(super) fn Case(props: &CaseProps) -> Html {
    let i18n = use_i18n();
    html! {
        <Restricted
            title={t!(i18n, "remote-loading", what = t!(i18n, "what-hearing").as_str())}
            crumbs={crumbs(&i18n)}
            login={t!(i18n, "workspace-login")}
        >
            <Loaded id={props.id} tab={props.tab} />
        </Restricted>
    }
}

fn crumbs(i18n: &I18n) -> Vec<Crumb> {
    vec![Crumb::new(Route::Workspace, t!(i18n, "nav-workspace"))]
}

/// What a tab works on.
#[derive(Clone, PartialEq)]
struct CaseFile {
    hearing: Rc<Hearing>,
    /// Whether a newer one is being fetched.
    fetching: bool,
    /// Takes the hearing as a change left it.
    replace: Callback<Hearing>,
    /// Fetches the hearing anew.
    reload: Callback<()>,
}

/// The same once it is known who is logged in.
#[component]
fn Loaded(props: &CaseProps) -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let CaseProps { id, tab } = *props;
    // Anew for each tab: others work on the same hearing.
    let remote = use_remote((id, tab), |api, (id, _)| async move { api.get_hearing(id).await });
    if remote.data().is_some_and(|hearing| !tab.is_open_to(hearing, session.account())) {
        return html! { <Forbidden /> };
    }
    let replace = {
        let remote = remote.clone();
        Callback::from(move |hearing: Hearing| remote.set(hearing))
    };
    let page = remote.data().map(|hearing| {
        let tabs = html! {
            <Tabs
                label={t!(i18n, "case-tabs")}
                tabs={tab::tabs(hearing, session.account(), &i18n)}
                current={tab.route(id)}
            />
        };
        let fetching = remote.state().is_loading();
        let case = CaseFile { hearing: hearing.clone(), fetching, replace, reload: remote.reload() };
        frame(case, tab, tabs, &i18n)
    });
    html! { <RemotePage remote={remote.status()} what={t!(i18n, "what-hearing")} crumbs={crumbs(&i18n)} {page} /> }
}

/// The page of a tab.
fn frame(case: CaseFile, tab: Tab, tabs: Html, i18n: &I18n) -> PageProps {
    let hearing = case.hearing.clone();
    let title = match hearing.title.trim() {
        "" => t!(i18n, "case-untitled"),
        _ => hearing.title.clone().into(),
    };
    let to_portal = Route::hearing(hearing.id, &hearing.title);
    yew::props!(PageProps {
        document_title: t!(i18n, "case-document-title", tab = t!(i18n, tab.name()).as_str(), title = title.as_str()),
        title,
        crumbs: Some(crumbs(i18n)),
        above: html! { <StatusLine {hearing} /> },
        beside: html! { <Link to={to_portal}>{ t!(i18n, "case-to-portal") }</Link> },
        children: html! { <>{ tabs }{ content(case, tab) }</> },
    })
}

fn content(case: CaseFile, tab: Tab) -> Html {
    match tab {
        // A form that starts from old data would compete with itself.
        Tab::Content if case.fetching => html! { <Skeleton /> },
        Tab::Content => html! { <Content {case} /> },
        Tab::Participants => html! { <Participants {case} /> },
        Tab::Responses => html! { <Responses {case} /> },
        Tab::Outcome => html! { <Outcome {case} /> },
        Tab::History => html! { <History {case} /> },
    }
}
