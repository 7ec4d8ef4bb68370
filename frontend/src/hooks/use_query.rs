//! Filters, order, search and length of a page's list live in its address.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use yew::prelude::*;
use yew_router::{
    AnyRoute, Routable,
    prelude::{Location, use_location, use_navigator},
};

use crate::{paging::Shown, route::Route};

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
    let value = read(use_location().as_ref());
    let (push, replace) = use_addresses(&page);
    Query { value, set: push.reform(|query: Q| written(&query)), replace: replace.reform(|query: Q| written(&query)) }
}

/// The query of a list's address: what is asked for, how much of it is shown, and the ways to another.
#[derive(Clone, PartialEq)]
pub struct ListQuery<Q> {
    /// What is asked for; the default when the address asks for nothing or for something that is none.
    pub filters: Q,
    /// How many rows are shown.
    pub shown: Shown,
    /// Asks for something else, from the first row. Back leads to what was asked for before.
    pub set: Callback<Q>,
    /// Shows so many rows of the same. Back leads to what was before the list.
    pub on_more: Callback<usize>,
}

impl<Q: Clone + 'static> ListQuery<Q> {
    /// What a filter calls with its new value.
    pub fn change<T: 'static>(&self, change: impl Fn(&mut Q, T) + 'static) -> Callback<T> {
        let filters = self.filters.clone();
        self.set.reform(move |value: T| {
            let mut filters = filters.clone();
            change(&mut filters, value);
            filters
        })
    }
}

/// The part of a list's address that every list has.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Length {
    #[serde(rename = "vis", skip_serializing_if = "Shown::is_first")]
    shown: Shown,
}

/// The query of a list's address. `page` is the page that it belongs to; `Q` has no field that is called `vis`.
#[hook]
pub fn use_list_query<Q>(page: Route) -> ListQuery<Q>
where
    Q: Clone + Default + PartialEq + Serialize + DeserializeOwned + 'static,
{
    let location = use_location();
    let filters: Q = read(location.as_ref());
    let Length { shown } = read(location.as_ref());
    let (push, replace) = use_addresses(&page);
    let on_more = {
        let asked = written(&filters);
        replace.reform(move |rows: usize| {
            let length = written(&Length { shown: Shown::rows(rows) });
            [asked.as_str(), &length].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
        })
    };
    ListQuery { filters, shown, set: push.reform(|filters: Q| written(&filters)), on_more }
}

/// The query of a list that has no filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoFilters {}

fn read<Q: Default + DeserializeOwned>(location: Option<&Location>) -> Q {
    let text = location.map(Location::query_str).unwrap_or_default();
    serde_html_form::from_str(text.trim_start_matches('?')).unwrap_or_default()
}

fn written(query: &impl Serialize) -> String {
    serde_html_form::to_string(query).unwrap_or_default()
}

/// Goes to the same page with another query, as written in an address: as a step of its own, and in place of this one.
#[hook]
fn use_addresses(page: &Route) -> (Callback<String>, Callback<String>) {
    let navigator = use_navigator();
    let go = |replace: bool| {
        let (navigator, path) = (navigator.clone(), page.to_path());
        Callback::from(move |query: String| {
            let Some(navigator) = &navigator else { return };
            let address = AnyRoute::new(if query.is_empty() { path.clone() } else { format!("{path}?{query}") });
            if replace {
                navigator.replace(&address);
            } else {
                navigator.push(&address);
            }
        })
    };
    (go(false), go(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_list_stands_in_its_address_beside_the_filters() {
        assert_eq!(written(&NoFilters::default()), "");
        assert_eq!(written(&Length { shown: Shown::rows(40) }), "vis=40");
        let Length { shown } = serde_html_form::from_str("q=skole&vis=40").unwrap();
        assert_eq!(shown.wanted(), 40);
    }
}
