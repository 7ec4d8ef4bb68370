//! Over a hearing's title: where it is, what date matters, and how long is left.

use std::rc::Rc;

use openapi::hearings::{Hearing, HearingStatus};
use yew::prelude::*;

use super::StatusBadge;
use crate::{clock, hearing_text, i18n::use_i18n};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct StatusLineProps {
    /// The hearing.
    pub hearing: Rc<Hearing>,
}

/// Where a hearing is, what date matters, and how long is left.
#[component]
pub fn StatusLine(props: &StatusLineProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    let when = hearing_text::when(hearing.status, hearing.starts_on, hearing.deadline_on, &i18n);
    let left = hearing
        .deadline_on
        .filter(|_| hearing.status == HearingStatus::Open)
        .map(|day| hearing_text::time_left(day, clock::now(), &i18n));
    html! {
        <p class="status-line">
            <StatusBadge status={hearing.status} />
            if let Some(left) = left {
                <strong>{ left }</strong>
            }
            if let Some(when) = when {
                <span>{ when }</span>
            }
        </p>
    }
}
