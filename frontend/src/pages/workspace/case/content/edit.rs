//! The form's changes: each is applied to what is written by then, so that two at once do not undo each other.

use std::rc::Rc;

use yew::prelude::*;

use super::written::Written;

/// A change of what is written.
pub(super) struct Change(Box<dyn FnOnce(&mut Written)>);

/// What is written, as a state that takes changes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Writing(pub(super) Rc<Written>);

impl Reducible for Writing {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut written = (*self.0).clone();
        (change.0)(&mut written);
        if written == *self.0 { self } else { Rc::new(Writing(Rc::new(written))) }
    }
}

/// Lets a part of the form change what is written.
#[derive(Clone, PartialEq)]
pub(super) struct Edit(UseReducerDispatcher<Writing>);

impl Edit {
    pub(super) fn new(dispatcher: UseReducerDispatcher<Writing>) -> Edit {
        Edit(dispatcher)
    }

    /// Makes a change.
    pub(super) fn make(&self, change: impl FnOnce(&mut Written) + 'static) {
        self.0.dispatch(Change(Box::new(change)));
    }

    /// What a field calls with its new value.
    pub(super) fn with<T: 'static>(&self, change: impl Fn(&mut Written, T) + 'static) -> Callback<T> {
        let edit = self.clone();
        let change = Rc::new(change);
        Callback::from(move |value: T| {
            let change = change.clone();
            edit.make(move |written| change(written, value));
        })
    }
}
