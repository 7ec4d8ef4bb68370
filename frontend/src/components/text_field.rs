//! One line of text.

use openapi::text::{self, Lines};
use yew::prelude::*;

use super::{
    field::{Field, use_field},
    pasted::{cleaned_when_left, written},
};

/// What a line of text needs.
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// The field, as a JSON pointer into what the form sends.
    pub pointer: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// Help that stands under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is written in it.
    pub value: AttrValue,
    /// Told at every change.
    pub on_input: Callback<String>,
    /// The input's `type`: `text`, `email`, `tel`, `password`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// The input's `autocomplete`.
    #[prop_or_default]
    pub autocomplete: Option<AttrValue>,
    /// The most characters; shows how many are left.
    #[prop_or_default]
    pub limit: Option<usize>,
    /// Whether it may be left empty.
    #[prop_or_default]
    pub optional: bool,
}

/// One line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let length = props.limit.map(|limit| (limit, text::length(&props.value, Lines::One)));
    let lines = (props.kind != "password").then_some(Lines::One);
    let oninput = props.on_input.reform(move |event: InputEvent| written(&event, lines));
    let onchange = cleaned_when_left(&props.on_input, lines);
    let state = use_field(&props.pointer, props.hint.is_some(), length.is_some());
    html! {
        <Field
            state={state.clone()}
            label={props.label.clone()}
            hint={props.hint.clone()}
            optional={props.optional}
            {length}
        >
            <input
                class={classes!("form-input", props.limit.map(|_| "form-input--long"))}
                type={props.kind.clone()}
                value={props.value.clone()}
                {oninput}
                {onchange}
                required={!props.optional}
                autocomplete={props.autocomplete.clone()}
                aria-invalid={state.invalid}
                aria-describedby={state.describedby}
                id={state.id}
            />
        </Field>
    }
}
