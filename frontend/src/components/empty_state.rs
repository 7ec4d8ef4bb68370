//! What stands where a list is empty: why, and what one can do.

use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct EmptyStateProps {
    /// That there is nothing, in words.
    pub heading: AttrValue,
    /// The heading's element.
    #[prop_or(AttrValue::Static("h2"))]
    pub level: AttrValue,
    /// Why, and what one can do.
    #[prop_or_default]
    pub children: Html,
}

/// What stands where a list is empty.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="empty-state">
            <@{props.level.to_string()}>{ &props.heading }</@>
            { props.children.clone() }
        </div>
    }
}
