//! One of several, from a list that folds out.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    Choice,
    field::{Field, use_field},
};

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// The field, as a JSON pointer or the name of a filter.
    pub pointer: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// Help that stands under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Told when another is chosen.
    pub on_change: Callback<String>,
}

/// One of several, from a list that folds out.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let state = use_field(&props.pointer, props.hint.is_some(), false);
    let onchange = props.on_change.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <Field state={state.clone()} label={props.label.clone()} hint={props.hint.clone()}>
            <select
                class="form-select"
                {onchange}
                aria-invalid={state.invalid}
                aria-describedby={state.describedby}
                id={state.id}
            >
                { for props.choices.iter().map(|choice| html! {
                    <option
                        key={choice.value.to_string()}
                        value={choice.value.clone()}
                        selected={choice.value == props.value}
                    >
                        { &choice.label }
                    </option>
                }) }
            </select>
        </Field>
    }
}
