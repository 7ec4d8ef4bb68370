//! A word or two that says how something stands.

use yew::prelude::*;

/// The ground behind the word; the word itself says what it means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeKind {
    /// Grey.
    #[default]
    Neutral,
    /// Pale blue.
    Info,
    /// Pale green.
    Success,
    /// Pale yellow.
    Warning,
    /// Pale red.
    Error,
}

/// What a badge needs.
#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    /// The ground.
    #[prop_or_default]
    pub kind: BadgeKind,
    /// The word.
    pub text: AttrValue,
}

/// A word or two that says how something stands.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    let kind = match props.kind {
        BadgeKind::Neutral => None,
        BadgeKind::Info => Some("badge-info"),
        BadgeKind::Success => Some("badge-success"),
        BadgeKind::Warning => Some("badge-warning"),
        BadgeKind::Error => Some("badge-error"),
    };
    html! { <span class={classes!("badge", kind)}>{ &props.text }</span> }
}
