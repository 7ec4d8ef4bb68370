//! What is written in the form of a hearing, and how it is kept: here, in this tab, and on the server.

use std::rc::Rc;

use openapi::{hearings::Hearing, ids::HearingId, validation::FieldErrors};
use yew::prelude::*;

use super::{
    super::CaseFile,
    edit::{Edit, Writing},
    publish::SaveFirst,
    server_copy::{SaveEvents, ServerCopy},
    written::Written,
};
use crate::{
    components::Verdict,
    hooks::{Competition, SaveStatus, VersionedForm, use_autosave, use_competition, use_kept},
    kept::Found,
    session::use_api,
};

/// What is written, and how it is kept.
pub(super) struct Saving {
    pub(super) written: Rc<Written>,
    pub(super) edit: Edit,
    pub(super) status: SaveStatus,
    /// What the last save left out, because it was wrong.
    pub(super) wrong: FieldErrors,
    pub(super) competition: Competition<Written>,
    /// Told what the author chose where two versions compete.
    pub(super) on_choose: Callback<Verdict>,
    /// Whether the form began with what could not be saved the last time.
    pub(super) rescued: bool,
    pub(super) save_first: SaveFirst,
    /// Takes the hearing as another change of this form left it.
    pub(super) follow: Callback<Hearing>,
}

/// What the copy of a hearing's form is called that lies on this device until it is saved.
pub(super) fn copy_of(id: HearingId) -> String {
    format!("hearing-{id}")
}

/// Keeps what is written in the form of a hearing.
#[hook]
pub(super) fn use_saving(case: &CaseFile) -> Saving {
    let api = use_api();
    let hearing = &case.hearing;
    let kept = use_kept(copy_of(hearing.id));
    let found = use_memo((), |()| {
        let saved = Written::of(hearing);
        let copy = Found::judge(kept.find(), hearing.version, |copy: &Written| copy.says_the_same(&saved));
        (saved, copy)
    });
    let (saved, copy) = &*found;
    let writing = {
        let first = match copy {
            Found::GoesOn(written) => written.clone(),
            Found::Nothing | Found::Competes(_) => saved.clone(),
        };
        use_reducer_eq(move || Writing(Rc::new(first)))
    };
    let written = writing.0.clone();
    let edit = Edit::new(writing.dispatcher());
    let competition = {
        let rescued = match copy {
            Found::Competes(written) => Some(written),
            Found::Nothing | Found::GoesOn(_) => None,
        };
        use_competition(&kept, saved, rescued)
    };
    let wrong = use_state_eq(FieldErrors::default);
    let on_server = use_memo((), |()| ServerCopy::of(hearing, kept.clone()));
    let events = SaveEvents {
        on_saved: case.replace.clone(),
        on_fields: {
            let wrong = wrong.setter();
            Callback::from(move |errors| wrong.set(errors))
        },
        on_conflict: competition.on_conflict(),
    };
    let autosave = {
        let on_server = on_server.clone();
        use_autosave((*written).clone(), saved.clone(), move |written: Written| {
            let (api, on_server, events) = (api.api.clone(), on_server.clone(), events.clone());
            async move { on_server.save(&api, written, &events).await }
        })
    };
    let save_first: SaveFirst = {
        let (autosave, on_server) = (autosave.clone(), on_server.clone());
        Callback::from(move |()| {
            let (saving, on_server) = (autosave.flush(), on_server.clone());
            Box::pin(async move { saving.await.map(|()| on_server.version()) }) as _
        })
    };
    let on_choose = {
        let (on_server, competition, edit, written) =
            (on_server.clone(), competition.clone(), edit.clone(), written.clone());
        let (autosave, replace) = (autosave.clone(), case.replace.clone());
        Callback::from(move |verdict: Verdict| {
            let form = VersionedForm {
                written: &*written,
                write: &|words| edit.make(move |written| *written = words),
                adopt: &|| {
                    if let Some(hearing) = on_server.adopt() {
                        replace.emit(hearing);
                    }
                },
                keep: &|words| on_server.keep(words),
                autosave: &autosave,
            };
            competition.choose(verdict, &form);
        })
    };
    let follow = {
        let (on_server, replace) = (on_server.clone(), case.replace.clone());
        Callback::from(move |hearing: Hearing| {
            on_server.follow(&hearing);
            replace.emit(hearing);
        })
    };
    Saving {
        written,
        edit,
        status: autosave.status.clone(),
        wrong: match autosave.status {
            // Loaded, or taken back to what was saved: nothing is left out any more.
            SaveStatus::Unchanged | SaveStatus::Saved(_) => FieldErrors::default(),
            SaveStatus::Dirty | SaveStatus::Saving | SaveStatus::Failed(_) => (*wrong).clone(),
        },
        competition,
        on_choose,
        rescued: matches!(copy, Found::GoesOn(_)),
        save_first,
        follow,
    }
}
