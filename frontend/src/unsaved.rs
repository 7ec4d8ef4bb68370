//! What on this page is not saved yet, wherever on it that is: whoever logs out is asked first, and everything that can
//! be saved is saved before.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use futures::{
    FutureExt,
    future::{LocalBoxFuture, join_all, select},
};
use gloo_timers::future::TimeoutFuture;

/// How long logging out waits for what is being saved, in milliseconds.
const PATIENCE: u32 = 8_000;

/// A kind of thing that is not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsaved {
    /// Words in a form of this page.
    Words,
    /// Files on their way.
    Files,
    /// Words that lie on this device alone, from another tab or from before.
    OnDevice,
}

/// Saves what is written now, and tells whether all of it is saved.
pub type Save = Rc<dyn Fn() -> LocalBoxFuture<'static, bool>>;

#[derive(Default)]
struct Register {
    next: u32,
    entries: BTreeMap<u32, (Unsaved, Option<Save>)>,
}

thread_local! {
    static REGISTER: RefCell<Register> = RefCell::default();
}

/// Stands in the register as long as it lives.
pub struct Entry(u32);

impl Drop for Entry {
    fn drop(&mut self) {
        REGISTER.with_borrow_mut(|register| register.entries.remove(&self.0));
    }
}

/// Notes that something is not saved, with the way to save it if there is one.
#[must_use]
pub fn note(what: Unsaved, save: Option<Save>) -> Entry {
    REGISTER.with_borrow_mut(|register| {
        let key = register.next;
        register.next = key.wrapping_add(1);
        register.entries.insert(key, (what, save));
        Entry(key)
    })
}

/// Whether there is anything.
#[must_use]
pub fn is_any() -> bool {
    REGISTER.with_borrow(|register| !register.entries.is_empty())
}

/// Saves everything that can be saved, and tells what is not saved after that, each kind once.
pub async fn save_all() -> Vec<Unsaved> {
    save_all_within(|| TimeoutFuture::new(PATIENCE).boxed_local()).await
}

/// The same, giving each up when `patience` ends.
async fn save_all_within(patience: impl Fn() -> LocalBoxFuture<'static, ()>) -> Vec<Unsaved> {
    let entries: Vec<_> = REGISTER.with_borrow(|register| register.entries.values().cloned().collect());
    let saving = entries.into_iter().map(async |(what, save)| {
        let saved = match save {
            Some(save) => select(save(), patience().map(|()| false)).await.factor_first().0,
            None => false,
        };
        (!saved).then_some(what)
    });
    let mut left: Vec<_> = join_all(saving).await.into_iter().flatten().collect();
    left.sort_unstable();
    left.dedup();
    left
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    fn left() -> Vec<Unsaved> {
        save_all_within(|| pending().boxed_local()).now_or_never().expect("nothing here waits")
    }

    #[test]
    fn what_can_be_saved_is_saved_and_the_rest_is_told_once() {
        let saves = |saved: bool| -> Option<Save> { Some(Rc::new(move || ready(saved).boxed_local())) };
        assert_eq!((left(), is_any()), (vec![], false));
        let files = [note(Unsaved::Files, None), note(Unsaved::Files, None)];
        let words = note(Unsaved::Words, saves(true));
        assert_eq!((left(), is_any()), (vec![Unsaved::Files], true));
        drop(words);
        let _failing = note(Unsaved::Words, saves(false));
        assert_eq!(left(), [Unsaved::Words, Unsaved::Files]);
        drop(files);
        assert_eq!(left(), [Unsaved::Words]);
    }

    #[test]
    fn nobody_waits_for_ever_for_what_does_not_come() {
        let _hanging = note(Unsaved::Words, Some(Rc::new(|| pending().boxed_local())));
        let left = save_all_within(|| ready(()).boxed_local()).now_or_never();
        assert_eq!(left, Some(vec![Unsaved::Words]));
    }
}
