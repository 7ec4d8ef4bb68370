//! Fetches data for a component, and stops when the component goes.

use std::{cell::RefCell, future::Future, rc::Rc};

use futures::future::{AbortHandle, abortable};
use openapi::{client::Error, page::Page};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_back_online;
use crate::{
    new_version::use_new_version,
    remote::{ListStatus, Newest, Remote, RemoteStatus},
    session::use_api,
    transport::Api,
};

/// Data of a component, and how to have it fetched again.
pub struct RemoteHandle<T: 'static> {
    state: UseStateHandle<Remote<T>>,
    newest: Rc<RefCell<Newest<T>>>,
    reload: Callback<()>,
}

impl<T> Clone for RemoteHandle<T> {
    fn clone(&self) -> RemoteHandle<T> {
        RemoteHandle { state: self.state.clone(), newest: self.newest.clone(), reload: self.reload.clone() }
    }
}

impl<T> RemoteHandle<T> {
    /// The data in its present state.
    pub fn state(&self) -> &Remote<T> {
        &self.state
    }

    /// The present or the last data.
    pub fn data(&self) -> Option<&Rc<T>> {
        self.state.data()
    }

    /// How it stands.
    pub fn status(&self) -> RemoteStatus {
        RemoteStatus {
            busy: self.state.is_loading(),
            error: self.state.error().cloned(),
            is_here: self.state.data().is_some(),
            reload: self.reload.clone(),
        }
    }

    /// Has it fetched again.
    pub fn reload(&self) -> Callback<()> {
        self.reload.clone()
    }

    /// Puts data in its place that came by another way: the answer to a change. What was asked for before it is dropped
    /// when it comes.
    pub fn set(&self, data: T) {
        let ready = self.newest.borrow_mut().set(data);
        self.state.set(ready);
    }
}

impl<T> RemoteHandle<Page<T>> {
    /// The rows of a list that are here.
    pub fn rows(&self) -> &[T] {
        self.data().map(|page| page.items.as_slice()).unwrap_or_default()
    }

    /// How the list stands.
    pub fn list(&self) -> ListStatus {
        ListStatus {
            remote: self.status(),
            shown: self.rows().len(),
            more: self.data().is_some_and(|page| page.next.is_some()),
        }
    }
}

/// Fetches data now, again whenever `deps` change, and on demand. An answer that comes after the component has gone
/// or `deps` have changed is dropped with its request. The last data stays while new data is fetched. When there was no
/// network, it is fetched as soon as there is one again.
///
/// ```text
/// let hearing = use_remote(id, |api, id| async move { api.get_hearing(id).await });
/// ```
#[hook]
pub fn use_remote<D, T, F, R>(deps: D, fetch: F) -> RemoteHandle<T>
where
    D: Clone + PartialEq + 'static,
    T: 'static,
    F: Fn(Rc<Api>, D) -> R + 'static,
    R: Future<Output = Result<T, Error>> + 'static,
{
    use_remote_from(|| None, deps, fetch)
}

/// The same, beginning with data that is here already, if it is: then nothing is fetched until something changes.
#[hook]
pub fn use_remote_from<D, T, I, F, R>(here: I, deps: D, fetch: F) -> RemoteHandle<T>
where
    D: Clone + PartialEq + 'static,
    T: 'static,
    I: FnOnce() -> Option<T>,
    F: Fn(Rc<Api>, D) -> R + 'static,
    R: Future<Output = Result<T, Error>> + 'static,
{
    let api = use_api();
    let new_version = use_new_version();
    let state = use_state(|| here().map_or(Remote::Loading(None), |data| Remote::Ready(Rc::new(data))));
    let attempt = use_state(|| 0_u32);
    let newest = use_mut_ref(|| Newest::new((*state).clone()));
    let is_here = use_mut_ref(|| state.data().is_some());
    {
        let state = state.setter();
        let client = api.api;
        let newest = newest.clone();
        use_effect_with((deps, *attempt, api.login), move |(deps, _, _)| {
            let fetching = (!is_here.replace(false)).then(|| {
                let (loading, generation) = newest.borrow_mut().loading();
                state.set(loading);
                let (answer, abort) = abortable(fetch(client, deps.clone()));
                spawn_local(async move {
                    if let Ok(answer) = answer.await {
                        if let Err(error) = &answer {
                            new_version.suspect(error);
                        }
                        let answered = newest.borrow_mut().answered(generation, answer);
                        if let Some(answered) = answered {
                            state.set(answered);
                        }
                    }
                });
                AbortOnDrop(abort)
            });
            move || drop(fetching)
        });
    }
    let reload = {
        let attempt = attempt.clone();
        Callback::from(move |()| attempt.set(attempt.wrapping_add(1)))
    };
    use_back_online(state.error().is_some_and(|error| matches!(**error, Error::Unreachable(_))), reload.clone());
    RemoteHandle { state, newest, reload }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
