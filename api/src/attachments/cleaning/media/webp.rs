//! WebP: chunks one behind the other, of which those of images stay, their colours, and how long each is seen.

use super::layout::{Layout, Source};
use crate::attachments::images::{Unfit, profile, within_limits};

/// Bytes of a colour profile.
const PROFILE: u64 = 64 * 1024;

/// That there is something said of the image, and more of it as XMP.
const SAID: u8 = 0x08 | 0x04;

pub(super) fn layout(source: &mut Source) -> Result<Layout, Unfit> {
    let end = (8 + source.long(4)?).min(source.length);
    let mut chunks = Layout::default();
    let has_image = keep(source, 12, end, true, &mut chunks)?;
    if !has_image {
        return Err(Unfit::Damaged);
    }
    let mut layout = Layout::default();
    let length = u32::try_from(chunks.length + 4).map_err(|_| Unfit::Damaged)?;
    layout.add([&b"RIFF"[..], &length.to_le_bytes(), b"WEBP"].concat())?;
    layout.append(chunks)?;
    Ok(layout)
}

/// Keeps the chunks that lie there, and tells whether one of them is an image.
fn keep(source: &mut Source, mut at: u64, end: u64, is_outside: bool, kept: &mut Layout) -> Result<bool, Unfit> {
    let mut has_image = false;
    while at + 8 <= end {
        let (name, length) = (source.bytes::<4>(at)?, source.long(at + 4)?);
        let (content, whole) = (at + 8, 8 + length + length % 2);
        // The last one may lack what fills it up.
        if content + length > end {
            return Err(Unfit::Damaged);
        }
        match &name {
            b"VP8X" if is_outside => {
                let [flags, r1, r2, r3, w1, w2, w3, h1, h2, h3] = source.bytes(content)?;
                size(u32::from_le_bytes([w1, w2, w3, 0]) + 1, u32::from_le_bytes([h1, h2, h3, 0]) + 1)?;
                let flags = flags & !SAID;
                kept.add([&b"VP8X\x0a\0\0\0"[..], &[flags, r1, r2, r3, w1, w2, w3, h1, h2, h3]].concat())?;
            }
            b"VP8 " => {
                let [w1, w2, h1, h2] = source.bytes(content + 6)?;
                size(u16::from_le_bytes([w1, w2 & 0x3f]).into(), u16::from_le_bytes([h1, h2 & 0x3f]).into())?;
                has_image = true;
                padded(at, length, kept)?;
            }
            b"VP8L" => {
                let both = u32::from_le_bytes(source.bytes(content + 1)?);
                size((both & 0x3fff) + 1, (both >> 14 & 0x3fff) + 1)?;
                has_image = true;
                padded(at, length, kept)?;
            }
            b"ALPH" => padded(at, length, kept)?,
            b"ANIM" if is_outside => padded(at, length, kept)?,
            b"ANMF" if is_outside => {
                let mut frame = Layout::default();
                frame.old(content, 16)?;
                has_image |= keep(source, content + 16, content + length, false, &mut frame)?;
                let length = u32::try_from(frame.length).map_err(|_| Unfit::Damaged)?;
                kept.add([&b"ANMF"[..], &length.to_le_bytes()].concat())?;
                kept.append(frame)?;
            }
            b"ICCP" if is_outside && length <= PROFILE => {
                if let Some(colours) = profile::colours(&source.some(content, length)?) {
                    let length = u32::try_from(colours.len()).map_err(|_| Unfit::Damaged)?;
                    kept.add([&b"ICCP"[..], &length.to_le_bytes(), &colours].concat())?;
                    kept.blank(u64::from(length) % 2)?;
                }
            }
            _ => {}
        }
        at += whole;
    }
    Ok(has_image)
}

/// A chunk as it lies there, but for the byte that fills it up.
fn padded(at: u64, length: u64, kept: &mut Layout) -> Result<(), Unfit> {
    kept.old(at, 8 + length)?;
    kept.blank(length % 2)
}

fn size(width: u32, height: u32) -> Result<(), Unfit> {
    within_limits(u64::from(width) * u64::from(height))
}
