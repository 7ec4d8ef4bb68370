//! First step: what one should know before, and writing, kept on the server all the while.

mod attachments;
mod form;
mod notes;
mod saving;
mod server_copy;
mod written;

use std::rc::Rc;

use openapi::{hearings::Hearing, ids::HearingId};
use yew::prelude::*;

use self::form::WriteForm;
pub(super) use self::saving::copy_of;
use super::step::{Answering, StepPage, sender};
use crate::{
    components::{Alert, Deadline, Details, RichText},
    i18n::{I18n, key, use_i18n},
    pages::portal::hearing::shown,
    t,
};

#[derive(Properties, PartialEq)]
pub(in crate::pages::portal) struct WriteProps {
    /// The hearing.
    pub(in crate::pages::portal) id: HearingId,
}

/// First step of answering.
#[component]
pub(in crate::pages::portal) fn Write(props: &WriteProps) -> Html {
    let i18n = use_i18n();
    let draw = Callback::from(move |answering: Rc<Answering>| {
        html! {
            <>
                if answering.draft.as_ref().is_some_and(|draft| draft.edits.is_some()) {
                    <Alert heading={t!(i18n, "write-edits")}><p>{ t!(i18n, "write-edits-text") }</p></Alert>
                }
                { before(&answering, &i18n) }
                if let Some(draft) = &answering.draft {
                    // A draft of another hearing is another form.
                    <WriteForm key={draft.id.to_string()} hearing={answering.hearing.clone()} draft={draft.clone()} />
                }
            </>
        }
    });
    html! { <StepPage id={props.id} step={0} {draw} /> }
}

/// What one should know before: which hearing, until when, who sees it, what it is used for.
fn before(answering: &Answering, i18n: &I18n) -> Html {
    let Hearing { title, deadline_on, responses_shown, .. } = &answering.hearing;
    html! {
        <div class="panel">
            <p class="lead" lang="da"><strong>{ title }</strong></p>
            <ul>
                if let Some(on) = deadline_on {
                    <li>{ t!(i18n, "write-deadline") }{ " " }<strong><Deadline on={*on} /></strong></li>
                }
                <li>{ t!(i18n, shown(*responses_shown)) }</li>
                if let Some(draft) = &answering.draft {
                    <li>{ sender(draft, i18n) }</li>
                }
                <li>{ t!(i18n, key("write-saved-by-itself")) }</li>
            </ul>
            <Details summary={answering.terms.title.clone()}>
                <RichText html={answering.terms.body_html.clone()} />
            </Details>
        </div>
    }
}
