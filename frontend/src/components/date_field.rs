//! A day, with the browser's own calendar.

use chrono::NaiveDate;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::field::{Field, use_field};

/// What a day needs.
#[derive(Properties, PartialEq)]
pub struct DateFieldProps {
    /// The field, as a JSON pointer into what the form sends.
    pub pointer: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// Help that stands under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The day.
    pub value: Option<NaiveDate>,
    /// Told at every change; `None` when it is cleared or not a whole date yet.
    pub on_input: Callback<Option<NaiveDate>>,
    /// Whether it may be left empty.
    #[prop_or_default]
    pub optional: bool,
}

/// A day.
#[component]
pub fn DateField(props: &DateFieldProps) -> Html {
    let state = use_field(&props.pointer, props.hint.is_some(), false);
    let oninput = props
        .on_input
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value().parse().ok());
    html! {
        <Field
            state={state.clone()}
            label={props.label.clone()}
            hint={props.hint.clone()}
            optional={props.optional}
            class="form-group--date"
        >
            <input
                class="form-input"
                type="date"
                min={format!("{}-01-01", openapi::limits::FIRST_YEAR)}
                max={format!("{}-12-31", openapi::limits::LAST_YEAR)}
                value={props.value.map(|day| day.to_string()).unwrap_or_default()}
                {oninput}
                required={!props.optional}
                aria-invalid={state.invalid}
                aria-describedby={state.describedby}
                id={state.id}
            />
        </Field>
    }
}
