//! Says how what is being written is kept: "Gemt kl. 10.32".

use openapi::{client::Error, problem::ProblemCode};
use yew::prelude::*;

use super::Icon;
use crate::{
    hooks::SaveStatus,
    i18n::{key, use_i18n},
    t,
};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct SaveStateProps {
    /// How it is kept.
    pub status: SaveStatus,
    /// Whether nothing is saved before the author has chosen between two versions.
    #[prop_or_default]
    pub must_choose: bool,
}

/// Says how what is being written is kept. Only failures are read out: a voice at every pause would be noise.
#[component]
pub fn SaveState(props: &SaveStateProps) -> Html {
    let i18n = use_i18n();
    let dates = i18n.dates();
    let (icon, text) = match &props.status {
        _ if props.must_choose => ("error", t!(i18n, "conflict-not-saved")),
        SaveStatus::Unchanged => return html! { <p class="save-state"></p> },
        SaveStatus::Dirty | SaveStatus::Saving => ("sync", t!(i18n, "save-saving")),
        SaveStatus::Saved(at) => ("check", t!(i18n, "save-saved", time = dates.at(*at))),
        SaveStatus::Failed(error) => ("error", t!(i18n, why(error))),
    };
    let failed = props.must_choose || matches!(props.status, SaveStatus::Failed(_));
    html! {
        <>
            <p class={classes!("save-state", failed.then_some("save-state--failed"))}>
                <Icon name={icon} />{ &text }
            </p>
            <span class="sr-only" role="alert">{ if failed { text.clone() } else { AttrValue::default() } }</span>
        </>
    }
}

/// Why it is not saved: for good, until the author has chosen, or for now.
fn why(error: &Error) -> &'static str {
    match error.problem().map(|problem| problem.code) {
        Some(ProblemCode::PreconditionFailed) => key("conflict-not-saved"),
        Some(ProblemCode::NotFound | ProblemCode::Forbidden | ProblemCode::DraftSent) => key("save-lost"),
        _ => key("save-failed"),
    }
}
