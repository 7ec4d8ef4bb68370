//! What the draft of a conclusion said before: what colleagues wrote that was replaced, and one's own of an earlier day.

use std::rc::Rc;

use openapi::{client::Error, hearings::ConclusionVersion, ids::HearingId, page::PageQuery};
use yew::prelude::*;

use crate::{
    components::{Button, ButtonKind, Details, Failure, Instant},
    hooks::use_action,
    i18n::{I18n, key, use_i18n},
    paging::{MOST, first_rows},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct EarlierProps {
    pub(super) id: HearingId,
}

/// Earlier versions, fetched when they are asked for.
#[component]
pub(super) fn Earlier(props: &EarlierProps) -> Html {
    let i18n = use_i18n();
    let versions = use_state(|| None::<Result<Vec<ConclusionVersion>, Rc<Error>>>);
    let done = {
        let versions = versions.setter();
        Callback::from(move |answer: Result<Vec<ConclusionVersion>, Error>| {
            versions.set(Some(answer.map_err(Rc::new)));
        })
    };
    let id = props.id;
    let show = use_action(
        move |api, ()| async move {
            let page = |page: PageQuery| {
                let api = api.clone();
                async move { api.list_conclusion_versions(id, &page).await }
            };
            Ok(first_rows(MOST, page).await?.items)
        },
        done,
    );
    let found = match &*versions {
        Some(Ok(versions)) if versions.is_empty() => html! { <p>{ t!(i18n, "conclusion-versions-none") }</p> },
        Some(Ok(versions)) => html! { <>{ for versions.iter().map(|version| said(version, &i18n)) }</> },
        Some(Err(error)) => html! { <Failure error={error.clone()} on_retry={show.run.clone()} /> },
        None => Html::default(),
    };
    html! {
        <>
            <div aria-live="polite">{ found }</div>
            <Button kind={ButtonKind::Tertiary} busy={show.busy} on_press={show.run.clone()}>
                { t!(i18n, if versions.is_some() { key("conclusion-versions-again") } else { key("conclusion-versions-show") }) }
            </Button>
        </>
    }
}

fn said(version: &ConclusionVersion, i18n: &I18n) -> Html {
    let at = i18n.dates().instant(version.saved_at);
    let summary = match &version.saved_by {
        Some(name) => t!(i18n, "conflict-theirs-by-at", name = name.as_str(), at = at),
        None => t!(i18n, "conflict-theirs-at", at = at),
    };
    html! {
        <Details key={version.version} {summary}>
            <p class="muted">{ t!(i18n, "conclusion-versions-replaced") }{ " " }<Instant at={version.replaced_at} /></p>
            <p class="plain-text" lang="da">{ &version.text }</p>
        </Details>
    }
}
