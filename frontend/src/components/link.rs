//! Links: within this app without a page load, to the other app with one.

use yew::prelude::*;
use yew_router::{AnyRoute, Routable, prelude::use_navigator};

use crate::route::{Area, Route};

/// Where a link leads and how it looks.
#[derive(Properties, PartialEq)]
pub struct LinkProps {
    /// The page.
    pub to: Route,
    /// The query without its `?`, as from `serde_html_form`.
    #[prop_or_default]
    pub query: Option<AttrValue>,
    /// The fragment without its `#`.
    #[prop_or_default]
    pub fragment: Option<AttrValue>,
    /// Classes.
    #[prop_or_default]
    pub class: Classes,
    /// `aria-current`, for the link to where one is: `page`, `step`, `true`.
    #[prop_or_default]
    pub current: Option<AttrValue>,
    /// Words for those who hear the link without what stands round it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Told when the link is followed, before it is.
    #[prop_or_default]
    pub on_follow: Callback<()>,
    /// What is shown.
    #[prop_or_default]
    pub children: Html,
}

/// A link to a page. The one place that decides between navigation and a full load.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let area = use_context::<Area>().unwrap_or(Area::Portal);
    let navigator = use_navigator();
    let href = address(&props.to, props.query.as_deref(), props.fragment.as_deref());
    let onclick = {
        let here = props.to.area() == area;
        let href = href.clone();
        let on_follow = props.on_follow.clone();
        Callback::from(move |event: MouseEvent| {
            let wants_new_tab = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            if wants_new_tab || event.button() != 0 {
                return;
            }
            on_follow.emit(());
            if let (true, Some(navigator)) = (here, &navigator) {
                event.prevent_default();
                navigator.push(&AnyRoute::new(href.clone()));
            }
        })
    };
    html! {
        <a
            {href}
            {onclick}
            class={props.class.clone()}
            aria-current={props.current.clone()}
            aria-label={props.label.clone()}
        >
            { props.children.clone() }
        </a>
    }
}

/// A page's address with query and fragment.
fn address(route: &Route, query: Option<&str>, fragment: Option<&str>) -> String {
    let mut address = route.to_path();
    for (sign, part) in [('?', query), ('#', fragment)] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            address.push(sign);
            address.push_str(part);
        }
    }
    address
}
