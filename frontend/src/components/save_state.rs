//! Says how what is being written is kept: "Gemt kl. 10.32".

use openapi::problem::ProblemCode;
use yew::prelude::*;

use super::Icon;
use crate::{hooks::SaveStatus, i18n::use_i18n, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct SaveStateProps {
    /// How it is kept.
    pub status: SaveStatus,
}

/// Says how what is being written is kept. Only failures are read out: a voice at every pause would be noise.
#[component]
pub fn SaveState(props: &SaveStateProps) -> Html {
    let i18n = use_i18n();
    let dates = i18n.dates();
    let (icon, text) = match &props.status {
        SaveStatus::Unchanged => return html! { <p class="save-state"></p> },
        SaveStatus::Dirty | SaveStatus::Saving => ("sync", t!(i18n, "save-saving")),
        SaveStatus::Saved(at) => ("check", t!(i18n, "save-saved", time = dates.at(*at))),
        SaveStatus::Failed(error) => (
            "error",
            if error.is(ProblemCode::PreconditionFailed) { t!(i18n, "save-stale") } else { t!(i18n, "save-failed") },
        ),
    };
    let failed = matches!(props.status, SaveStatus::Failed(_));
    html! {
        <>
            <p class={classes!("save-state", failed.then_some("save-state--failed"))}>
                <Icon name={icon} />{ &text }
            </p>
            <span class="sr-only" role="alert">{ if failed { text.clone() } else { AttrValue::default() } }</span>
        </>
    }
}
