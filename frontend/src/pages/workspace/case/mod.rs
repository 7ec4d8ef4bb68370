//! A hearing in the workspace: one frame with tabs, and each tab is a page with its own address.

mod content;
mod history;
mod outcome;
mod participants;
mod responses;
mod tab;

use std::rc::Rc;

use openapi::{
    client::Error,
    hearings::{Hearing, HearingStatus},
    ids::HearingId,
    problem::ProblemCode,
};
use yew::prelude::*;

pub(super) use self::tab::Tab;
use self::{content::Content, history::History, outcome::Outcome, participants::Participants, responses::Responses};
use crate::{
    clock,
    components::{Crumb, Link, Page, RemoteView, StatusBadge, Tabs},
    hearing_text,
    hooks::use_remote,
    i18n::{I18n, use_i18n},
    pages::{Forbidden, LoginFirst, NotFound},
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
    let session = use_session();
    let title = t!(i18n, props.tab.name());
    if session.is_known() && session.account().is_none() {
        return html! { <Page {title}><LoginFirst text={t!(i18n, "workspace-login")} /></Page> };
    }
    if !session.is_known() {
        return html! { <Page {title} /> };
    }
    html! { <Loaded id={props.id} tab={props.tab} /> }
}

/// What a tab works on.
#[derive(Clone, PartialEq)]
struct CaseFile {
    hearing: Rc<Hearing>,
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
    let error = remote.state().error().and_then(Error::problem);
    if error.is_some_and(|problem| problem.code == ProblemCode::NotFound) {
        return html! { <NotFound /> };
    }
    let data = remote.data().cloned();
    if let Some(hearing) = &data
        && !tab.is_open_to(hearing, session.account())
    {
        return html! { <Forbidden /> };
    }
    let title = match &data {
        Some(hearing) if hearing.title.trim().is_empty() => t!(i18n, "case-untitled"),
        Some(hearing) => hearing.title.clone().into(),
        None if remote.state().error().is_some() => t!(i18n, tab.name()),
        None => t!(i18n, "hearing-loading"),
    };
    let document_title = t!(i18n, "case-document-title", tab = t!(i18n, tab.name()).as_str(), title = title.as_str());
    let replace = {
        let remote = remote.clone();
        Callback::from(move |hearing: Hearing| remote.set(hearing))
    };
    let fetching = remote.state().is_loading();
    let draw = {
        let reload = remote.reload();
        Callback::from(move |hearing: Rc<Hearing>| {
            let case = CaseFile { hearing, replace: replace.clone(), reload: reload.clone() };
            match tab {
                // A form that starts from old data would compete with itself.
                Tab::Content if fetching => html! { <div aria-hidden="true"><span class="skeleton" /></div> },
                Tab::Content => html! { <Content {case} /> },
                Tab::Participants => html! { <Participants {case} /> },
                Tab::Responses => html! { <Responses {case} /> },
                Tab::Outcome => html! { <Outcome {case} /> },
                Tab::History => html! { <History {case} /> },
            }
        })
    };
    html! {
        <Page
            {title}
            {document_title}
            crumbs={Some(vec![Crumb::new(Route::Workspace, t!(i18n, "nav-workspace"))])}
            above={data.as_deref().map(|hearing| status_line(hearing, &i18n)).unwrap_or_default()}
            beside={data.as_deref().map(|hearing| to_portal(hearing, &i18n)).unwrap_or_default()}
        >
            if let Some(hearing) = &data {
                <Tabs
                    label={t!(i18n, "case-tabs")}
                    tabs={tab::tabs(hearing, session.account(), &i18n)}
                    current={tab.route(id)}
                />
            }
            <RemoteView<Hearing> {remote} {draw} what={t!(i18n, "what-hearing")} />
        </Page>
    }
}

/// Where the hearing is, what date matters, and how long is left.
fn status_line(hearing: &Hearing, i18n: &I18n) -> Html {
    let when = hearing_text::when(hearing.status, hearing.starts_on, hearing.deadline_on, i18n);
    let left = hearing
        .deadline_on
        .filter(|_| hearing.status == HearingStatus::Open)
        .map(|day| hearing_text::time_left(day, clock::now(), i18n));
    html! {
        <p class="status-line">
            <StatusBadge status={hearing.status} />
            if let Some(left) = left {
                <strong>{ left }</strong>
            }
            if let Some(when) = when {
                <span>{ when }</span>
            }
        </p>
    }
}

fn to_portal(hearing: &Hearing, i18n: &I18n) -> Html {
    html! { <Link to={Route::hearing(hearing.id, &hearing.title)}>{ t!(i18n, "case-to-portal") }</Link> }
}
