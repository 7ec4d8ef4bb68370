//! Room for what is being fetched for the first time.

use yew::prelude::*;

use crate::{i18n::use_i18n, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct SkeletonProps {
    /// What is fetched, for people who hear the page: "høringerne". Left out where a heading says it.
    #[prop_or_default]
    pub what: Option<AttrValue>,
}

/// Room for what is being fetched for the first time.
#[component]
pub fn Skeleton(props: &SkeletonProps) -> Html {
    let i18n = use_i18n();
    html! {
        <>
            <div aria-hidden="true">
                <span class="skeleton" /><span class="skeleton" /><span class="skeleton" /><span class="skeleton" />
            </div>
            if let Some(what) = &props.what {
                <span class="sr-only" role="status">{ t!(i18n, "remote-loading", what = what.as_str()) }</span>
            }
        </>
    }
}
