//! A hearing: one address for its whole life, from the announcement to what came of it.

mod call_to_action;
mod facts;
mod how_used;
mod responses;
mod sections;

use std::rc::Rc;

use openapi::{
    hearings::{Hearing, HearingStatus},
    ids::HearingId,
    problem::ProblemCode,
};
use yew::prelude::*;
use yew_router::{
    AnyRoute, Routable,
    prelude::{use_location, use_navigator},
};

use self::{call_to_action::CallToAction, facts::Facts, how_used::HowUsed, responses::Responses, sections::Sections};
pub(super) use self::{facts::shown, responses::section_texts};
use crate::{
    clock,
    components::{Button, ButtonKind, Crumb, Link, Page, RemoteView, RichText, StatusBadge},
    dom, hearing_text,
    hooks::use_remote,
    i18n::{I18n, use_i18n},
    pages::NotFound,
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct HearingPageProps {
    /// The hearing.
    pub(super) id: HearingId,
}

/// A hearing.
#[component]
pub(super) fn HearingPage(props: &HearingPageProps) -> Html {
    let i18n = use_i18n();
    let hearing = use_remote(props.id, |api, id| async move { api.get_hearing(id).await });
    use_full_address(hearing.data().cloned());
    let missing = hearing
        .state()
        .error()
        .and_then(openapi::client::Error::problem)
        .is_some_and(|problem| problem.code == ProblemCode::NotFound);
    if missing {
        return html! { <NotFound /> };
    }
    let data = hearing.data().cloned();
    let title = match &data {
        Some(hearing) => AttrValue::from(hearing.title.clone()),
        None => t!(i18n, "hearing-loading"),
    };
    let above = data.as_deref().map(|hearing| status_line(hearing, &i18n)).unwrap_or_default();
    let beside = html! {
        <Button kind={ButtonKind::Tertiary} icon="print" on_press={|()| dom::print()}>
            { t!(i18n, "print") }
        </Button>
    };
    let draw = Callback::from(|hearing: Rc<Hearing>| html! { <Whole {hearing} /> });
    html! {
        <Page
            {title}
            crumbs={Some(vec![Crumb::new(Route::Hearings, t!(i18n, "nav-hearings"))])}
            {above}
            {beside}
        >
            <RemoteView<Hearing> remote={hearing} {draw} what={t!(i18n, "what-hearing")} />
        </Page>
    }
}

/// Puts the address right when it names the hearing by its id alone or by an old title.
#[hook]
fn use_full_address(hearing: Option<Rc<Hearing>>) {
    let navigator = use_navigator();
    let location = use_location();
    let wanted = hearing.map(|hearing| Route::hearing(hearing.id, &hearing.title).to_path());
    use_effect_with(wanted, move |wanted| {
        if let (Some(wanted), Some(navigator), Some(location)) = (wanted, navigator, location)
            && location.path() != wanted
        {
            let address = format!("{wanted}{}{}", location.query_str(), location.hash());
            navigator.replace(&AnyRoute::new(address));
        }
    });
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

#[derive(Properties, PartialEq)]
struct WholeProps {
    hearing: Rc<Hearing>,
}

/// Everything under the heading.
#[component]
fn Whole(props: &WholeProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    let works_on_it = hearing.may.edit || hearing.may.process;
    html! {
        <div class="with-aside with-aside--split">
            <div class="first">
                <p class="lead" lang="da">{ &hearing.summary }</p>
                if works_on_it {
                    <p>
                        <Link to={Route::CaseContent { id: hearing.id }}>{ t!(i18n, "hearing-to-workspace") }</Link>
                    </p>
                }
                if let Some(conclusion) = &hearing.conclusion {
                    <section class="panel" aria-labelledby="konklusion">
                        <h2 id="konklusion">{ t!(i18n, "hearing-conclusion") }</h2>
                        <RichText html={conclusion.body_html.clone()} />
                    </section>
                }
                <CallToAction hearing={hearing.clone()} />
            </div>
            <Facts hearing={hearing.clone()} />
            <div class="rest">
                <Sections hearing={hearing.clone()} />
                if matches!(hearing.status, HearingStatus::Scheduled | HearingStatus::Open) {
                    <HowUsed />
                }
                if hearing.may.answer {
                    <CallToAction hearing={hearing.clone()} />
                }
                if hearing.may.read_responses {
                    <Responses hearing={hearing.clone()} />
                }
            </div>
        </div>
    }
}
