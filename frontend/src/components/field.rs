//! What every field of a form has round its input: label, hint, error, and room for how much may be written.

use yew::prelude::*;

use crate::{
    form_errors::{FormErrors, field_id},
    i18n::{I18n, use_i18n},
    t,
};

/// What an input says of itself to those who hear it.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldState {
    /// Its `id`.
    pub id: String,
    /// What is wrong with it.
    pub error: Option<AttrValue>,
    /// `aria-invalid`.
    pub invalid: Option<&'static str>,
    /// `aria-describedby`: what of hint, error and length is there.
    pub describedby: Option<String>,
}

/// How the field with this pointer stands in its form. `hint` and `length` say whether it has them.
#[hook]
pub fn use_field(pointer: &str, hint: bool, length: bool) -> FieldState {
    let error = use_context::<FormErrors>().and_then(|errors| errors.at(pointer));
    let id = field_id(pointer);
    let parts = [(hint, "hint"), (error.is_some(), "error"), (length, "length")];
    let ids: Vec<String> = parts.iter().filter(|(there, _)| *there).map(|(_, part)| format!("{id}-{part}")).collect();
    FieldState {
        invalid: error.is_some().then_some("true"),
        describedby: (!ids.is_empty()).then(|| ids.join(" ")),
        id,
        error,
    }
}

/// What a field has round its input.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// How it stands, from [`use_field`].
    pub state: FieldState,
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

/// Label, hint and error round an input.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let i18n = use_i18n();
    let id = &props.state.id;
    html! {
        <div class={classes!("form-group", props.state.invalid.map(|_| "form-error"), props.class.clone())}>
            <label class="form-label" for={id.clone()}>
                { &props.label }
                if props.optional {
                    <span class="weight-normal">{ format!(" {}", t!(i18n, "field-optional")) }</span>
                }
            </label>
            { about(&props.state, props.hint.as_ref(), &i18n) }
            { props.children.clone() }
            if let Some((maximum, used)) = props.length {
                <span class="form-hint character-limit" id={format!("{id}-length")}>
                    { length_left(&i18n, maximum, used) }
                </span>
            }
        </div>
    }
}

/// What stands between a field's label and its input: help, and what is wrong.
pub(super) fn about(state: &FieldState, hint: Option<&AttrValue>, i18n: &I18n) -> Html {
    let id = &state.id;
    html! {
        <>
            if let Some(hint) = hint {
                <span class="form-hint" id={format!("{id}-hint")}>{ hint }</span>
            }
            if let Some(error) = &state.error {
                <span class="form-error-message" id={format!("{id}-error")}>
                    <span class="sr-only">{ format!("{} ", t!(i18n, "field-error")) }</span>{ error }
                </span>
            }
        </>
    }
}

fn length_left(i18n: &I18n, maximum: usize, used: usize) -> AttrValue {
    if used > maximum {
        t!(i18n, "field-too-long", count = used - maximum)
    } else {
        t!(i18n, "field-left", count = maximum - used)
    }
}
