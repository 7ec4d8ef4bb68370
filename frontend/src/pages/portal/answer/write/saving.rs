//! What is written in the form of a response, and how it is kept: here, on this device, and on the server.

use openapi::{drafts::Draft, hearings::Hearing};
use yew::prelude::*;

use super::{server_copy::ServerCopy, written::Written};
use crate::{
    aside::AsidePlace,
    components::Verdict,
    hooks::{Autosave, Competition, Theirs, VersionedForm, use_autosave, use_competition, use_kept},
    kept::Found,
    session::use_api,
};

/// What is written, and how it is kept.
pub(super) struct Saving {
    pub(super) written: UseStateHandle<Written>,
    pub(super) autosave: Autosave,
    pub(super) competition: Competition<Written>,
    /// Told what the author chose where two versions compete.
    pub(super) on_choose: Callback<Verdict>,
    /// Whether the form began with what could not be saved the last time.
    pub(super) rescued: bool,
}

/// Keeps what is written in the form of a response.
#[hook]
pub(super) fn use_saving(hearing: &Hearing, draft: &Draft) -> Saving {
    let api = use_api();
    let kept = use_kept(format!("answer-{}", draft.id));
    let place = AsidePlace::new(use_kept(format!("answer-{}-aside", draft.id)));
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
    let competition = use_competition(place, saved, rescued);
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
                save: &|| autosave.save(),
                keep: &|words| on_server.keep(words),
            };
            competition.choose(verdict, &form);
        })
    };
    Saving { written, autosave, competition, on_choose, rescued: matches!(copy, Found::GoesOn(_)) }
}
