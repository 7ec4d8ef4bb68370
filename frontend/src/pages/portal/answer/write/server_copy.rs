//! What the server has of the draft, as far as this form knows, and saving against it.

use std::cell::Cell;

use openapi::{
    client::Error,
    drafts::Draft,
    ids::{DraftId, HearingId},
    problem::ProblemCode,
};

use super::written::Written;
use crate::{
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
}

impl ServerCopy {
    pub(super) fn of(draft: &Draft, kept: Kept) -> ServerCopy {
        let version = Cell::new(draft.version);
        ServerCopy { hearing: draft.hearing, draft: draft.id, kept, version, sent: Sent::default() }
    }

    /// Saves what is written.
    ///
    /// # Errors
    /// What the server said; `request.precondition_failed` when the draft was changed somewhere else.
    pub(super) async fn save(&self, api: &Api, written: Written) -> Result<(), Error> {
        let copy = Versioned { version: self.version.get(), written };
        // Where the browser keeps nothing, leaving the page asks first all the same.
        let _ = self.kept.keep(&copy);
        let saved = match self.send(api, &copy.written).await {
            Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                self.reconcile(api, error).await?;
                self.send(api, &copy.written).await?
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
    /// version is the one to go on from.
    async fn reconcile(&self, api: &Api, error: Error) -> Result<(), Error> {
        let newest = api.get_draft(self.hearing, self.draft).await?;
        if self.sent.find(|written| written.is_in(&newest)).is_none() {
            return Err(error);
        }
        self.version.set(newest.version);
        Ok(())
    }
}
