//! Tabs that are pages: each has its address.

use yew::prelude::*;

use super::Link;
use crate::route::Route;

/// A tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// Its page.
    pub to: Route,
    /// Its name.
    pub text: AttrValue,
}

/// What tabs need.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// What the tabs are of, for people who hear them.
    pub label: AttrValue,
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// The page one is on.
    pub current: Route,
}

/// Tabs that are pages.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    html! {
        <nav class="tab-container" aria-label={props.label.clone()}>
            <ul class="tab-list">
                { for props.tabs.iter().map(|tab| html! {
                    <li>
                        <Link
                            class="tab-button"
                            to={tab.to.clone()}
                            current={(tab.to == props.current).then_some("page")}
                        >
                            <span>{ &tab.text }</span>
                        </Link>
                    </li>
                }) }
            </ul>
        </nav>
    }
}
