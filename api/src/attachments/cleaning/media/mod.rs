//! What lies in an office document beside its text, each part judged by what it is, whatever it is called: images are
//! copied without what they tell beside their pixels, what cannot be read gives way to a neutral image, and what is no
//! business of a document's is refused.
//!
//! Nothing is decoded but the profile of an image's colours, and no part is whole in memory.

mod bitmap;
mod gif;
mod layout;
mod metafile;
#[cfg(any(test, feature = "testing"))]
pub mod specimens;
#[cfg(test)]
mod tests;
mod tiff;
mod webp;

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use infer::MatcherType;
use openapi::attachments::FileType;
use tempfile::NamedTempFile;

use self::layout::{Layout, Source};
use super::{Cleaned, image};
use crate::attachments::{
    images::Unfit,
    refusal::{Failure, Refusal},
};

/// Bytes by which a part is known.
pub(super) const HEAD: u64 = 512;

/// Bytes that a packed metafile may become.
const UNPACKED: u64 = 64 * 1024 * 1024;

/// What a program begins with, or what leads to one: of Windows, of Linux, of Apple, a script, a shortcut.
const PROGRAMS: [&[u8]; 9] = [
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",
];

/// What a page of the web begins with, in lower case.
const PAGES: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<iframe"];

/// What begins a document or film that `infer` does not tell by so little.
const OTHERS: [&[u8]; 4] = [b"{\\rtf", b"ITSF", b"MIME-Version:", b"\x1aE\xdf\xa3"];

/// An image in which nothing is to be seen, made by an office program for itself.
const OF_AN_OFFICE: &[u8] = b"VCLMTF";

/// What PostScript begins with, as a text or with a preview: a drawing that no office program draws any more.
const POSTSCRIPT: [&[u8]; 2] = [b"%!PS", b"\xc5\xd0\xd3\xc6"];

/// Passes a part, by its beginning, that is no program and no page of the web.
///
/// # Errors
/// [`Refusal::Active`].
pub(super) fn check(head: &[u8]) -> Result<(), Refusal> {
    if PROGRAMS.iter().any(|begin| head.starts_with(begin)) {
        return Err(Refusal::active("a program"));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
    let begins = |begin: &&[u8]| {
        let behind = text.strip_prefix(*begin).and_then(<[u8]>::first);
        behind.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    };
    if PAGES.iter().any(begins) {
        return Err(Refusal::active("a page of the web"));
    }
    Ok(())
}

/// Writes what is shown of a part that is no XML.
///
/// # Errors
/// [`Failure`]: then nothing of the document may be shown.
pub(super) fn clean(content: &Path, mut out: &mut dyn Write) -> Result<(), Failure> {
    let mut head = Vec::new();
    File::open(content)?.take(HEAD).read_to_end(&mut head)?;
    check(&head)?;
    let found = infer::get(&head);
    let kind = match found.map(|found| found.mime_type()) {
        Some("image/png") => Some(FileType::Png),
        Some("image/jpeg") => Some(FileType::Jpeg),
        _ => None,
    };
    if let Some(kind) = kind {
        return match image::clean(content, kind, out)? {
            Cleaned::Copy => Ok(()),
            Cleaned::Original => copy(content, out),
        };
    }
    if let Some(layout) = of_kind(&head) {
        return write(content, layout, out);
    }
    if head.starts_with(b"\x1f\x8b") {
        return packed(content, out);
    }
    match found.map(|found| found.matcher_type()) {
        Some(MatcherType::Font) => copy(content, out),
        _ if head.is_empty() || head.starts_with(OF_AN_OFFICE) => copy(content, out),
        Some(MatcherType::Audio | MatcherType::Video) => Err(Refusal::active("sound or film").into()),
        Some(MatcherType::Image) => neutral(&mut out),
        _ if POSTSCRIPT.iter().any(|begin| head.starts_with(begin)) => neutral(&mut out),
        Some(_) => Err(Refusal::active("another file").into()),
        None if OTHERS.iter().any(|begin| head.starts_with(begin)) => Err(Refusal::active("another file").into()),
        None => neutral(&mut out),
    }
}

/// How an image is laid out of which others could be seen beside its pixels.
type LaidOut = fn(&mut Source) -> Result<Layout, Unfit>;

fn of_kind(head: &[u8]) -> Option<LaidOut> {
    match head {
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(gif::layout),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(webp::layout),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] | [b'I', b'I', 0xbc, 1, ..] => Some(tiff::layout),
        [b'B', b'M', _, _, _, _, _, _, _, _, _, _, 0, 0, ..] => Some(bitmap::layout),
        _ => metafile_of(head),
    }
}

fn metafile_of(head: &[u8]) -> Option<LaidOut> {
    let is_extended = head.get(metafile::SAYS_SO..).is_some_and(|head| head.starts_with(metafile::EXTENDED));
    if is_extended {
        return Some(metafile::extended);
    }
    let is_plain = head.starts_with(metafile::PLACEABLE) || matches!(head, [1 | 2, 0, 9, 0, 0, 1 | 3, ..]);
    is_plain.then_some(metafile::plain)
}

/// Writes an image as it is laid out, or a neutral one in the place of one that nobody can read.
fn write(content: &Path, layout: LaidOut, mut out: &mut dyn Write) -> Result<(), Failure> {
    let mut source = Source::open(content)?;
    let length = source.length;
    match layout(&mut source).and_then(|layout| layout.within(length)) {
        Ok(layout) => Ok(layout.write(source, out)?),
        Err(Unfit::Damaged) => neutral(&mut out),
        Err(unfit) => Err(unfit.into()),
    }
}

/// A metafile that is packed, as Word does with those that are drawn into a text.
fn packed(content: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let mut unpacked = NamedTempFile::new()?;
    let mut unpacking = GzDecoder::new(File::open(content)?).take(UNPACKED + 1);
    match io::copy(&mut unpacking, &mut unpacked) {
        Ok(length) if length > UNPACKED => return Err(Refusal::UnpacksTooLarge.into()),
        Ok(_) => {}
        Err(error) => return Err(super::office::fault(error)),
    }
    let unpacked = unpacked.into_temp_path();
    let mut head = Vec::new();
    File::open(&unpacked)?.take(HEAD).read_to_end(&mut head)?;
    let Some(layout) = metafile_of(&head) else { return Err(Refusal::active("another file").into()) };
    // Without the name and the time that stand in its header.
    let mut packing = GzEncoder::new(out, Compression::default());
    write(&unpacked, layout, &mut packing)?;
    packing.finish()?;
    Ok(())
}

fn copy(content: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    io::copy(&mut File::open(content)?, out)?;
    Ok(())
}

/// A pixel in light grey.
fn neutral(out: &mut &mut dyn Write) -> Result<(), Failure> {
    let mut encoder = png::Encoder::new(out, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&[0xd9]));
    written.map_err(|error| io::Error::other(error).into())
}
