//! Colours as every screen understands them. A profile says what the numbers of an image mean; as it comes from
//! elsewhere, it is not passed on but applied.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// An image whose numbers mean what they mean everywhere (sRGB). One whose profile cannot be applied stays as it is.
pub(super) fn common(image: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    let applied = profile.and_then(|profile| apply(&image, profile));
    applied.unwrap_or(image)
}

fn apply(image: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, options).ok()?;
    let mut row_by_row = image.clone();
    let row = image.width() as usize * usize::from(image.color().channel_count());
    let target = match &mut row_by_row {
        DynamicImage::ImageRgb8(rgb) => &mut **rgb,
        DynamicImage::ImageRgba8(rgba) => &mut **rgba,
        _ => return None,
    };
    for (from, to) in image.as_bytes().chunks_exact(row).zip(target.chunks_exact_mut(row)) {
        transform.transform(from, to).ok()?;
    }
    Some(row_by_row)
}
