//! A filter that is on, with the way to take it off.

use yew::prelude::*;

use super::Icon;
use crate::{i18n::use_i18n, t};

/// What a tag needs.
#[derive(Properties, PartialEq)]
pub struct TagProps {
    /// The filter in words.
    pub text: AttrValue,
    /// Told when it is taken off.
    pub on_remove: Callback<()>,
}

/// A filter that is on, with the way to take it off.
#[component]
pub fn Tag(props: &TagProps) -> Html {
    let i18n = use_i18n();
    let onclick = props.on_remove.reform(|_: MouseEvent| ());
    html! {
        <button type="button" class="tag" {onclick}>
            { &props.text }
            <Icon name="close" label={t!(i18n, "tag-remove")} />
        </button>
    }
}
