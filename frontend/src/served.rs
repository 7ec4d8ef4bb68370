//! What the server put into the page beside its words, so that the app begins with it instead of asking again.

use openapi::{hearings::Hearing, ids::HearingId};

use crate::dom;

const ELEMENT: &str = "agora-data";

/// The hearing of the served page, when it is this one. Once: whoever comes back to it later wants to see it as it is then.
pub fn take_hearing(id: HearingId) -> Option<Hearing> {
    parse(&dom::take_text(ELEMENT)?, id)
}

fn parse(json: &str, id: HearingId) -> Option<Hearing> {
    serde_json::from_str::<Hearing>(json).ok().filter(|hearing| hearing.id == id)
}
