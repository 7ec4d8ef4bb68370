//! Tells when the network is back, so that nobody has to try again by hand.

use gloo_events::EventListener;
use yew::prelude::*;

/// While `waiting`, tells when the browser has a network again.
#[hook]
pub fn use_back_online(waiting: bool, on_back: Callback<()>) {
    use_effect_with(waiting, move |waiting| {
        let listener = waiting
            .then(web_sys::window)
            .flatten()
            .map(|window| EventListener::new(&window, "online", move |_| on_back.emit(())));
        move || drop(listener)
    });
}
