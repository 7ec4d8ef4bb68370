//! A hearing's documents and picture.

use std::rc::Rc;

use openapi::hearings::{Hearing, ShownImage};
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

/// A hearing's picture. Nothing where it has none.
#[component]
pub(super) fn Picture(props: &DocumentsProps) -> Html {
    let hearing = &props.hearing;
    let Some(image) = ShownImage::of(hearing) else { return Html::default() };
    let sizes = image.sources.is_some().then_some(ShownImage::SIZES);
    html! {
        <img
            class="hearing-image"
            src={image.address}
            srcset={image.sources}
            {sizes}
            width={image.size.width.to_string()}
            height={image.size.height.to_string()}
            alt={hearing.image_alternative_text.clone()}
            lang="da"
        />
    }
}
