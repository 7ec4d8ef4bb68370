//! An icon of the design system's sprite.

use yew::prelude::*;

use crate::config::Config;

/// What an icon needs.
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// Its name in the sprite.
    pub name: AttrValue,
    /// What it says where no text stands beside it; without it the icon is decoration.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Classes beside the design system's own.
    #[prop_or_default]
    pub class: Classes,
}

/// An icon: decoration, unless it is given words.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let config = use_context::<Config>().unwrap_or_default();
    let href = config.icon(&props.name);
    let class = classes!("icon-svg", props.class.clone());
    match &props.label {
        Some(label) => html! {
            <svg {class} role="img" aria-label={label.clone()} focusable="false"><use href={href} /></svg>
        },
        None => html! {
            <svg {class} aria-hidden="true" focusable="false"><use href={href} /></svg>
        },
    }
}
