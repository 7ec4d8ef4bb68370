//! Yes or no.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::form_errors::field_id;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct CheckboxProps {
    /// The field, as a JSON pointer into what the form sends.
    pub pointer: AttrValue,
    /// What yes means.
    pub label: AttrValue,
    /// Help that stands under it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it is yes.
    pub checked: bool,
    /// Told at every change.
    pub on_change: Callback<bool>,
}

/// Yes or no.
#[component]
pub fn Checkbox(props: &CheckboxProps) -> Html {
    let id = field_id(&props.pointer);
    let hint_id = format!("{id}-hint");
    let onchange = props.on_change.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <div class="form-group-checkbox">
            <input
                type="checkbox"
                class="form-checkbox"
                id={id.clone()}
                checked={props.checked}
                {onchange}
                aria-describedby={props.hint.as_ref().map(|_| hint_id.clone())}
            />
            <label class="form-label" for={id}>{ &props.label }</label>
            if let Some(hint) = &props.hint {
                <span class="form-hint" id={hint_id}>{ hint }</span>
            }
        </div>
    }
}
