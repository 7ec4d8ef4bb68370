//! A hearing's documents.

use std::rc::Rc;

use openapi::hearings::Hearing;
use yew::prelude::*;

use crate::{components::FileList, i18n::use_i18n, shown_file::ShownFile, t};

#[derive(Properties, PartialEq)]
pub(super) struct DocumentsProps {
    pub(super) hearing: Rc<Hearing>,
}

/// A hearing's documents. Nothing where it has none.
#[component]
pub(super) fn Documents(props: &DocumentsProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    if hearing.documents.is_empty() {
        return Html::default();
    }
    let files = hearing.documents.iter().map(|document| ShownFile::document(hearing.id, document));
    html! {
        <section aria-labelledby="dokumenter">
            <h2 id="dokumenter" tabindex="-1">{ t!(i18n, "hearing-documents") }</h2>
            <FileList files={files.collect::<Vec<_>>()} label={t!(i18n, "hearing-documents")} dated=true />
        </section>
    }
}
