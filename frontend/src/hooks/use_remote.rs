//! Fetches data for a component, and stops when the component goes.

use std::{any::Any, cell::RefCell, future::Future, rc::Rc};

use futures::{
    FutureExt, TryFutureExt,
    future::{AbortHandle, LocalBoxFuture, abortable},
};
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

/// Whatever is fetched. What fetching is does not depend on it, and is not compiled anew for each kind of it: everybody
/// downloads that.
type Anything = Rc<dyn Any>;

/// Data of a component, and how to have it fetched again.
pub struct RemoteHandle<T: 'static> {
    state: Remote<T>,
    remote: Untyped,
}

impl<T> Clone for RemoteHandle<T> {
    fn clone(&self) -> RemoteHandle<T> {
        RemoteHandle { state: self.state.clone(), remote: self.remote.clone() }
    }
}

/// The same, not knowing what it is.
#[derive(Clone)]
struct Untyped {
    state: UseStateHandle<Remote<dyn Any>>,
    newest: Rc<RefCell<Newest<dyn Any>>>,
    reload: Callback<()>,
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
            reload: self.remote.reload.clone(),
        }
    }

    /// Has it fetched again.
    pub fn reload(&self) -> Callback<()> {
        self.remote.reload.clone()
    }

    /// Puts data in its place that came by another way: the answer to a change. What was asked for before it is dropped
    /// when it comes.
    pub fn set(&self, data: T) {
        let ready = self.remote.newest.borrow_mut().set(Rc::new(data));
        self.remote.state.set(ready);
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
    let changes = use_changes(deps.clone());
    let here = || here().map(|data| Rc::new(data) as Anything);
    let fetch = move |api| fetch(api, deps).map_ok(|data| Rc::new(data) as Anything).boxed_local();
    let remote = use_untyped(Box::new(here), changes, Box::new(fetch));
    RemoteHandle { state: typed(&remote.state), remote }
}

/// Counts the changes of something.
#[hook]
fn use_changes<D: PartialEq + 'static>(deps: D) -> u32 {
    let last = use_mut_ref(|| None::<(D, u32)>);
    let mut last = last.borrow_mut();
    let count = match &*last {
        Some((before, count)) if *before == deps => *count,
        Some((_, count)) => count.wrapping_add(1),
        None => 0,
    };
    *last = Some((deps, count));
    count
}

fn typed<T: 'static>(remote: &Remote<dyn Any>) -> Remote<T> {
    let data = |data: &Anything| data.clone().downcast::<T>().ok();
    match remote {
        Remote::Idle => Remote::Idle,
        Remote::Loading(last) => Remote::Loading(last.as_ref().and_then(data)),
        // What is put in is what is taken out.
        Remote::Ready(ready) => data(ready).map_or(Remote::Idle, Remote::Ready),
        Remote::Failed(error, last) => Remote::Failed(error.clone(), last.as_ref().and_then(data)),
    }
}

type Here<'a> = Box<dyn FnOnce() -> Option<Anything> + 'a>;
type Fetch = Box<dyn FnOnce(Rc<Api>) -> LocalBoxFuture<'static, Result<Anything, Error>>>;

#[hook]
fn use_untyped(here: Here<'_>, changes: u32, fetch: Fetch) -> Untyped {
    let api = use_api();
    let new_version = use_new_version();
    let state = use_state(|| here().map_or(Remote::Loading(None), Remote::Ready));
    let attempt = use_state(|| 0_u32);
    let newest = use_mut_ref(|| Newest::new((*state).clone()));
    let is_here = use_mut_ref(|| state.data().is_some());
    {
        let state = state.setter();
        let client = api.api;
        let newest = newest.clone();
        use_effect_with((changes, *attempt, api.login), move |_| {
            let fetching = (!is_here.replace(false)).then(|| {
                let (loading, generation) = newest.borrow_mut().loading();
                state.set(loading);
                let (answer, abort) = abortable(fetch(client));
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
    Untyped { state, newest, reload }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
