//! What the server has of the hearing, as far as this form knows, and saving against it.

use std::cell::RefCell;

use openapi::{
    client::Error,
    hearings::{Hearing, HearingPatch},
    ids::HearingId,
    problem::{Problem, ProblemCode},
    validation::FieldErrors,
};
use yew::Callback;

use super::written::{SectionIds, Written, without_errors};
use crate::{
    aside::SavedBy,
    hooks::Theirs,
    kept::{Kept, Versioned},
    sent::Sent,
    transport::Api,
};

/// What the server has, as far as this form knows.
pub(super) struct ServerCopy {
    id: HearingId,
    /// Holds what is written until it is saved.
    kept: Kept,
    known: RefCell<Known>,
    sent: Sent<Written>,
    /// What somebody else has made of the hearing; nothing is saved before the author has chosen.
    competing: RefCell<Option<Hearing>>,
}

struct Known {
    version: i64,
    written: Written,
    ids: SectionIds,
}

impl Known {
    // Cleaned, so that a text that was saved before texts were cleaned is no change until somebody makes one.
    fn of(hearing: &Hearing) -> Known {
        Known { version: hearing.version, written: Written::of(hearing).cleaned(), ids: Written::section_ids(hearing) }
    }
}

/// Who hears how a save went.
#[derive(Clone, PartialEq)]
pub(super) struct SaveEvents {
    /// Told the hearing as it is on the server now.
    pub(super) on_saved: Callback<Hearing>,
    /// Told what is wrong with single fields; nothing when all is well.
    pub(super) on_fields: Callback<FieldErrors>,
    /// Told what somebody else has made of the hearing.
    pub(super) on_conflict: Callback<Theirs<Written>>,
}

impl ServerCopy {
    pub(super) fn of(hearing: &Hearing, kept: Kept) -> ServerCopy {
        let known = RefCell::new(Known::of(hearing));
        ServerCopy { id: hearing.id, kept, known, sent: Sent::default(), competing: RefCell::default() }
    }

    pub(super) fn version(&self) -> i64 {
        self.known.borrow().version
    }

    /// Takes what somebody else has made of the hearing as what is to be changed now, and gives it.
    pub(super) fn adopt(&self) -> Option<Hearing> {
        self.sent.settle();
        let hearing = self.competing.take()?;
        *self.known.borrow_mut() = Known::of(&hearing);
        Some(hearing)
    }

    /// Takes a version that came by another change of this very form.
    pub(super) fn follow(&self, hearing: &Hearing) {
        self.known.borrow_mut().version = hearing.version;
    }

    /// Saves what is written, except for fields that are wrong.
    ///
    /// # Errors
    /// What the server said; `request.invalid` when fields are wrong; `request.precondition_failed` when somebody else
    /// has changed the same hearing.
    pub(super) async fn save(&self, api: &Api, written: Written, events: &SaveEvents) -> Result<(), Error> {
        let written = written.cleaned();
        self.keep(&written);
        if self.competing.borrow().is_some() {
            return Err(problem(ProblemCode::PreconditionFailed, FieldErrors::default()));
        }
        let errors = self.send(api, &written, events).await?;
        events.on_fields.emit(errors.clone());
        if errors.0.is_empty() {
            self.kept.forget();
            return Ok(());
        }
        // What was left out goes on from what was saved, and competes with nothing.
        self.keep(&written);
        Err(problem(ProblemCode::RequestInvalid, errors))
    }

    /// Keeps a text on this device as what is not saved yet. Where the browser keeps nothing, leaving the page asks first
    /// all the same.
    pub(super) fn keep(&self, written: &Written) {
        let _ = self.kept.keep(&Versioned { version: self.version(), written: written.clone() });
    }

    async fn send(&self, api: &Api, written: &Written, events: &SaveEvents) -> Result<FieldErrors, Error> {
        // Twice at the most: the second time on the version that somebody else made without touching the text.
        let mut again = true;
        loop {
            let (version, mut patch) = {
                let known = self.known.borrow();
                (known.version, written.patch(&known.written, &known.ids))
            };
            let errors = without_errors(&mut patch);
            if patch == HearingPatch::default() {
                return Ok(errors);
            }
            self.sent.note(written);
            match api.update_hearing(self.id, version, &patch).await {
                Ok(hearing) => {
                    self.saved(&hearing, written, &patch);
                    events.on_saved.emit(hearing);
                    return Ok(errors);
                }
                Err(error) if again && error.is(ProblemCode::PreconditionFailed) => {
                    again = false;
                    self.reconcile(api, events, error).await?;
                }
                Err(error) => {
                    let fields = error.problem().map(|problem| problem.errors.clone()).unwrap_or_default();
                    events.on_fields.emit(FieldErrors(fields));
                    return Err(error);
                }
            }
        }
    }

    /// The version was not the newest. Where the text is the one known here (a role was given) or one that was sent from
    /// here (the answer was lost), the newest version is as good; else the author has to choose.
    async fn reconcile(&self, api: &Api, events: &SaveEvents, error: Error) -> Result<(), Error> {
        let newest = api.get_hearing(self.id).await?;
        let theirs = Written::of(&newest);
        if let Some(written) = self.sent.find(|written| theirs.says_the_same(written)) {
            *self.known.borrow_mut() = Known { version: newest.version, ids: ids(&written, &newest), written };
            events.on_saved.emit(newest);
            return Ok(());
        }
        if theirs.says_the_same(&self.known.borrow().written) {
            self.follow(&newest);
            return Ok(());
        }
        let by = SavedBy { name: None, at: Some(newest.updated_at) };
        events.on_conflict.emit(Theirs { written: theirs, by });
        *self.competing.borrow_mut() = Some(newest);
        Err(error)
    }

    fn saved(&self, hearing: &Hearing, written: &Written, patch: &HearingPatch) {
        self.sent.settle();
        let mut known = self.known.borrow_mut();
        known.version = hearing.version;
        if patch.sections.is_some() {
            known.ids = ids(written, hearing);
            known.written.sections = written.sections.clone();
        }
        // What was left out because it was wrong is still what the server had before.
        let sections = known.written.sections.clone();
        known.written = Written { sections, ..Written::of(hearing).cleaned() };
    }
}

/// The ids of sections as they were written: the server has them in the order they were sent in.
fn ids(written: &Written, saved: &Hearing) -> SectionIds {
    let sections = written.sections.iter().zip(&saved.sections);
    sections.map(|(section, saved)| (section.key.clone(), saved.id)).collect()
}

/// The problem that the server would have answered with.
fn problem(code: ProblemCode, errors: FieldErrors) -> Error {
    Error::Problem(Box::new(Problem { errors: errors.0, ..Problem::new(code) }))
}
