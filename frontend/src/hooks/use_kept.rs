//! The place on this device for what somebody is writing.

use std::fmt::Display;

use yew::prelude::*;

use crate::{kept::Kept, session::use_session};

/// The place for what the person who is logged in writes: `conclusion-<hearing>`.
#[hook]
pub fn use_kept(what: impl Display) -> Kept {
    Kept::new(use_session().account().map(|account| account.id), what)
}
