//! Dates and times, readable and with the exact value for machines.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use yew::prelude::*;

use crate::i18n::use_i18n;

/// What a moment needs.
#[derive(Properties, PartialEq)]
pub struct InstantProps {
    /// The moment.
    pub at: DateTime<Utc>,
    /// Whether the day of the week stands with it.
    #[prop_or_default]
    pub long: bool,
}

/// A moment: "4. december 2026 kl. 10.32".
#[component]
pub fn Instant(props: &InstantProps) -> Html {
    let dates = use_i18n().dates();
    let text = if props.long { dates.long_instant(props.at) } else { dates.instant(props.at) };
    let machine = props.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    html! { <time datetime={machine}>{ text }</time> }
}

/// What a deadline needs.
#[derive(Properties, PartialEq)]
pub struct DeadlineProps {
    /// The last day.
    pub on: NaiveDate,
}

/// The end of a deadline's day: "fredag den 4. december 2026 kl. 23.59".
#[component]
pub fn Deadline(props: &DeadlineProps) -> Html {
    let text = use_i18n().dates().deadline(props.on);
    html! { <time datetime={props.on.to_string()}>{ text }</time> }
}
