//! Asks before a page is left on which something is not kept yet, and has it in the register of what is not saved.

use std::cell::Cell;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::unsaved::{self, Save, Unsaved};

thread_local! {
    static KNOWINGLY: Cell<bool> = const { Cell::new(false) };
}

/// No question at the next leaving: a copy is kept, and the way leads back here.
pub fn leave_knowingly() {
    KNOWINGLY.set(true);
}

/// While `what` is unsaved, the browser asks before it leaves the page or closes the tab, and so does logging out, after
/// it has tried to `save`.
#[hook]
pub fn use_leave_warning(unsaved: bool, what: Unsaved, save: Option<Save>) {
    use_effect_with(unsaved, move |unsaved| {
        let entry = unsaved.then(|| unsaved::note(what, save));
        let listener = unsaved.then(web_sys::window).flatten().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "beforeunload", options, |event| {
                // Not taken back: more than one thing on the page may be unsaved, and each asks.
                if KNOWINGLY.get() {
                    return;
                }
                event.prevent_default();
                // Older browsers ask only when a value is set; the words are the browser's own.
                if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
                    event.set_return_value("unsaved");
                }
            })
        });
        move || drop((entry, listener))
    });
}
