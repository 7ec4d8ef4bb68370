//! The front page: what waits for the reader, what is open now, and how it works.

mod yours;

use openapi::hearings::HearingQuery;
use yew::prelude::*;
use yew_router::{AnyRoute, Routable, prelude::use_navigator};

use self::yours::Yours;
use crate::{
    components::{EmptyState, HearingList, Link, Page, PageHeading, RemoteView, SearchField},
    hooks::use_remote_from,
    i18n::use_i18n,
    route::Route,
    served::take_front_page,
    session::use_session,
    t,
};

/// The front page.
#[component]
pub(super) fn Front() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let open = use_remote_from(take_front_page, (), |api, ()| async move {
        api.list_hearings(&HearingQuery::of_front_page()).await
    });
    html! {
        <Page title={t!(i18n, "nav-front")} hero={html! { <Hero /> }}>
            if session.account().is_some() {
                <Yours />
            }
            <section aria-labelledby="open-now">
                <div class="section-head">
                    <h2 id="open-now">{ t!(i18n, "front-open") }</h2>
                    <Link to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link>
                </div>
                <RemoteView remote={open.status()} what={t!(i18n, "what-hearings")}>
                    if open.rows().is_empty() {
                        <EmptyState heading={t!(i18n, "front-none-open")} level="h3">
                            <p>{ t!(i18n, "front-none-open-text") }</p>
                            <p><Link to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link></p>
                        </EmptyState>
                    } else {
                        <HearingList hearings={open.rows().to_vec()} />
                    }
                </RemoteView>
            </section>
            <How />
        </Page>
    }
}

/// What this is, and the search.
#[component]
fn Hero() -> Html {
    let i18n = use_i18n();
    let navigator = use_navigator();
    let on_search = Callback::from(move |words: String| {
        if let Some(navigator) = &navigator {
            let query = serde_html_form::to_string([("q", words)]).unwrap_or_default();
            navigator.push(&AnyRoute::new(format!("{}?{query}", Route::Hearings.to_path())));
        }
    });
    html! {
        <div class="hero">
            <div class="container">
                <PageHeading>{ t!(i18n, "front-title") }</PageHeading>
                <p class="lead">{ t!(i18n, "front-lead") }</p>
                <SearchField id="front-search" label={t!(i18n, "search-hearings")} {on_search} />
            </div>
        </div>
    }
}

/// How it works, in three steps.
#[component]
fn How() -> Html {
    let i18n = use_i18n();
    html! {
        <section aria-labelledby="how">
            <h2 id="how">{ t!(i18n, "how") }</h2>
            <ol class="plain-list how-steps">
                <li><h3>{ t!(i18n, "how-read") }</h3><p>{ t!(i18n, "how-read-text") }</p></li>
                <li><h3>{ t!(i18n, "how-write") }</h3><p>{ t!(i18n, "how-write-text") }</p></li>
                <li><h3>{ t!(i18n, "how-outcome") }</h3><p>{ t!(i18n, "how-outcome-text") }</p></li>
            </ol>
        </section>
    }
}
