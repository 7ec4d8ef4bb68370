//! The answers to a hearing, as far as others than staff see them.

use std::rc::Rc;

use openapi::hearings::Hearing;
use yew::prelude::*;

use crate::{
    components::EmptyState,
    i18n::use_i18n,
    pages::{ResponseList, use_responses},
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ResponsesProps {
    pub(super) hearing: Rc<Hearing>,
}

/// The answers to a hearing.
#[component]
pub(super) fn Responses(props: &ResponsesProps) -> Html {
    let i18n = use_i18n();
    let Hearing { id, title, .. } = &*props.hearing;
    let responses =
        use_responses(
            *id,
            Route::hearing(*id, title),
            |api, id, page| async move { api.list_responses(id, &page).await },
        );
    let empty = html! {
        <EmptyState heading={t!(i18n, "responses-none")} level="h3"><p>{ t!(i18n, "responses-none-text") }</p></EmptyState>
    };
    html! {
        <section aria-labelledby="svar">
            <h2 id="svar" tabindex="-1">{ t!(i18n, "responses-title") }</h2>
            <ResponseList {responses} {empty} />
        </section>
    }
}
