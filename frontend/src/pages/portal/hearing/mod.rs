//! A hearing: one address for its whole life, from the announcement to what came of it.

mod call_to_action;
mod documents;
mod facts;
mod how_used;
mod responses;

use std::rc::Rc;

use openapi::{
    hearings::{Hearing, HearingStatus},
    ids::HearingId,
};
use yew::prelude::*;
use yew_router::{
    AnyRoute, Routable,
    prelude::{use_location, use_navigator},
};

pub(super) use self::facts::shown;
use self::{call_to_action::CallToAction, documents::Documents, facts::Facts, how_used::HowUsed, responses::Responses};
use crate::{
    components::{Button, ButtonKind, Crumb, HearingImage, Link, PageProps, RichText, SectionList, StatusLine},
    dom,
    hooks::use_remote_from,
    i18n::use_i18n,
    pages::RemotePage,
    route::Route,
    served::take_hearing,
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
    let id = props.id;
    let hearing = use_remote_from(|| take_hearing(id), id, |api, id| async move { api.get_hearing(id).await });
    use_full_address(hearing.data().cloned());
    let crumbs = vec![Crumb::new(Route::Hearings, t!(i18n, "nav-hearings"))];
    let page = hearing.data().map(|hearing| {
        yew::props!(PageProps {
            title: hearing.title.clone(),
            crumbs: Some(crumbs.clone()),
            above: html! { <StatusLine hearing={hearing.clone()} /> },
            beside: html! {
                <Button kind={ButtonKind::Tertiary} icon="print" on_press={|()| dom::print()}>
                    { t!(i18n, "print") }
                </Button>
            },
            children: html! { <Whole hearing={hearing.clone()} /> },
        })
    });
    html! { <RemotePage remote={hearing.status()} what={t!(i18n, "what-hearing")} {crumbs} {page} /> }
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
                <HearingImage hearing={hearing.clone()} />
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
                <SectionList hearing={hearing.clone()} to_answer={hearing.may.answer} />
                <Documents hearing={hearing.clone()} />
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
