//! What is written in the form of a conclusion, and how it is kept: here, on this device, and on the server, where the
//! hearing's staff writes it together.

use std::rc::Rc;

use openapi::{hearings::ConclusionDraft, ids::HearingId};
use yew::prelude::*;

use super::server_copy::ServerCopy;
use crate::{
    components::Verdict,
    hooks::{Autosave, Competition, VersionedForm, use_autosave, use_competition, use_kept},
    kept::{Found, Kept, Versioned},
    session::use_api,
};

/// What is written, and how it is kept.
pub(super) struct Saving {
    pub(super) text: String,
    pub(super) on_input: Callback<String>,
    pub(super) autosave: Autosave<String>,
    pub(super) on_server: Rc<ServerCopy>,
    pub(super) competition: Competition<String>,
    /// Told what the author chose where two versions compete.
    pub(super) on_choose: Callback<Verdict>,
    /// Whether the form began with what could not be saved the last time.
    pub(super) rescued: bool,
}

/// The place on this device for a conclusion that is not saved.
#[hook]
pub(super) fn use_unsaved_conclusion(id: HearingId) -> Kept {
    let kept = use_kept(format!("conclusion-draft-{id}"));
    // An earlier build kept the only copy, under another name and without a version.
    let former = use_kept(format!("conclusion-{id}"));
    let place = kept.clone();
    use_memo(id, move |_| {
        if let Some(text) = former.find::<String>()
            && (text.trim().is_empty() || place.keep(&Versioned { version: UNVERSIONED, written: text }))
        {
            former.forget();
        }
    });
    kept
}

/// The version of words that were written when there was no draft on the server.
const UNVERSIONED: i64 = 0;

/// What a copy means for what is on the server.
fn judge(copy: Option<Versioned<String>>, draft: &ConclusionDraft) -> Found<String> {
    let goes_on = |copy: Versioned<String>| match copy.version {
        // It was begun before anything was on the server, and nothing is there now.
        UNVERSIONED if draft.text.trim().is_empty() => Versioned { version: draft.version, ..copy },
        _ => copy,
    };
    Found::judge(copy.map(goes_on), draft.version, |text| *text == draft.text)
}

/// Keeps what is written in the form of a conclusion. `on_refused` is told when a save has failed and its words lie on this
/// device, also after the form has gone.
#[hook]
pub(super) fn use_saving(id: HearingId, draft: &ConclusionDraft, on_refused: &Callback<()>) -> Saving {
    let api = use_api();
    let kept = use_unsaved_conclusion(id);
    let found = use_memo((), |()| (draft.text.clone(), judge(kept.find(), draft)));
    let (saved, copy) = (&found.0, &found.1);
    let text = use_state_eq(|| match copy {
        Found::GoesOn(text) => text.clone(),
        Found::Nothing | Found::Competes(_) => saved.clone(),
    });
    let competition = {
        let rescued = match copy {
            Found::Competes(text) => Some(text),
            Found::Nothing | Found::GoesOn(_) => None,
        };
        use_competition(&kept, saved, rescued)
    };
    let on_server = use_memo((), |()| ServerCopy::of(id, draft, kept.clone(), competition.on_conflict()));
    let autosave = {
        let (on_server, on_refused) = (on_server.clone(), on_refused.clone());
        use_autosave((*text).clone(), saved.clone(), move |text: String| {
            let (api, on_server, on_refused) = (api.api.clone(), on_server.clone(), on_refused.clone());
            async move {
                let answer = on_server.save(&api, text).await;
                if answer.is_err() {
                    on_refused.emit(());
                }
                answer
            }
        })
    };
    let on_choose = {
        let (on_server, competition, text) = (on_server.clone(), competition.clone(), text.clone());
        let autosave = autosave.clone();
        Callback::from(move |verdict: Verdict| {
            let form = VersionedForm {
                written: &*text,
                write: &|words| text.set(words),
                adopt: &|| on_server.adopt(),
                keep: &|words| on_server.keep(words),
                autosave: &autosave,
            };
            competition.choose(verdict, &form);
        })
    };
    let on_input = {
        let text = text.setter();
        Callback::from(move |written: String| text.set(written))
    };
    Saving {
        text: (*text).clone(),
        on_input,
        autosave,
        on_server,
        competition,
        on_choose,
        rescued: matches!(copy, Found::GoesOn(_)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(version: i64, text: &str) -> ConclusionDraft {
        ConclusionDraft { version, text: text.to_owned(), updated_at: None, updated_by: None }
    }

    fn copy(version: i64) -> Option<Versioned<String>> {
        Some(Versioned { version, written: "mit".to_owned() })
    }

    #[test]
    fn words_from_before_there_was_a_draft_go_on_where_nothing_is_written_and_compete_elsewhere() {
        assert_eq!(judge(copy(UNVERSIONED), &draft(1, "")), Found::GoesOn("mit".to_owned()));
        assert_eq!(judge(copy(UNVERSIONED), &draft(4, "kollegaens")), Found::Competes("mit".to_owned()));
        assert_eq!(judge(copy(3), &draft(4, "kollegaens")), Found::Competes("mit".to_owned()));
        assert_eq!(judge(copy(4), &draft(4, "kollegaens")), Found::GoesOn("mit".to_owned()));
        assert_eq!(judge(copy(UNVERSIONED), &draft(4, "mit")), Found::Nothing);
        assert_eq!(judge(None, &draft(4, "kollegaens")), Found::Nothing);
    }
}
