//! A form: what is wrong on top with links to the fields, and at the fields; the browser's own checks are off,
//! because they speak the browser's language and stop at the first error.

use yew::prelude::*;

use super::ErrorSummary;
use crate::{
    dom,
    form_errors::{FormErrors, field_id},
};

/// What a form needs.
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// What is wrong with it.
    pub errors: FormErrors,
    /// Whether it is one field in a dialog: that says itself what is wrong with it, and takes the focus.
    #[prop_or_default]
    pub one_field: bool,
    /// Told when it is sent, by button or by Enter.
    pub on_submit: Callback<()>,
    /// Its fields and buttons.
    #[prop_or_default]
    pub children: Html,
}

/// A form with its error summary; its fields find their errors by their pointers.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let onsubmit = {
        let on_submit = props.on_submit.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_submit.emit(());
        })
    };
    let at_field = match props.errors.fields.as_slice() {
        [field] if props.one_field && props.errors.general.is_none() => Some(field_id(&field.pointer)),
        _ => None,
    };
    use_effect_with((props.errors.attempt, at_field.clone()), |(_, at_field)| {
        if let Some(id) = at_field {
            dom::focus_later(id.clone());
        }
    });
    html! {
        <ContextProvider<FormErrors> context={props.errors.clone()}>
            if at_field.is_none() {
                <ErrorSummary errors={props.errors.clone()} />
            }
            <form novalidate=true {onsubmit}>{ props.children.clone() }</form>
        </ContextProvider<FormErrors>>
    }
}
