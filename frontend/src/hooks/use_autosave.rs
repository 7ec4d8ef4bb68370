//! Keeps what is being written on the server, without anybody pressing anything.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::Rc,
};

use chrono::{DateTime, Utc};
use futures::lock::Mutex;
use gloo_timers::future::TimeoutFuture;
use openapi::client::Error;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_leave_warning;
use crate::{
    clock,
    session::use_api,
    unsaved::{Save, Unsaved},
};

/// How long somebody has to pause before what he wrote is saved.
const PAUSE: u32 = 1_000;
/// How long to wait before trying again when the service was not reached.
const RETRY: u32 = 5_000;

/// How what is being written is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SaveStatus {
    /// As it was found.
    #[default]
    Unchanged,
    /// Changed, not saved yet.
    Dirty,
    /// On its way.
    Saving,
    /// Saved at this moment.
    Saved(DateTime<Utc>),
    /// Not saved; it stays on the page, and another change tries again.
    Failed(Rc<Error>),
}

impl SaveStatus {
    /// Whether leaving now would lose something.
    pub fn is_unsaved(&self) -> bool {
        matches!(self, SaveStatus::Dirty | SaveStatus::Saving | SaveStatus::Failed(_))
    }
}

/// A save on its way.
type Saving = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// What is kept, and how to have it kept now.
#[derive(Clone)]
pub struct Autosave<V> {
    /// How it is kept.
    pub status: SaveStatus,
    save_now: Rc<dyn Fn() -> Saving>,
    rebase: Rc<dyn Fn(V)>,
}

impl<V> Autosave<V> {
    /// Takes what was saved somewhere else as what is saved: anything else that is written is a change of it, also what
    /// this form saved last.
    pub fn rebase(&self, saved: V) {
        (self.rebase)(saved);
    }

    /// Saves what is written now and waits for it: before sending, publishing or going on.
    ///
    /// # Errors
    /// What the save said.
    pub fn flush(&self) -> Saving {
        (self.save_now)()
    }

    /// The same without waiting for it: how it went stands with the form.
    pub fn save(&self) {
        let saving = self.flush();
        spawn_local(async move {
            let _ = saving.await;
        });
    }
}

struct Keeper<V> {
    latest: RefCell<V>,
    saved: RefCell<V>,
    /// When it was last known to be saved; absent while it is as it was found.
    saved_at: Cell<Option<DateTime<Utc>>>,
    one_at_a_time: Mutex<()>,
    change: Cell<u64>,
}

impl<V: Clone + PartialEq> Keeper<V> {
    fn new(found: V) -> Keeper<V> {
        Keeper {
            latest: RefCell::new(found.clone()),
            saved: RefCell::new(found),
            saved_at: Cell::default(),
            one_at_a_time: Mutex::new(()),
            change: Cell::new(0),
        }
    }

    /// What has to be saved; none when the server has it.
    fn unsaved(&self) -> Option<V> {
        let latest = self.latest.borrow();
        (*latest != *self.saved.borrow()).then(|| latest.clone())
    }

    /// Notes that the server has a value, and tells how the latest is kept.
    fn note_saved(&self, value: V, at: DateTime<Utc>) -> SaveStatus {
        *self.saved.borrow_mut() = value;
        self.saved_at.set(Some(at));
        self.at_rest()
    }

    /// How the latest is kept while no save is on its way.
    fn at_rest(&self) -> SaveStatus {
        match (self.unsaved(), self.saved_at.get()) {
            (Some(_), _) => SaveStatus::Dirty,
            (None, Some(at)) => SaveStatus::Saved(at),
            (None, None) => SaveStatus::Unchanged,
        }
    }

    /// Whether a change has to be looked at later: it differs from what is saved, or from what a save is bringing there.
    fn has_to_wait(&self) -> bool {
        self.one_at_a_time.try_lock().is_none() || self.unsaved().is_some()
    }
}

/// Saves `value` with `save` a second after it stops changing, one save at a time, and once more when the component
/// goes. `found` is the value as it was loaded. While anything is unsaved, leaving the page asks first. When the
/// service cannot be reached it is tried again by itself; every other refusal waits for the next change, or for a new session of the same person.
#[hook]
pub fn use_autosave<V, S, R>(value: V, found: V, save: S) -> Autosave<V>
where
    V: Clone + PartialEq + 'static,
    S: Fn(V) -> R + 'static,
    R: Future<Output = Result<(), Error>> + 'static,
{
    let status = use_state_eq(SaveStatus::default);
    let keeper = use_memo((), |()| Keeper::new(found));
    // The newest closure: it holds the newest version and client.
    let save: Rc<dyn Fn(V) -> Saving> = Rc::new(move |value| Box::pin(save(value)));
    let newest_save = use_mut_ref(|| save.clone());
    *newest_save.borrow_mut() = save;

    let save_now: Rc<dyn Fn() -> Saving> = {
        let (keeper, status) = (keeper.clone(), status.setter());
        Rc::new(move || {
            let (keeper, status, newest_save) = (keeper.clone(), status.clone(), newest_save.clone());
            Box::pin(async move {
                let _turn = keeper.one_at_a_time.lock().await;
                let Some(value) = keeper.unsaved() else {
                    // Nothing that a save before this one said holds any more.
                    status.set(keeper.at_rest());
                    return Ok(());
                };
                status.set(SaveStatus::Saving);
                let saving = (newest_save.borrow())(value.clone());
                match saving.await {
                    Ok(()) => {
                        status.set(keeper.note_saved(value, clock::now()));
                        Ok(())
                    }
                    Err(error) => {
                        status.set(SaveStatus::Failed(Rc::new(error.clone())));
                        Err(error)
                    }
                }
            })
        })
    };
    {
        let (keeper, status, save_now) = (keeper.clone(), status.setter(), save_now.clone());
        use_effect_with(value, move |value| {
            *keeper.latest.borrow_mut() = value.clone();
            let change = keeper.change.get().wrapping_add(1);
            keeper.change.set(change);
            if keeper.has_to_wait() {
                status.set(SaveStatus::Dirty);
                spawn_local(async move {
                    let mut pause = PAUSE;
                    loop {
                        TimeoutFuture::new(pause).await;
                        if keeper.change.get() != change {
                            return;
                        }
                        match save_now().await {
                            Err(Error::Unreachable(_)) => pause = RETRY,
                            _ => return,
                        }
                    }
                });
            } else {
                // Taken back to what the server has: nothing is unsaved, and no failure stands.
                status.set(keeper.at_rest());
            }
        });
    }
    let rebase: Rc<dyn Fn(V)> = {
        let (keeper, status) = (keeper.clone(), status.setter());
        Rc::new(move |saved| status.set(keeper.note_saved(saved, clock::now())))
    };
    {
        let (keeper, save_now) = (keeper, save_now.clone());
        use_effect_with((), move |()| {
            move || {
                keeper.change.set(u64::MAX);
                spawn_local(async move {
                    // Nobody is here any more to be told; a copy lies with the page that asked for it.
                    let _ = save_now().await;
                });
            }
        });
    }
    {
        // Under the token of a session that the same person has begun anew, what was refused before may go through.
        let (unsaved, save_now) = (status.is_unsaved(), save_now.clone());
        let (api, first) = (use_api(), use_mut_ref(|| true));
        use_effect_with(api, move |_| {
            if !first.replace(false) && unsaved {
                spawn_local(async move {
                    // How it went stands with the form.
                    let _ = save_now().await;
                });
            }
        });
    }
    let save: Save = {
        let save_now = save_now.clone();
        Rc::new(move || {
            let saving = save_now();
            Box::pin(async move { saving.await.is_ok() })
        })
    };
    use_leave_warning(status.is_unsaved(), Unsaved::Words, Some(save));
    Autosave { status: (*status).clone(), save_now, rebase }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(keeper: &Keeper<&'static str>, text: &'static str) {
        *keeper.latest.borrow_mut() = text;
    }

    #[test]
    fn what_this_form_saved_last_has_to_be_saved_again_when_another_version_replaced_it() {
        let keeper = Keeper::new("");
        write(&keeper, "mit");
        assert_eq!(keeper.unsaved(), Some("mit"));
        assert_eq!(keeper.note_saved("mit", DateTime::UNIX_EPOCH), SaveStatus::Saved(DateTime::UNIX_EPOCH));
        assert_eq!(keeper.unsaved(), None);
        // A colleague's version is there now, and the author keeps what is written here.
        assert_eq!(keeper.note_saved("kollegaens", DateTime::UNIX_EPOCH), SaveStatus::Dirty);
        assert_eq!(keeper.unsaved(), Some("mit"));
    }

    #[test]
    fn no_failure_stands_over_what_the_server_has() {
        let keeper = Keeper::new("fundet");
        assert_eq!(keeper.at_rest(), SaveStatus::Unchanged);
        write(&keeper, "rettet");
        assert_eq!(keeper.at_rest(), SaveStatus::Dirty);
        write(&keeper, "fundet");
        assert!(!keeper.has_to_wait());
        assert_eq!(keeper.at_rest(), SaveStatus::Unchanged);
    }

    #[test]
    fn what_is_taken_back_while_a_save_is_on_its_way_is_saved_after_it() {
        let keeper = Keeper::new("fundet");
        let on_its_way = keeper.one_at_a_time.try_lock();
        write(&keeper, "fundet");
        assert!(keeper.has_to_wait());
        drop(on_its_way);
        assert!(!keeper.has_to_wait());
    }
}
