//! Something that is done once at a press: send, publish, delete.

use std::{cell::Cell, future::Future, rc::Rc};

use openapi::client::Error;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{new_version::use_new_version, session::use_api, transport::Api};

/// Something that can be done, and whether it is under way.
#[derive(Clone, PartialEq)]
pub struct Action<A> {
    /// Does it. While it is under way, further calls do nothing: a double click is one click.
    pub run: Callback<A>,
    /// Whether it is under way.
    pub busy: bool,
}

/// Something that is done once at a press. `work` does it, `done` hears how it went. It runs to its end even when the
/// component goes: what was sent was sent; `done` is then not told.
#[hook]
pub fn use_action<A, T, W, R>(work: W, done: Callback<Result<T, Error>>) -> Action<A>
where
    A: 'static,
    T: 'static,
    W: Fn(Rc<Api>, A) -> R + 'static,
    R: Future<Output = Result<T, Error>> + 'static,
{
    let api = use_api();
    let new_version = use_new_version();
    let busy = use_state_eq(|| false);
    let running = use_memo((), |()| Cell::new(false));
    let here = use_memo((), |()| Cell::new(true));
    {
        let here = here.clone();
        use_effect_with((), move |()| move || here.set(false));
    }
    let run = {
        let busy = busy.setter();
        Callback::from(move |argument: A| {
            // The state is only seen at the next rendering; a second click can come before that.
            if running.replace(true) {
                return;
            }
            busy.set(true);
            let work = work(api.api.clone(), argument);
            let (busy, running, here, done) = (busy.clone(), running.clone(), here.clone(), done.clone());
            let new_version = new_version.clone();
            spawn_local(async move {
                let answer = work.await;
                running.set(false);
                if let Err(error) = &answer {
                    new_version.suspect(error);
                }
                if here.get() {
                    busy.set(false);
                    done.emit(answer);
                }
            });
        })
    };
    Action { run, busy: *busy }
}
