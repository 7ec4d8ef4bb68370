//! What is written in the form of a response, and how it is kept: here, on this device, and on the server.

use openapi::{drafts::Draft, hearings::Hearing, ids::DraftId};
use yew::prelude::*;

use super::{server_copy::ServerCopy, written::Written};
use crate::{
    components::Verdict,
    hooks::{Autosave, Competition, Theirs, VersionedForm, use_autosave, use_competition, use_kept},
    kept::Found,
    session::use_api,
};

/// What is written, and how it is kept.
pub(super) struct Saving {
    pub(super) written: UseStateHandle<Written>,
    pub(super) autosave: Autosave<Written>,
    pub(super) competition: Competition<Written>,
    /// Told what the author chose where two versions compete.
    pub(super) on_choose: Callback<Verdict>,
    /// Whether the form began with what could not be saved the last time.
    pub(super) rescued: bool,
}

/// What the copy of a response is called that lies on this device until it is saved.
pub(in crate::pages::portal::answer) fn copy_of(id: DraftId) -> String {
    format!("answer-{id}")
}

/// Keeps what is written in the form of a response.
#[hook]
pub(super) fn use_saving(hearing: &Hearing, draft: &Draft) -> Saving {
    let api = use_api();
    let kept = use_kept(copy_of(draft.id));
    let found = use_memo((), |()| {
        let copy = Found::judge(kept.find(), draft.version, |copy: &Written| copy.is_in(draft));
        (Written::of(draft, hearing), copy)
    });
    let (saved, copy) = &*found;
    let written = use_state_eq(|| match copy {
        Found::GoesOn(written) => written.clone(),
        Found::Nothing | Found::Competes(_) => saved.clone(),
    });
    let rescued = match copy {
        Found::Competes(written) => Some(written),
        Found::Nothing | Found::GoesOn(_) => None,
    };
    let competition = use_competition(&kept, saved, rescued);
    let on_conflict = {
        let (told, hearing) = (competition.on_conflict(), hearing.clone());
        told.reform(move |theirs: Theirs<Draft>| Theirs {
            written: Written::of(&theirs.written, &hearing),
            by: theirs.by,
        })
    };
    let on_server = use_memo((), |()| ServerCopy::of(draft, kept.clone(), on_conflict));
    let autosave = {
        let on_server = on_server.clone();
        use_autosave((*written).clone(), saved.clone(), move |written: Written| {
            let (api, on_server) = (api.api.clone(), on_server.clone());
            async move { on_server.save(&api, written).await }
        })
    };
    let on_choose = {
        let (competition, written, autosave) = (competition.clone(), written.clone(), autosave.clone());
        Callback::from(move |verdict: Verdict| {
            let form = VersionedForm {
                written: &*written,
                write: &|words| written.set(words),
                adopt: &|| on_server.adopt(),
                keep: &|words| on_server.keep(words),
                autosave: &autosave,
            };
            competition.choose(verdict, &form);
        })
    };
    Saving { written, autosave, competition, on_choose, rescued: matches!(copy, Found::GoesOn(_)) }
}
