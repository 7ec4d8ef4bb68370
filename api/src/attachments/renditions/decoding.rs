//! Decoding an image in bounded memory, as large as its largest rendition.

use std::{
    fs::File,
    io::{BufReader, ErrorKind},
};

use image::DynamicImage;
use jpeg_decoder::{Decoder, PixelFormat};
use png::{DecodeOptions, DecodingError, Transformations};

use super::{MEMORY, Reduction, Size, colours::common, images::Header, largest, too_large_in_rounds, turned};
use crate::attachments::images::Unfit;

/// Pixels in a row of a PNG: as many as a JPEG can have.
const WIDE: u32 = 65_535;

/// Decodes a JPEG at the largest of the sizes that are easily decoded and fit into memory.
pub(super) fn jpeg(content: File, header: &Header) -> Result<DynamicImage, Unfit> {
    let mut decoder = Decoder::new(BufReader::new(content));
    let eighths = [8, 4, 2, 1].into_iter().find(|eighths| needed(header, *eighths) <= MEMORY);
    let eighths = eighths.ok_or_else(too_large_in_rounds)?;
    let part = |length: u32| u16::try_from((length * eighths).div_ceil(8)).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(part(header.width), part(header.height)).map_err(undecoded)?;
    let pixels = decoder.decode().map_err(undecoded)?;
    let format = decoder.info().ok_or(Unfit::Damaged)?.pixel_format;
    let profile = decoder.icc_profile().filter(|_| format == PixelFormat::RGB24);
    drop(decoder);
    let size = Size { width: width.into(), height: height.into() };
    let mut reduction = Reduction::new(size, largest(size, header.orientation), 3);
    let row = usize::from(width) * format.pixel_bytes();
    if pixels.len() != row * usize::from(height) {
        return Err(Unfit::Damaged);
    }
    let mut rgb = Vec::with_capacity(usize::from(width) * 3);
    for row in pixels.chunks_exact(row) {
        rgb.clear();
        match format {
            PixelFormat::RGB24 => rgb.extend_from_slice(row),
            PixelFormat::L8 => rgb.extend(row.iter().flat_map(|grey| [*grey; 3])),
            PixelFormat::CMYK32 => rgb.extend(row.chunks_exact(4).flat_map(printed)),
            PixelFormat::L16 => return Err(Unfit::Damaged),
        }
        reduction.take(&rgb);
    }
    drop(pixels);
    Ok(turned(common(reduction.finish()?, profile.as_deref()), header))
}

/// Bytes that decoding a JPEG at so many eighths of its size holds: the values, the pixels made of them, and, when it
/// comes in rounds, two bytes for each value until the last round.
fn needed(header: &Header, eighths: u32) -> u64 {
    let pixels = u64::from(header.width) * u64::from(header.height);
    let held = if header.in_rounds { header.samples * 2 } else { 0 };
    held + (header.samples + pixels * 4) * u64::from(eighths).pow(2) / 64
}

/// What ink looks like on white paper.
fn printed(ink: &[u8]) -> [u8; 3] {
    let [cyan, magenta, yellow, black] = *ink else { return [0; 3] };
    let light = |ink: u8| u16::from(u8::MAX - ink);
    [cyan, magenta, yellow].map(|ink| u8::try_from(light(ink) * light(black) / 255).unwrap_or(u8::MAX))
}

fn undecoded(error: jpeg_decoder::Error) -> Unfit {
    match error {
        jpeg_decoder::Error::Io(error) if error.kind() != ErrorKind::UnexpectedEof => Unfit::Unreadable(error),
        _ => Unfit::Damaged,
    }
}

/// Decodes a PNG row by row.
pub(super) fn png(content: File, header: &Header) -> Result<DynamicImage, Unfit> {
    let size = Size { width: header.width, height: header.height };
    let pixels = u64::from(size.width) * u64::from(size.height);
    if size.width > WIDE {
        return Err(Unfit::TooLarge { megapixels: openapi::limits::IMAGE_MEGAPIXELS });
    }
    // Four channels of a byte each, and the image as it is before.
    if header.in_rounds && (header.samples + pixels * 4) > MEMORY {
        return Err(too_large_in_rounds());
    }
    let mut options = DecodeOptions::default();
    options.set_ignore_text_chunk(true);
    let mut decoder = png::Decoder::new_with_options(BufReader::new(content), options);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(unread)?;
    let channels = match reader.output_color_type() {
        (png::ColorType::GrayscaleAlpha | png::ColorType::Rgba, _) => 4,
        _ => 3,
    };
    let is_grey = matches!(reader.output_color_type().0, png::ColorType::Grayscale | png::ColorType::GrayscaleAlpha);
    let mut reduction = Reduction::new(size, largest(size, header.orientation), channels);
    let mut wide = Vec::new();
    let mut take = |row: &[u8]| {
        if !is_grey {
            return reduction.take(row);
        }
        wide.clear();
        match channels {
            4 => wide.extend(row.chunks_exact(2).flat_map(|pixel| match *pixel {
                [grey, opaque] => [grey, grey, grey, opaque],
                _ => [0; 4],
            })),
            _ => wide.extend(row.iter().flat_map(|grey| [*grey; 3])),
        }
        reduction.take(&wide);
    };
    if header.in_rounds {
        let length = reader.output_buffer_size().ok_or(Unfit::Damaged)?;
        let mut whole = vec![0; length];
        let frame = reader.next_frame(&mut whole).map_err(unread)?;
        whole.chunks_exact(frame.line_size).take(frame.height as usize).for_each(take);
    } else {
        while let Some(row) = reader.next_row().map_err(unread)? {
            take(row.data());
        }
    }
    let image = reduction.finish()?;
    let profile = reader.info().icc_profile.as_deref().filter(|_| !is_grey);
    Ok(turned(common(image, profile), header))
}

fn unread(error: DecodingError) -> Unfit {
    match error {
        DecodingError::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => Unfit::Unreadable(error),
        _ => Unfit::Damaged,
    }
}
