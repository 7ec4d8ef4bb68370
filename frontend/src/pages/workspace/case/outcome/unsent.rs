//! The conclusion while it is written: it is on the server only once it is given, so a copy lies in this tab.

use openapi::ids::HearingId;

use crate::kept;

fn name(id: HearingId) -> String {
    format!("conclusion-{id}")
}

/// Keeps what is written.
pub(super) fn keep(id: HearingId, text: &str) {
    if text.trim().is_empty() {
        kept::forget(&name(id));
    } else {
        kept::keep(&name(id), &text);
    }
}

/// What was written before.
pub(super) fn find(id: HearingId) -> Option<String> {
    kept::find(&name(id))
}

/// Drops it.
pub(super) fn forget(id: HearingId) {
    kept::forget(&name(id));
}
