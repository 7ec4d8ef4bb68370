//! A hearing's text and settings on one page, saved while they are written.

mod basics;
mod conflict;
mod contact;
mod delete;
mod edit;
mod editor;
mod publish;
mod read_only;
mod readiness;
mod sections;
mod server_copy;
mod settings;
mod unsaved;
mod written;

use yew::prelude::*;

use self::{editor::Editor, read_only::ReadOnly};
use super::CaseFile;

#[derive(Properties, PartialEq)]
pub(super) struct ContentProps {
    pub(super) case: CaseFile,
}

/// The form where the hearing may be changed; else its text, and why it may not.
#[component]
pub(super) fn Content(props: &ContentProps) -> Html {
    let case = props.case.clone();
    if case.hearing.may.edit {
        html! { <Editor {case} /> }
    } else {
        html! { <ReadOnly hearing={case.hearing} /> }
    }
}
