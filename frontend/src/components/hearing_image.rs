//! A hearing's image, in the size that there is room for.

use std::rc::Rc;

use openapi::hearings::{Hearing, ShownImage};
use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct HearingImageProps {
    /// The hearing.
    pub hearing: Rc<Hearing>,
}

/// A hearing's image. Nothing where it has none.
#[component]
pub fn HearingImage(props: &HearingImageProps) -> Html {
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
