//! Everything that is wrong with a form, on top of it, with links to the fields. Takes the focus when it appears.

use yew::prelude::*;

use super::{FieldLink, Icon};
use crate::{
    dom,
    form_errors::{FieldMessage, FormErrors},
    i18n::use_i18n,
    t,
};

const ID: &str = "error-summary";

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct ErrorSummaryProps {
    /// What is wrong.
    pub errors: FormErrors,
}

/// Everything that is wrong with a form, with links to the fields.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let i18n = use_i18n();
    let errors = &props.errors;
    use_effect_with((errors.attempt, errors.is_empty()), |(_, empty)| {
        if !empty {
            dom::focus_later(ID);
        }
    });
    if errors.is_empty() {
        return Html::default();
    }
    let item = |field: &FieldMessage| {
        html! { <li><FieldLink pointer={field.pointer.clone()} text={field.message.clone()} /></li> }
    };
    html! {
        <div id={ID} class="alert alert-error error-summary" role="alert" tabindex="-1">
            <Icon class="alert-icon" name="error" label={t!(i18n, "alert-error")} />
            <div class="alert-body">
                <h2 class="alert-heading">{ t!(i18n, "error-summary", count = errors.fields.len()) }</h2>
                if let Some(general) = &errors.general {
                    <p class="alert-text">{ general }</p>
                }
                if !errors.fields.is_empty() {
                    <ul>{ for errors.fields.iter().map(item) }</ul>
                }
            </div>
        </div>
    }
}
