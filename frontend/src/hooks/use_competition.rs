//! Two versions of one text, and the author's choice between them: nothing that is chosen against is lost.

use std::rc::Rc;

use serde::{Serialize, de::DeserializeOwned};
use yew::prelude::*;

use crate::{
    aside::{Aside, AsidePlace, SavedBy, Whose},
    clock,
    components::Verdict,
};

/// What was saved somewhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct Theirs<W> {
    /// What it says.
    pub written: W,
    /// Who saved it.
    pub by: SavedBy,
}

/// The form that the versions are of.
pub struct VersionedForm<'a, W> {
    /// What is written in it.
    pub written: &'a W,
    /// Writes something else into it.
    pub write: &'a dyn Fn(W),
    /// Takes what was saved somewhere else as what is to be changed now.
    pub adopt: &'a dyn Fn(),
    /// Saves what is written in it.
    pub save: &'a dyn Fn(),
    /// Keeps words on this device as what is not saved yet.
    pub keep: &'a dyn Fn(&W),
}

/// What competes with what is in a form.
#[derive(Clone, PartialEq)]
pub struct Competition<W: PartialEq> {
    theirs: UseStateHandle<Option<Rc<Theirs<W>>>>,
    aside: UseStateHandle<Vec<Aside<W>>>,
    place: AsidePlace,
}

impl<W> Competition<W>
where
    W: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
{
    /// What was saved somewhere else, while the author has to choose.
    pub fn theirs(&self) -> Option<&Theirs<W>> {
        self.theirs.as_deref()
    }

    /// What was put aside, the oldest first.
    pub fn aside(&self) -> &[Aside<W>] {
        &self.aside
    }

    /// To be told that something else was saved.
    pub fn on_conflict(&self) -> Callback<Theirs<W>> {
        let theirs = self.theirs.setter();
        Callback::from(move |newest| theirs.set(Some(Rc::new(newest))))
    }

    /// Carries out what the author chose. Whatever goes from form or server is put aside.
    pub fn choose(&self, verdict: Verdict, form: &VersionedForm<'_, W>) {
        match (verdict, self.theirs()) {
            (Verdict::Overwrite, Some(theirs)) => {
                (form.adopt)();
                self.put(Whose::Saved(theirs.by.clone()), &theirs.written, &self.aside);
                self.theirs.set(None);
                (form.save)();
            }
            (Verdict::Load, Some(theirs)) => {
                (form.adopt)();
                self.put(Whose::Own, form.written, &self.aside);
                (form.write)(theirs.written.clone());
                self.theirs.set(None);
            }
            (Verdict::PutBack(put_at), _) => {
                let Some(aside) = self.aside.iter().find(|aside| aside.put_at == put_at) else { return };
                // Before it goes from here it lies where it is found when it was not saved.
                (form.keep)(&aside.written);
                let left = self.place.take(put_at, &self.aside);
                match *form.written == aside.written {
                    true => self.aside.set(left),
                    false => self.put(Whose::InForm, form.written, &left),
                }
                (form.write)(aside.written.clone());
            }
            (Verdict::Drop(put_at), _) => self.aside.set(self.place.take(put_at, &self.aside)),
            (Verdict::Overwrite | Verdict::Load, None) => {}
        }
    }

    fn put(&self, whose: Whose, written: &W, shown: &[Aside<W>]) {
        let aside = Aside { put_at: clock::now(), whose, written: written.clone() };
        self.aside.set(self.place.put(aside, shown));
    }
}

/// What competes with a form's words: what lies in `place`, and what was `found` on this device on another version than
/// the `saved` one, which is put there.
#[hook]
pub fn use_competition<W>(place: AsidePlace, saved: &W, found: Option<&W>) -> Competition<W>
where
    W: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
{
    let theirs = use_state(|| None);
    let aside = {
        let place = place.clone();
        use_state(move || {
            let mut all: Vec<Aside<W>> = place.find();
            for known in all.iter().filter(|known| known.written == *saved) {
                place.take::<W>(known.put_at, &[]);
            }
            all.retain(|known| known.written != *saved);
            match found {
                Some(written) => {
                    let aside = Aside { put_at: clock::now(), whose: Whose::Own, written: written.clone() };
                    place.put(aside, &all)
                }
                None => all,
            }
        })
    };
    Competition { theirs, aside, place }
}
