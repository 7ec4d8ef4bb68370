//! Filters, order and search of a page live in its address.

use serde::{Serialize, de::DeserializeOwned};
use yew::prelude::*;
use yew_router::{
    AnyRoute, Routable,
    prelude::{use_location, use_navigator},
};

use crate::route::Route;

/// The query of the page's address as a typed value, and the way to another.
#[derive(Clone, PartialEq)]
pub struct Query<Q> {
    /// The value; its default when the address has none or a wrong one.
    pub value: Q,
    /// Goes to the same page with another query. Back leads to the one before.
    pub set: Callback<Q>,
    /// The same, but Back leads to what was before both: for what is more of the same.
    pub replace: Callback<Q>,
}

/// The query of the page's address. `page` is the page that it belongs to.
#[hook]
pub fn use_query<Q>(page: Route) -> Query<Q>
where
    Q: Clone + Default + PartialEq + Serialize + DeserializeOwned + 'static,
{
    let location = use_location();
    let navigator = use_navigator();
    let text = location.as_ref().map(|location| location.query_str().to_owned()).unwrap_or_default();
    let value = serde_html_form::from_str(text.trim_start_matches('?')).unwrap_or_default();
    let go = |replace: bool| {
        let (navigator, path) = (navigator.clone(), page.to_path());
        Callback::from(move |query: Q| {
            let Some(navigator) = &navigator else { return };
            let query = serde_html_form::to_string(&query).unwrap_or_default();
            let address = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
            let address = AnyRoute::new(address);
            if replace {
                navigator.replace(&address);
            } else {
                navigator.push(&address);
            }
        })
    };
    Query { value, set: go(false), replace: go(true) }
}
