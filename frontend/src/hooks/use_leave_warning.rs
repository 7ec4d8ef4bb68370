//! Asks before a page is left on which something is not kept yet.

use std::cell::Cell;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::prelude::*;

thread_local! {
    static KNOWINGLY: Cell<bool> = const { Cell::new(false) };
}

/// No question at the next leaving: a copy is kept, and the way leads back here.
pub fn leave_knowingly() {
    KNOWINGLY.set(true);
}

/// While `unsaved`, the browser asks before it leaves the page or closes the tab.
#[hook]
pub fn use_leave_warning(unsaved: bool) {
    use_effect_with(unsaved, |unsaved| {
        let listener = unsaved.then(web_sys::window).flatten().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "beforeunload", options, |event| {
                if KNOWINGLY.take() {
                    return;
                }
                event.prevent_default();
                // Older browsers ask only when a value is set; the words are the browser's own.
                if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
                    event.set_return_value("unsaved");
                }
            })
        });
        move || drop(listener)
    });
}
