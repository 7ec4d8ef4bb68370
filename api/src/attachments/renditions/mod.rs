//! What is shown of an image in a page: decoded and encoded anew, so that nothing foreign reaches a browser, in sizes for
//! small and large screens.
//!
//! However many pixels an image has, [`MEMORY`] bounds what is held of it: a JPEG is decoded at a half, a quarter or an
//! eighth of its size, a PNG row by row. What comes in rounds has to be held as a whole, and is refused when that is more.
//! One image at a time is made.

mod colours;
mod decoding;
mod reduction;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{self, BufReader},
    path::Path,
};

use image::{
    DynamicImage, ImageError,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
    metadata::Orientation,
};
use openapi::attachments::FileType;

use self::reduction::Reduction;
use super::images::{self, Header, Unfit};

/// Bytes that decoding may hold.
pub(super) const MEMORY: u64 = 48 * 1024 * 1024;

/// How wide they are: for a phone, for a phone with dense pixels or a small window, for all others. None is wider than
/// the image.
const WIDTHS: [u32; 3] = [480, 960, 1600];

/// Pixels of the largest: what is very high becomes less wide.
const PIXELS: u64 = 3_000_000;

/// How good a JPEG is, of 100: what one cannot tell from better without looking for it.
const QUALITY: u8 = 82;

/// Pixels in a row and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    width: u32,
    height: u32,
}

/// One size of an image, encoded as the kind of file that it came as.
#[derive(Debug)]
pub(crate) struct Rendition {
    /// Pixels in a row.
    pub(crate) width: u32,
    /// Rows.
    pub(crate) height: u32,
    /// The file.
    pub(crate) content: Vec<u8>,
}

/// Makes all sizes of an image, the smallest first. `content` is one without metadata: decoders see what is shown to
/// others, and nothing else of what was sent.
///
/// # Errors
/// [`Unfit::TooLarge`] also for one that comes in rounds and could not be held; [`Unfit::Damaged`] for one that cannot be
/// decoded.
pub(crate) fn make(content: &Path, kind: FileType) -> Result<Vec<Rendition>, Unfit> {
    let header = images::copy(kind, &mut BufReader::new(File::open(content)?), &mut io::sink())?;
    let content = File::open(content)?;
    let largest = match kind {
        FileType::Jpeg => decoding::jpeg(content, &header)?,
        _ => decoding::png(content, &header)?,
    };
    sizes(largest)?.into_iter().map(|image| encode(kind, image)).collect()
}

fn sizes(mut largest: DynamicImage) -> Result<Vec<DynamicImage>, Unfit> {
    let mut all = Vec::new();
    for width in WIDTHS {
        // What is hardly smaller saves nothing.
        if width * 4 <= largest.width() * 3 {
            let size = Size { width, height: scaled(largest.height(), width, largest.width()) };
            all.push(smaller(&largest, size)?);
        }
    }
    largest = without_alpha(largest);
    all.push(largest);
    Ok(all)
}

fn smaller(image: &DynamicImage, size: Size) -> Result<DynamicImage, Unfit> {
    let channels = image.color().channel_count();
    let mut reduction = Reduction::new(Size { width: image.width(), height: image.height() }, size, channels);
    let row = image.width() as usize * usize::from(channels);
    image.as_bytes().chunks_exact(row).for_each(|row| reduction.take(row));
    Ok(without_alpha(reduction.finish()?))
}

/// An image that can be seen through nowhere says so by having nothing to say about it.
fn without_alpha(image: DynamicImage) -> DynamicImage {
    let is_opaque = image.as_rgba8().is_some_and(|rgba| rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX));
    if is_opaque { DynamicImage::ImageRgb8(image.into_rgb8()) } else { image }
}

fn encode(kind: FileType, image: DynamicImage) -> Result<Rendition, Unfit> {
    let mut content = Vec::new();
    let encoded = match kind {
        FileType::Jpeg => image.write_with_encoder(JpegEncoder::new_with_quality(&mut content, QUALITY)),
        _ => {
            let filter = FilterType::Adaptive;
            image.write_with_encoder(PngEncoder::new_with_quality(&mut content, CompressionType::Default, filter))
        }
    };
    encoded.map_err(not_encoded)?;
    Ok(Rendition { width: image.width(), height: image.height(), content })
}

fn not_encoded(error: ImageError) -> Unfit {
    Unfit::Unreadable(io::Error::other(error))
}

/// How large the largest is, in the pixels of the file: those may lie across.
fn largest(decoded: Size, orientation: Orientation) -> Size {
    let lies_across = lies_across(orientation);
    let (width, height) = if lies_across { (decoded.height, decoded.width) } else { (decoded.width, decoded.height) };
    let by_pixels = (PIXELS * u64::from(width) / u64::from(height).max(1)).isqrt();
    let by_pixels = u32::try_from(by_pixels).unwrap_or(u32::MAX).max(1);
    let [.., widest] = WIDTHS;
    let wide = width.min(widest).min(by_pixels);
    let high = scaled(height, wide, width);
    if lies_across { Size { width: high, height: wide } } else { Size { width: wide, height: high } }
}

fn lies_across(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// A length times `to / from`, at least 1 and never more than it was for a smaller `to`.
fn scaled(length: u32, to: u32, from: u32) -> u32 {
    let (length, to, from) = (u64::from(length), u64::from(to), u64::from(from).max(1));
    u32::try_from(((length * to + from / 2) / from).clamp(1, length.max(1))).unwrap_or(1)
}

/// What an image may have at the most that has to be held as a whole.
fn too_large_in_rounds() -> Unfit {
    Unfit::TooLarge { megapixels: 6 }
}

fn turned(mut image: DynamicImage, header: &Header) -> DynamicImage {
    image.apply_orientation(header.orientation);
    image
}
