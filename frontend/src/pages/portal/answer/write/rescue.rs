//! What could not be saved the last time: taken up again, or shown beside what was saved somewhere else since.

use openapi::{drafts::Draft, hearings::Hearing};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::written::Written;
use crate::{
    components::{Alert, AlertKind, Button, ButtonKind},
    i18n::use_i18n,
    kept, t,
};

/// The copy that lies in this tab while a save has not come through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Unsaved {
    /// The draft's version that it was written on.
    version: i64,
    written: Written,
}

/// What a copy means for the draft as it is now.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rescue {
    /// There is none, or it says the same.
    Nothing,
    /// It goes on from the draft as it is: it is what the form starts with.
    GoesOn(Written),
    /// The draft was changed somewhere else since: both are shown, and the author chooses.
    Competes(Written),
}

fn name(draft: &Draft) -> String {
    format!("answer-{}", draft.id)
}

/// Keeps a copy until it is saved.
pub(super) fn keep(draft: &Draft, version: i64, written: &Written) {
    kept::keep(&name(draft), &Unsaved { version, written: written.clone() });
}

/// Drops the copy.
pub(super) fn forget(draft: &Draft) {
    kept::forget(&name(draft));
}

/// Looks for a copy.
pub(super) fn find(draft: &Draft, hearing: &Hearing) -> Rescue {
    judge(kept::find(&name(draft)), draft.version, &Written::of(draft, hearing))
}

fn judge(copy: Option<Unsaved>, version: i64, saved: &Written) -> Rescue {
    match copy {
        Some(copy) if copy.written == *saved => Rescue::Nothing,
        Some(copy) if copy.version == version => Rescue::GoesOn(copy.written),
        Some(copy) => Rescue::Competes(copy.written),
        None => Rescue::Nothing,
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct RescueNoteProps {
    pub(super) rescue: Rescue,
    /// Told when the author takes the copy in place of what was saved somewhere else.
    pub(super) on_take: Callback<Written>,
    /// Told when he drops it.
    pub(super) on_drop: Callback<()>,
}

/// Says what was found, and lets the author choose where there is a choice.
#[component]
pub(super) fn RescueNote(props: &RescueNoteProps) -> Html {
    let i18n = use_i18n();
    match &props.rescue {
        Rescue::Nothing => Html::default(),
        Rescue::GoesOn(_) => html! {
            <Alert heading={t!(i18n, "write-rescued")}><p>{ t!(i18n, "write-rescued-text") }</p></Alert>
        },
        Rescue::Competes(written) => {
            let take = {
                let written = written.clone();
                props.on_take.reform(move |()| written.clone())
            };
            let texts = std::iter::once(&written.text).chain(written.sections.iter().map(|answer| &answer.text));
            html! {
                <Alert kind={AlertKind::Warning} heading={t!(i18n, "write-competes")}>
                    <p>{ t!(i18n, "write-competes-text") }</p>
                    { for texts.filter(|text| !text.trim().is_empty()).map(|text| html! {
                        <p class="plain-text panel panel--plain" lang="da">{ text }</p>
                    }) }
                    <div class="actions">
                        <Button kind={ButtonKind::Secondary} on_press={take}>{ t!(i18n, "write-competes-take") }</Button>
                        <Button kind={ButtonKind::Tertiary} on_press={props.on_drop.clone()}>
                            { t!(i18n, "write-competes-drop") }
                        </Button>
                    </div>
                </Alert>
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Written {
        Written { on_behalf_of: String::new(), text: text.to_owned(), sections: Vec::new() }
    }

    #[test]
    fn a_copy_never_replaces_what_was_saved_somewhere_else_since() {
        let copy = |version| Some(Unsaved { version, written: written("kopi") });
        assert_eq!(judge(copy(3), 3, &written("gemt")), Rescue::GoesOn(written("kopi")));
        assert_eq!(judge(copy(3), 4, &written("gemt")), Rescue::Competes(written("kopi")));
    }

    #[test]
    fn a_copy_that_says_the_same_is_no_news() {
        let copy = Some(Unsaved { version: 3, written: written("gemt") });
        assert_eq!(judge(copy, 4, &written("gemt")), Rescue::Nothing);
        assert_eq!(judge(None, 4, &written("gemt")), Rescue::Nothing);
    }
}
