//! A filter of hearings: a list that folds out, in which each value says how many hearings it would leave.

use std::rc::Rc;

use openapi::hearings::HearingFacets;
use yew::prelude::*;

use super::{Choice, Select};
use crate::{
    facets::{Facet, choices},
    i18n::use_i18n,
    t,
};

/// What the filter needs.
#[derive(Properties, PartialEq)]
pub struct FacetSelectProps<T: Facet> {
    /// Its label.
    pub label: AttrValue,
    /// The choices that stand before its values and are none of them; "Alle" alone without.
    #[prop_or_default]
    pub wholes: Option<Vec<Choice>>,
    /// Which of them holds while no value is chosen.
    #[prop_or_default]
    pub whole: AttrValue,
    /// The values that are offered.
    #[prop_or(T::ALL)]
    pub offered: &'static [T],
    /// How many hearings each value would leave, once that is known. Counts that do not come are not missed.
    pub facets: Option<Rc<HearingFacets>>,
    /// The value that is chosen.
    pub chosen: Option<T>,
    /// Told the code of another choice.
    pub on_change: Callback<String>,
}

/// A filter of hearings.
#[component]
pub fn FacetSelect<T: Facet>(props: &FacetSelectProps<T>) -> Html {
    let i18n = use_i18n();
    let FacetSelectProps { label, wholes, whole, offered, facets, chosen, on_change } = props;
    let wholes = wholes.clone().unwrap_or_else(|| vec![Choice::new("", t!(i18n, "filter-all"))]);
    let values = choices(offered, facets.as_deref(), *chosen, &i18n);
    let value = chosen.map_or_else(|| whole.clone(), |chosen| chosen.code().into());
    html! {
        <Select
            pointer={T::NAME}
            {label}
            choices={wholes.into_iter().chain(values).collect::<Vec<_>>()}
            {value}
            {on_change}
        />
    }
}
