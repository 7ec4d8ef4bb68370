//! One line of text.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::field::{Field, describedby};
use crate::form_errors::{FormErrors, field_id};

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
    let errors = use_context::<FormErrors>().unwrap_or_default();
    let id = field_id(&props.pointer);
    let wrong = errors.at(&props.pointer).is_some();
    let length = props.limit.map(|limit| (limit, props.value.chars().count()));
    let oninput = props.on_input.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <Field
            pointer={props.pointer.clone()}
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
                required={!props.optional}
                autocomplete={props.autocomplete.clone()}
                aria-invalid={wrong.then_some("true")}
                aria-describedby={describedby(&id, props.hint.is_some(), wrong, length.is_some())}
                id={id}
            />
        </Field>
    }
}
