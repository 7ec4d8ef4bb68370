//! What the server has of the draft, as far as this form knows, and saving against it.

use std::cell::Cell;

use openapi::{
    client::Error,
    drafts::Draft,
    ids::{DraftId, HearingId},
    problem::{Problem, ProblemCode},
};
use yew::Callback;

use super::written::Written;
use crate::{
    aside::SavedBy,
    hooks::Theirs,
    kept::{Kept, Versioned},
    sent::Sent,
    transport::Api,
};

/// What the server has, as far as this form knows.
pub(super) struct ServerCopy {
    hearing: HearingId,
    draft: DraftId,
    /// Holds what is written until it is saved.
    kept: Kept,
    version: Cell<i64>,
    sent: Sent<Written>,
    /// The version that was saved somewhere else; nothing is saved before the author has chosen.
    competing: Cell<Option<i64>>,
    /// Told what competes.
    on_conflict: Callback<Theirs<Draft>>,
}

impl ServerCopy {
    pub(super) fn of(draft: &Draft, kept: Kept, on_conflict: Callback<Theirs<Draft>>) -> ServerCopy {
        ServerCopy {
            hearing: draft.hearing,
            draft: draft.id,
            kept,
            version: Cell::new(draft.version),
            sent: Sent::default(),
            competing: Cell::default(),
            on_conflict,
        }
    }

    /// Takes what was saved somewhere else as what is to be changed now.
    pub(super) fn adopt(&self) {
        if let Some(version) = self.competing.take() {
            self.version.set(version);
        }
        self.sent.settle();
    }

    /// Keeps words on this device as what is not saved yet. Where the browser keeps nothing, leaving the page asks first
    /// all the same.
    pub(super) fn keep(&self, written: &Written) {
        let _ = self.kept.keep(&Versioned { version: self.version.get(), written: written.clone() });
    }

    /// Saves what is written.
    ///
    /// # Errors
    /// What the server said; `request.precondition_failed` when the draft was changed somewhere else.
    pub(super) async fn save(&self, api: &Api, written: Written) -> Result<(), Error> {
        self.keep(&written);
        if self.competing.get().is_some() {
            return Err(Error::Problem(Box::new(Problem::new(ProblemCode::PreconditionFailed))));
        }
        let saved = match self.send(api, &written).await {
            Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                self.reconcile(api, error).await?;
                self.send(api, &written).await?
            }
            answer => answer?,
        };
        self.version.set(saved.version);
        self.sent.settle();
        self.kept.forget();
        Ok(())
    }

    async fn send(&self, api: &Api, written: &Written) -> Result<Draft, Error> {
        self.sent.note(written);
        api.update_draft(self.hearing, self.draft, self.version.get(), &written.patch()).await
    }

    /// The version was not the newest. Where the draft says what was sent from here, only the answer was lost, and its
    /// version is the one to go on from; else the author has to choose.
    async fn reconcile(&self, api: &Api, error: Error) -> Result<(), Error> {
        let newest = api.get_draft(self.hearing, self.draft).await?;
        if self.sent.find(|written| written.is_in(&newest)).is_some() {
            self.version.set(newest.version);
            return Ok(());
        }
        self.competing.set(Some(newest.version));
        let by = SavedBy { name: None, at: Some(newest.updated_at) };
        self.on_conflict.emit(Theirs { written: newest, by });
        Err(error)
    }
}
