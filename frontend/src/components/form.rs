//! A form: what is wrong on top with links to the fields, and at the fields; the browser's own checks are off,
//! because they speak the browser's language and stop at the first error.

use yew::prelude::*;

use super::ErrorSummary;
use crate::form_errors::FormErrors;

/// What a form needs.
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// What is wrong with it.
    pub errors: FormErrors,
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
    html! {
        <ContextProvider<FormErrors> context={props.errors.clone()}>
            <ErrorSummary errors={props.errors.clone()} />
            <form novalidate=true {onsubmit}>{ props.children.clone() }</form>
        </ContextProvider<FormErrors>>
    }
}
