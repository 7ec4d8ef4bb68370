//! The end of a page of a list: how much is shown, and more.

use yew::prelude::*;

use super::{Button, ButtonKind};
use crate::{i18n::use_i18n, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct LoadMoreProps {
    /// How many rows are shown.
    pub shown: usize,
    /// Whether there are more.
    pub more: bool,
    /// Whether more are being fetched.
    pub busy: bool,
    /// Told when more are wanted.
    pub on_more: Callback<()>,
}

/// The end of a page of a list: how much is shown, and more.
#[component]
pub fn LoadMore(props: &LoadMoreProps) -> Html {
    let i18n = use_i18n();
    html! {
        <div class="load-more">
            <p class="muted" role="status">{ t!(i18n, "list-shown", count = props.shown) }</p>
            if props.more {
                <Button kind={ButtonKind::Secondary} busy={props.busy} on_press={props.on_more.clone()}>
                    { t!(i18n, "list-more") }
                </Button>
            }
        </div>
    }
}
