//! A hearing's image: the sizes in which it is shown, and how a page shows it.

use serde::{Deserialize, Serialize};

use super::Hearing;
use crate::{
    client::operations as op,
    limits, page,
    validation::{FieldErrors, Validate},
};

/// A size in which a hearing's image is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImageSize {
    /// Pixels in a row.
    pub width: i32,
    /// Rows of pixels.
    pub height: i32,
}

/// Which size of a hearing's image to fetch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImageQuery {
    /// Pixels that are needed in a row, 1 to 10000: the narrowest size that has as many, or else the widest. The widest
    /// when it is absent.
    #[serde(default, deserialize_with = "page::rows", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 10000))]
    pub width: Option<u16>,
}

impl Validate for ImageQuery {
    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        let within = self.width.is_none_or(|width| (1..=limits::IMAGE_WIDTH).contains(&width));
        errors.require(within, "width", "number.out_of_range", "must be from 1 to 10000");
        errors.finish()
    }
}

/// What an `img` element needs, so that a browser fetches the size that it has room for and keeps the room free before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownImage {
    /// Where the widest lies.
    pub address: String,
    /// Where each size lies; nothing while there is but one.
    pub sources: Option<String>,
    /// The widest.
    pub size: ImageSize,
}

impl ShownImage {
    /// How much room the image gets: a column beside the facts, or the width of a small screen.
    pub const SIZES: &'static str = "(min-width: 1200px) 840px, 100vw";

    /// A hearing's image. Nothing when it has none, or none that can be fetched: its sizes may not be made yet.
    #[must_use]
    pub fn of(hearing: &Hearing) -> Option<Self> {
        let image = hearing.image.as_ref().filter(|image| image.can_be_fetched())?;
        let size = *hearing.image_sizes.last()?;
        let address = op::GET_IMAGE_CONTENT.address(&[&hearing.id, &image.id]);
        let source = |size: &ImageSize| format!("{address}?width={width} {width}w", width = size.width);
        let sources: Vec<_> = hearing.image_sizes.iter().map(source).collect();
        let sources = (sources.len() > 1).then(|| sources.join(", "));
        Some(Self { address, sources, size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;

    #[test]
    fn a_browser_learns_each_size_and_keeps_room_for_the_widest() {
        let mut hearing: Hearing = serde_json::from_value(examples::all()["Hearing"].clone()).unwrap();
        let shown = ShownImage::of(&hearing).unwrap();
        let address = &shown.address;
        assert!(address.ends_with("/content"), "{address}");
        let sources = format!("{address}?width=480 480w, {address}?width=960 960w, {address}?width=1600 1600w");
        assert_eq!(shown.sources, Some(sources));
        assert_eq!(shown.size, ImageSize { width: 1600, height: 1067 });
        hearing.image_sizes.clear();
        assert_eq!(ShownImage::of(&hearing), None, "one whose sizes are not made yet");
        hearing.image_sizes.push(ImageSize { width: 480, height: 320 });
        assert_eq!(ShownImage::of(&hearing).unwrap().sources, None, "there is but one");
        hearing.image = None;
        assert_eq!(ShownImage::of(&hearing), None);
    }

    #[test]
    fn a_width_is_one() {
        for (width, valid) in
            [(None, true), (Some(0), false), (Some(1), true), (Some(10_000), true), (Some(10_001), false)]
        {
            assert_eq!(ImageQuery { width }.validate().is_ok(), valid, "{width:?}");
        }
    }
}
