//! A hearing's text and settings on one page, saved while they are written.

mod basics;
mod conflict;
mod contact;
mod delete;
mod edit;
mod editor;
mod files;
mod publish;
mod publishing;
mod read_only;
mod readiness;
mod saving;
mod sections;
mod server_copy;
mod settings;
mod written;

use yew::prelude::*;

use self::{editor::Editor, read_only::ReadOnly};
use super::CaseFile;
use crate::{
    components::{Alert, AlertKind, Link},
    dom,
    i18n::use_i18n,
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ContentProps {
    pub(super) case: CaseFile,
}

/// The form where the hearing may be changed; else its text, and why it may not.
#[component]
pub(super) fn Content(props: &ContentProps) -> Html {
    let i18n = use_i18n();
    // Here and not in the form, which goes when a hearing opens.
    let published = use_state_eq(|| false);
    let on_published = {
        let published = published.setter();
        Callback::from(move |()| published.set(true))
    };
    use_effect_with(*published, |published| {
        if *published {
            dom::focus_later("page-heading");
        }
    });
    let case = props.case.clone();
    html! {
        <>
            if *published {
                <Alert kind={AlertKind::Success} heading={t!(i18n, "published-heading")} live=true>
                    <p>{ t!(i18n, "published-text") }</p>
                    <p>
                        <Link to={Route::hearing(case.hearing.id, &case.hearing.title)}>
                            { t!(i18n, "case-to-portal") }
                        </Link>
                    </p>
                </Alert>
            }
            if case.hearing.may.edit {
                <Editor {case} {on_published} />
            } else {
                <ReadOnly hearing={case.hearing} />
            }
        </>
    }
}
