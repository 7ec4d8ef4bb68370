//! Fetches how many hearings each value of a filter would leave.

use std::rc::Rc;

use openapi::hearings::{FacetQuery, HearingFacets, HearingQuery};
use yew::prelude::*;

use super::use_remote;

/// How many hearings each value of a filter would leave in this list, once that is known.
#[hook]
pub fn use_facets(list: &HearingQuery) -> Option<Rc<HearingFacets>> {
    let facets = use_remote(FacetQuery::from(list), |api, query| async move { api.get_hearing_facets(&query).await });
    facets.data().cloned()
}
