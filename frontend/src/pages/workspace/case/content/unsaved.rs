//! The copy of what was written that lies in this tab until it is saved.

use openapi::{hearings::Hearing, ids::HearingId};
use serde::{Deserialize, Serialize};

use super::written::Written;
use crate::kept;

/// The copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Unsaved {
    /// The hearing's version that it was written on.
    version: i64,
    written: Written,
}

/// What a copy means for the hearing as it is now.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// There is none, or it says the same.
    Nothing,
    /// It goes on from the hearing as it is.
    GoesOn(Written),
    /// The hearing was changed since: the author chooses.
    Competes(Written),
}

fn name(id: HearingId) -> String {
    format!("hearing-{id}")
}

/// Keeps a copy until it is saved.
pub(super) fn keep(id: HearingId, version: i64, written: &Written) {
    kept::keep(&name(id), &Unsaved { version, written: written.clone() });
}

/// Drops the copy.
pub(super) fn forget(id: HearingId) {
    kept::forget(&name(id));
}

/// Looks for a copy.
pub(super) fn find(hearing: &Hearing) -> Found {
    judge(kept::find(&name(hearing.id)), hearing.version, &Written::of(hearing))
}

fn judge(copy: Option<Unsaved>, version: i64, saved: &Written) -> Found {
    match copy {
        Some(copy) if copy.written.says_the_same(saved) => Found::Nothing,
        Some(copy) if copy.version == version => Found::GoesOn(copy.written),
        Some(copy) => Found::Competes(copy.written),
        None => Found::Nothing,
    }
}
