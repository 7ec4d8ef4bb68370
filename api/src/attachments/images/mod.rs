//! Images as they are laid out in their files: how large one is by its header alone, whether it is whole, and a copy of
//! it without what it says beside its pixels. Position, camera, author, time, comments, small previews, further images,
//! and whatever hangs on behind the end stay behind; how it is turned and what its colours mean is kept, without the words of
//! their profile, and so are its pixels, bit by bit.
//!
//! Nothing is decoded here. A content is read once, from its beginning to its end, and at most one segment or chunk of
//! it is in memory, 64 KiB, and its colour profile, 4 MiB.

pub(super) mod copying;
mod jpeg;
mod orientation;
mod png;
pub(super) mod profile;
#[cfg(any(test, feature = "testing"))]
pub mod specimens;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Write};

use image::metadata::Orientation;
use openapi::{attachments::FileType, limits};

/// Why an image is not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unfit {
    /// It is none, breaks off, or contradicts itself, so that others could see another image in it.
    #[error("the image is not whole")]
    Damaged,
    /// It has too many pixels.
    #[error("the image has more than {megapixels} megapixels")]
    TooLarge {
        /// How many millions of pixels an image of its kind may have.
        megapixels: u64,
    },
    /// It could not be read, or its copy not be written.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
}

/// What an image's file says of the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// Pixels in a row, as they lie in the file.
    pub(crate) width: u32,
    /// Rows, as they lie in the file.
    pub(crate) height: u32,
    /// How it is turned to be looked at.
    pub(crate) orientation: Orientation,
    /// Values of all its pixels together: colours may have fewer than brightness.
    pub(crate) samples: u64,
    /// Whether it comes in several rounds, each of all its rows: then it is decoded as a whole or not at all.
    pub(crate) in_rounds: bool,
}

/// Copies an image without what it says beside its pixels, and tells what its header says. With [`io::sink`] as the copy
/// it is only looked at.
///
/// # Errors
/// [`Unfit`]; what was copied until then is of no use.
pub(crate) fn copy(kind: FileType, content: &mut impl BufRead, copy: &mut impl Write) -> Result<Header, Unfit> {
    match kind {
        FileType::Jpeg => jpeg::copy(content, copy, limits::IMAGE_MEGAPIXELS),
        FileType::Png => png::copy(content, copy),
        _ => Err(Unfit::Damaged),
    }
}

/// As [`copy`], of a JPEG that may have other than the usual number of megapixels.
///
/// # Errors
/// [`Unfit`].
pub(super) fn copy_jpeg(content: &mut impl BufRead, copy: &mut impl Write, megapixels: u64) -> Result<(), Unfit> {
    jpeg::copy(content, copy, megapixels).map(drop)
}

/// Passes as many pixels as an image may have, a file of its own or one in an office document.
///
/// # Errors
/// [`Unfit::TooLarge`].
pub(super) fn within_limits(pixels: u64) -> Result<(), Unfit> {
    within(pixels, limits::IMAGE_MEGAPIXELS)
}

/// Passes so many millions of pixels.
///
/// # Errors
/// [`Unfit::TooLarge`].
pub(super) fn within(pixels: u64, megapixels: u64) -> Result<(), Unfit> {
    if pixels > megapixels * 1_000_000 { Err(Unfit::TooLarge { megapixels }) } else { Ok(()) }
}
