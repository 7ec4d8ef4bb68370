//! Two versions of one text, and the author's choice between them: nothing that is chosen against is lost.

use std::rc::Rc;

use serde::{Serialize, de::DeserializeOwned};
use yew::prelude::*;

use crate::{
    aside::{Aside, AsidePlace, SavedBy, Whose},
    components::Verdict,
    hooks::Autosave,
    kept::Kept,
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
    /// Keeps words on this device as what is not saved yet.
    pub keep: &'a dyn Fn(&W),
    /// Saves what is written in it.
    pub autosave: &'a Autosave<W>,
}

/// What competes with what is in a form.
#[derive(Clone, PartialEq)]
pub struct Competition<W: PartialEq> {
    theirs: UseStateHandle<Option<Rc<Theirs<W>>>>,
    aside: UseStateHandle<Vec<Aside<W>>>,
    place: AsidePlace,
    /// Where the form's own words lie until they are saved.
    kept: Kept,
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
                form.autosave.rebase(theirs.written.clone());
                self.put(Whose::Saved(theirs.by.clone()), &theirs.written, &self.aside);
                self.theirs.set(None);
                form.autosave.save();
            }
            (Verdict::Load, Some(theirs)) => {
                (form.adopt)();
                form.autosave.rebase(theirs.written.clone());
                if self.put(Whose::Own, form.written, &self.aside) {
                    // It lies there now, and the form saves it no more.
                    self.kept.forget();
                }
                (form.write)(theirs.written.clone());
                self.theirs.set(None);
            }
            (Verdict::PutBack(put_at), _) => {
                let Some(aside) = self.aside.iter().find(|aside| aside.put_at == put_at) else { return };
                if *form.written == aside.written {
                    return self.aside.set(self.place.take(put_at, &self.aside));
                }
                // Before it goes from here it lies where it is found when it was not saved.
                (form.keep)(&aside.written);
                let left = self.place.take(put_at, &self.aside);
                self.put(Whose::InForm, form.written, &left);
                (form.write)(aside.written.clone());
            }
            (Verdict::Drop(put_at), _) => self.aside.set(self.place.take(put_at, &self.aside)),
            (Verdict::Overwrite | Verdict::Load, None) => {}
        }
    }

    /// Puts words aside. Whether they lie on the device.
    fn put(&self, whose: Whose, written: &W, shown: &[Aside<W>]) -> bool {
        let (all, is_stored) = self.place.put(Aside::new(whose, written.clone()), shown);
        self.aside.set(all);
        is_stored
    }
}

/// What competes with a form's words: what was put aside beside their place `kept`, and what was `found` there on another
/// version than the `saved` one, which goes over to the rest.
#[hook]
pub fn use_competition<W>(kept: &Kept, saved: &W, found: Option<&W>) -> Competition<W>
where
    W: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
{
    let place = AsidePlace::beside(kept);
    let theirs = use_state(|| None);
    let aside = use_state(|| begin(kept, &place, saved, found));
    Competition { theirs, aside, place, kept: kept.clone() }
}

/// What is aside when a form begins: no more what is saved, and what was `found`.
fn begin<W>(kept: &Kept, place: &AsidePlace, saved: &W, found: Option<&W>) -> Vec<Aside<W>>
where
    W: Clone + PartialEq + Serialize + DeserializeOwned,
{
    let mut all: Vec<Aside<W>> = place.find();
    for known in all.iter().filter(|known| known.written == *saved) {
        place.take::<W>(known.put_at, &[]);
    }
    all.retain(|known| known.written != *saved);
    let Some(written) = found else { return all };
    let (all, is_stored) = place.put(Aside::new(Whose::Own, written.clone()), &all);
    if is_stored {
        // It lies there now: once dropped there it is not found again.
        kept.forget();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::device;

    #[test]
    fn what_is_found_goes_over_to_what_is_aside_and_is_gone_when_it_is_dropped() {
        let kept = Kept::of_a_test("answer-1");
        let place = AsidePlace::beside(&kept);
        let text = |text: &str| text.to_owned();
        assert!(kept.keep(&text("mit")));
        let aside = begin(&kept, &place, &text("gemt"), kept.find::<String>().as_ref());
        assert_eq!(aside.iter().map(|aside| aside.written.as_str()).collect::<Vec<_>>(), ["mit"]);
        assert_eq!(kept.find::<String>(), None);
        place.take(aside[0].put_at, &aside);
        assert!(begin(&kept, &place, &text("gemt"), kept.find::<String>().as_ref()).is_empty());
        assert!(device::is_empty(), "and logging out asks no more");
    }

    #[test]
    fn what_cannot_be_put_aside_stays_where_it_was_found() {
        let kept = Kept::of_a_test("answer-1");
        assert!(kept.keep(&"mit".to_owned()));
        device::refuse(true);
        let aside = begin(&kept, &AsidePlace::beside(&kept), &"gemt".to_owned(), kept.find::<String>().as_ref());
        assert_eq!((aside.len(), kept.find::<String>().as_deref()), (1, Some("mit")));
    }
}
