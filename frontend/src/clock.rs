//! The one place that asks what time it is.

use chrono::{DateTime, Utc};

/// The present instant, by the clock of the reader's machine: good for "gemt kl. 10.32" and for
/// days left, never for deciding whether a deadline has passed (the server decides that).
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
