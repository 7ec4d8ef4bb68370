//! How an image is turned: the one thing that is kept of what a camera says of it.

use image::metadata::Orientation;

/// What a camera says of an image, as Exif, and how that turns it. Nothing when it is as it lies.
pub(super) fn of(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif).filter(|turned| *turned != Orientation::NoTransforms)
}

/// Exif that says this and nothing else.
pub(super) fn exif(turned: Orientation) -> [u8; 26] {
    let mut exif = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(value) = exif.get_mut(19) {
        *value = turned.to_exif();
    }
    exif
}
