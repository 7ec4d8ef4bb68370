//! What the hearing is called and what it is about.

use std::rc::Rc;

use openapi::limits;
use yew::prelude::*;

use super::{edit::Edit, written::Written};
use crate::{
    components::{TextArea, TextField},
    i18n::use_i18n,
    t,
};

/// What each part of the form works on.
#[derive(Properties, PartialEq)]
pub(super) struct PartProps {
    pub(super) written: Rc<Written>,
    pub(super) edit: Edit,
}

/// Title and summary.
#[component]
pub(super) fn Basics(props: &PartProps) -> Html {
    let i18n = use_i18n();
    let PartProps { written, edit } = props;
    html! {
        <>
            <TextField
                pointer="/title"
                label={t!(i18n, "edit-title")}
                value={written.title.clone()}
                on_input={edit.with(|written, text| written.title = text)}
                limit={limits::TITLE}
            />
            <TextArea
                pointer="/summary"
                label={t!(i18n, "edit-summary")}
                hint={t!(i18n, "edit-summary-hint")}
                value={written.summary.clone()}
                on_input={edit.with(|written, text| written.summary = text)}
                limit={limits::SUMMARY}
                rows={4}
            />
        </>
    }
}
