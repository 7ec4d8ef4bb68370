//! A hearing's life as a line, with where it is now.

use std::cmp::Ordering;

use openapi::hearings::{Hearing, HearingStatus};
use yew::prelude::*;

use crate::{
    i18n::{I18n, key, use_i18n},
    t,
};

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    Done,
    Current,
    ToCome,
}

/// The steps of a hearing's life with their dates, and how far each is.
fn steps(hearing: &Hearing, i18n: &I18n) -> Vec<(&'static str, Option<String>, Progress)> {
    let dates = i18n.dates();
    let current = match hearing.status {
        HearingStatus::Draft | HearingStatus::Scheduled => Some(0),
        HearingStatus::Open => Some(1),
        HearingStatus::Processing => Some(2),
        HearingStatus::Concluded | HearingStatus::Cancelled => Some(3),
        HearingStatus::Unknown => None,
    };
    let open = match (hearing.starts_on, hearing.deadline_on) {
        (Some(start), Some(end)) => {
            let (from, to) = (dates.day(start), dates.deadline(end));
            Some(t!(i18n, "timeline-from-to", from = from, to = to).to_string())
        }
        _ => None,
    };
    [
        (key("timeline-published"), hearing.published_at.map(|at| dates.instant(at))),
        (key("timeline-open"), open),
        (key("timeline-processing"), None),
        (
            key("timeline-concluded"),
            hearing.conclusion.as_ref().map(|conclusion| dates.instant(conclusion.concluded_at)),
        ),
    ]
    .into_iter()
    .enumerate()
    .map(|(index, (name, when))| {
        let progress = match current.map(|current| index.cmp(&current)) {
            Some(Ordering::Less) => Progress::Done,
            Some(Ordering::Equal) => Progress::Current,
            Some(Ordering::Greater) | None => Progress::ToCome,
        };
        (name, when, progress)
    })
    .collect()
}

/// What the line needs.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The hearing.
    pub hearing: std::rc::Rc<Hearing>,
}

/// A hearing's life as a line.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let i18n = use_i18n();
    let step = |(name, when, progress): (&'static str, Option<String>, Progress)| {
        let class = match progress {
            Progress::Done => "reached",
            Progress::Current => "reached current",
            Progress::ToCome => "",
        };
        let current = (progress == Progress::Current).then_some("step");
        html! {
            <li {class} aria-current={current}>
                { t!(i18n, name) }
                if let Some(when) = when {
                    <span>{ when }</span>
                }
            </li>
        }
    };
    html! { <ol class="plain-list timeline">{ for steps(&props.hearing, &i18n).into_iter().map(step) }</ol> }
}
