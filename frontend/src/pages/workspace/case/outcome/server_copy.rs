//! What the server has of the conclusion's draft, as far as this form knows, and saving against it.

use std::cell::RefCell;

use openapi::{
    client::Error,
    hearings::{ConclusionDraft, ConclusionText},
    ids::HearingId,
    problem::{Problem, ProblemCode},
    validation::Validate,
};
use yew::Callback;

use crate::{
    aside::{AsidePlace, SavedBy},
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
    sent: Sent<String>,
    /// What a colleague, or another tab, has made of it; nothing is saved before the author has chosen.
    competing: RefCell<Option<ConclusionDraft>>,
    /// Told what competes.
    on_conflict: Callback<Theirs<String>>,
}

struct Known {
    version: i64,
    text: String,
}

impl Known {
    fn of(draft: &ConclusionDraft) -> Known {
        Known { version: draft.version, text: draft.text.clone() }
    }
}

impl ServerCopy {
    pub(super) fn of(
        id: HearingId,
        draft: &ConclusionDraft,
        kept: Kept,
        on_conflict: Callback<Theirs<String>>,
    ) -> ServerCopy {
        let known = RefCell::new(Known::of(draft));
        ServerCopy { id, kept, known, sent: Sent::default(), competing: RefCell::default(), on_conflict }
    }

    pub(super) fn version(&self) -> i64 {
        self.known.borrow().version
    }

    /// Takes what a colleague has made of it as what is to be changed now.
    pub(super) fn adopt(&self) {
        if let Some(draft) = self.competing.take() {
            *self.known.borrow_mut() = Known::of(&draft);
        }
        self.sent.settle();
    }

    /// Keeps a text on this device as what is not saved yet. Where the browser keeps nothing, leaving the page asks first
    /// all the same.
    pub(super) fn keep(&self, text: &str) {
        let _ = self.kept.keep(&Versioned { version: self.version(), written: text.to_owned() });
    }

    /// Whether the author has to choose.
    pub(super) fn is_competing(&self) -> bool {
        self.competing.borrow().is_some()
    }

    /// Drops all that lies on this device, when the conclusion was given from here.
    pub(super) fn forget(&self) {
        self.kept.forget();
        AsidePlace::beside(&self.kept).forget();
    }

    /// Saves the text.
    ///
    /// # Errors
    /// What the server said; `request.precondition_failed` when a colleague has changed it, `hearing.wrong_status` when
    /// one has given it.
    pub(super) async fn save(&self, api: &Api, text: String) -> Result<(), Error> {
        // What the server has is in no danger.
        if self.known.borrow().text != text {
            self.keep(&text);
        }
        if self.is_competing() {
            // The author has to choose, unless a colleague has gone on, or has given the conclusion meanwhile.
            self.reconcile(api, problem(ProblemCode::PreconditionFailed)).await?;
        }
        // As the server keeps it, so that its copy is known for this one.
        let mut text = ConclusionText { text };
        text.clean();
        let saved = match self.send(api, &text).await {
            Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                self.reconcile(api, error).await?;
                self.send(api, &text).await?
            }
            answer => answer?,
        };
        *self.known.borrow_mut() = Known { version: saved.version, text: text.text };
        self.sent.settle();
        self.kept.forget();
        Ok(())
    }

    async fn send(&self, api: &Api, text: &ConclusionText) -> Result<ConclusionDraft, Error> {
        self.sent.note(&text.text);
        api.replace_conclusion_draft(self.id, self.version(), text).await
    }

    /// The version is not the newest. Where the draft says what is known here, or what was sent from here (the answer was
    /// lost), its version is the one to go on from; else the author has to choose.
    ///
    /// # Errors
    /// `error` when the author has to choose; `hearing.wrong_status` when the conclusion was given; what asking said.
    pub(super) async fn reconcile(&self, api: &Api, error: Error) -> Result<(), Error> {
        let newest = api.get_conclusion_draft(self.id).await?;
        // Versions only grow, until the conclusion takes the draft away.
        if newest.version < self.version() {
            return Err(problem(ProblemCode::HearingWrongStatus));
        }
        let is_own = self.sent.find(|sent| *sent == newest.text).is_some() || self.known.borrow().text == newest.text;
        if is_own {
            self.competing.take();
            *self.known.borrow_mut() = Known::of(&newest);
            return Ok(());
        }
        let by = SavedBy { name: newest.updated_by.clone(), at: newest.updated_at };
        self.on_conflict.emit(Theirs { written: newest.text.clone(), by });
        *self.competing.borrow_mut() = Some(newest);
        Err(error)
    }
}

/// The problem that the server would have answered with.
fn problem(code: ProblemCode) -> Error {
    Error::Problem(Box::new(Problem::new(code)))
}
