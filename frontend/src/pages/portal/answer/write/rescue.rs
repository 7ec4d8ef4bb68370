//! What could not be saved the last time: taken up again, or shown beside what was saved somewhere else since.

use yew::prelude::*;

use super::written::Written;
use crate::{
    components::{Alert, AlertKind, Button, ButtonKind},
    i18n::use_i18n,
    kept::Found,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct RescueNoteProps {
    pub(super) found: Found<Written>,
    /// Told when the author takes the copy in place of what was saved somewhere else.
    pub(super) on_take: Callback<Written>,
    /// Told when he drops it.
    pub(super) on_drop: Callback<()>,
}

/// Says what was found, and lets the author choose where there is a choice.
#[component]
pub(super) fn RescueNote(props: &RescueNoteProps) -> Html {
    let i18n = use_i18n();
    match &props.found {
        Found::Nothing => Html::default(),
        Found::GoesOn(_) => html! {
            <Alert heading={t!(i18n, "write-rescued")}><p>{ t!(i18n, "write-rescued-text") }</p></Alert>
        },
        Found::Competes(written) => {
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
