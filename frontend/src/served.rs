//! What the server put into the page beside its words, so that the app begins with it instead of asking again.

use openapi::{
    hearings::{Hearing, HearingSummary},
    ids::HearingId,
    page::Page,
};
use serde::de::DeserializeOwned;

use crate::dom;

const ELEMENT: &str = "agora-data";

/// The hearing of the served page, when it is this one. Once: whoever comes back to it later wants to see it as it is then.
pub fn take_hearing(id: HearingId) -> Option<Hearing> {
    parse::<Hearing>(&dom::take_text(ELEMENT)?).filter(|hearing| hearing.id == id)
}

/// The hearings of the served front page. Once, too.
pub fn take_front_page() -> Option<Page<HearingSummary>> {
    parse(&dom::take_text(ELEMENT)?)
}

/// Nothing when it is of another page.
fn parse<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}
