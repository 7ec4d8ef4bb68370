//! What every field of a form has round its input: label, hint, error, and room for how much may be written.

use yew::prelude::*;

use crate::{
    form_errors::{FormErrors, field_id},
    i18n::use_i18n,
    t,
};

/// What a field has round its input.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The field, as a JSON pointer into what the form sends; its `id` follows from it.
    pub pointer: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// Help that stands under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it says that it may be left empty.
    #[prop_or_default]
    pub optional: bool,
    /// The most characters, and how many there are.
    #[prop_or_default]
    pub length: Option<(usize, usize)>,
    /// Classes beside the design system's own.
    #[prop_or_default]
    pub class: Classes,
    /// The input.
    #[prop_or_default]
    pub children: Html,
}

/// Label, hint and error round an input. The input names them with [`describedby`].
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let i18n = use_i18n();
    let errors = use_context::<FormErrors>().unwrap_or_default();
    let id = field_id(&props.pointer);
    let error = errors.at(&props.pointer);
    let class = classes!("form-group", error.is_some().then_some("form-error"), props.class.clone());
    html! {
        <div {class}>
            <label class="form-label" for={id.clone()}>
                { &props.label }
                if props.optional {
                    <span class="weight-normal">{ format!(" {}", t!(i18n, "field-optional")) }</span>
                }
            </label>
            if let Some(hint) = &props.hint {
                <span class="form-hint" id={format!("{id}-hint")}>{ hint }</span>
            }
            if let Some(error) = error {
                <span class="form-error-message" id={format!("{id}-error")}>
                    <span class="sr-only">{ format!("{} ", t!(i18n, "field-error")) }</span>{ error }
                </span>
            }
            { props.children.clone() }
            if let Some((maximum, used)) = props.length {
                <span class="form-hint character-limit" id={format!("{id}-length")}>
                    { length_left(&i18n, maximum, used) }
                </span>
            }
        </div>
    }
}

fn length_left(i18n: &crate::i18n::I18n, maximum: usize, used: usize) -> AttrValue {
    if used > maximum {
        t!(i18n, "field-too-long", count = used - maximum)
    } else {
        t!(i18n, "field-left", count = maximum - used)
    }
}

/// `aria-describedby` of the input of a field: what of hint, error and length is there.
pub fn describedby(id: &str, hint: bool, error: bool, length: bool) -> Option<String> {
    let parts = [(hint, "hint"), (error, "error"), (length, "length")];
    let ids: Vec<String> = parts.iter().filter(|(there, _)| *there).map(|(_, part)| format!("{id}-{part}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
