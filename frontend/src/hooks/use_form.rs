//! What is wrong with a form: what it finds itself, and what the server says.

use std::{cell::Cell, rc::Rc};

use openapi::{
    client::Error,
    validation::{FieldErrors, Validate},
};
use yew::prelude::*;

use crate::{
    form_errors::FormErrors,
    i18n::{I18n, use_i18n},
};

/// What is wrong with a form, and how it is told. Cheap to clone into what happens later.
#[derive(Clone)]
pub struct FormState {
    errors: UseStateHandle<FormErrors>,
    /// Counts what was said, whichever rendering said it.
    attempts: Rc<Cell<u32>>,
    i18n: I18n,
}

impl FormState {
    /// What is wrong, for [`crate::components::Form`].
    pub fn errors(&self) -> FormErrors {
        (*self.errors).clone()
    }

    /// Checks a request by the contract's own rules, cleaned as the server cleans it, and says what is wrong with it. True
    /// when nothing is.
    pub fn accepts(&self, request: &(impl Validate + Clone)) -> bool {
        match request.clone().cleaned().validate() {
            Ok(()) => {
                self.errors.set(FormErrors::default());
                true
            }
            Err(wrong) => {
                self.wrong(&wrong);
                false
            }
        }
    }

    /// Says what is wrong with single fields.
    pub fn wrong(&self, wrong: &FieldErrors) {
        self.say(FormErrors::from_fields(wrong, &self.i18n));
    }

    /// Says why the server refused.
    pub fn refused(&self, error: &Error) {
        self.say(FormErrors::from_error(error, &self.i18n));
    }

    /// Says nothing any more.
    pub fn forget(&self) {
        self.errors.set(FormErrors::default());
    }

    /// Says something of the form's own.
    pub fn say(&self, errors: FormErrors) {
        let attempt = self.attempts.get().wrapping_add(1);
        self.attempts.set(attempt);
        self.errors.set(FormErrors { attempt, ..errors });
    }
}

/// What is wrong with a form: nothing at first.
#[hook]
pub fn use_form() -> FormState {
    FormState { errors: use_state(FormErrors::default), attempts: use_memo((), |()| Cell::new(0)), i18n: use_i18n() }
}
