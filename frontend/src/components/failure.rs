//! Why something could not be fetched, and the way on: to try again, or to log in. Where neither helps there is none.

use std::rc::Rc;

use openapi::{client::Error, problem::ProblemCode};
use yew::prelude::*;

use super::{Button, ButtonKind};
use crate::{
    dom,
    form_errors::{describe, reference},
    i18n::use_i18n,
    route::Route,
    t,
};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct FailureProps {
    /// Why.
    pub error: Rc<Error>,
    /// Told when it is to be tried again.
    pub on_retry: Callback<()>,
}

/// Why something could not be fetched, and the way on.
#[component]
pub fn Failure(props: &FailureProps) -> Html {
    let i18n = use_i18n();
    let error = &props.error;
    let refused = error.is(ProblemCode::Forbidden) || error.is(ProblemCode::NotFound);
    html! {
        <>
            <p>{ describe(error, &i18n) }</p>
            if let Some(reference) = reference(error) {
                <p>{ t!(i18n, "remote-reference", reference = reference.as_str()) }</p>
            }
            if error.is(ProblemCode::SessionRequired) {
                <a class="button button-secondary" href={Route::login_address(&dom::address())}>
                    { t!(i18n, "log-in") }
                </a>
            } else if !refused {
                <Button kind={ButtonKind::Secondary} on_press={props.on_retry.clone()}>{ t!(i18n, "try-again") }</Button>
            }
        </>
    }
}
