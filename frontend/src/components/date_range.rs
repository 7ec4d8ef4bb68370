//! Two days, from one to the other.

use chrono::NaiveDate;
use yew::prelude::*;

use super::DateField;

/// From one day to another; open at an end that is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// What two days need.
#[derive(Properties, PartialEq)]
pub struct DateRangeProps {
    /// The label of the first day.
    pub from: AttrValue,
    /// The label of the last day.
    pub to: AttrValue,
    /// The days.
    pub value: Days,
    /// Told at every change.
    pub on_input: Callback<Days>,
}

/// Two days, each of which may be left open. Their pointers are `from` and `to`.
#[component]
pub fn DateRange(props: &DateRangeProps) -> Html {
    let days = props.value;
    html! {
        <>
            <DateField
                pointer="from"
                label={props.from.clone()}
                value={days.from}
                on_input={props.on_input.reform(move |from| Days { from, ..days })}
                optional=true
            />
            <DateField
                pointer="to"
                label={props.to.clone()}
                value={days.to}
                on_input={props.on_input.reform(move |to| Days { to, ..days })}
                optional=true
            />
        </>
    }
}
