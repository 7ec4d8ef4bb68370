//! JBIG2: an image in black and white, in pieces that each say how large they are.

use std::io::Read;

use super::unpacking::PLAN;
use crate::attachments::refusal::{Failure, Refusal};

/// Bytes of pieces that are read. A plan on A0 has a few megabytes.
const READ: u64 = 64 * 1024 * 1024;

/// What all pieces of an image may have together, in images that are as large as one may be.
const IMAGES: u64 = 4;

/// A length that is not known beforehand.
const UNKNOWN: u32 = u32::MAX;

/// Passes an image of which neither the whole nor a piece is larger than an image may be.
///
/// # Errors
/// [`Refusal::ImageTooLarge`], [`Refusal::UnpacksTooLarge`]; what breaks off is passed up to there.
pub(super) fn check(content: &mut dyn Read) -> Result<(), Failure> {
    let mut content = content.take(READ);
    let mut all = 0_u64;
    while let Some((kind, length)) = piece(&mut content) {
        let is_region = matches!(kind, 4 | 6 | 7 | 20 | 22 | 23 | 36 | 38 | 39 | 40 | 42 | 43);
        let mut read = 0;
        // A page and a region both begin with how wide and high they are.
        if is_region || kind == 48 {
            let (Some(width), Some(height)) = (number(&mut content), number(&mut content)) else { break };
            read = 8;
            // The page may be as high as it will be.
            let height = if kind == 48 && height == UNKNOWN { 1 } else { height };
            let pixels = u64::from(width) * u64::from(height);
            if pixels > PLAN {
                return Err(Refusal::ImageTooLarge { megapixels: PLAN / 1_000_000 }.into());
            }
            all += pixels;
            if all > IMAGES * PLAN {
                return Err(Refusal::UnpacksTooLarge.into());
            }
        }
        // One without a length is the last of which something is known.
        if length == UNKNOWN {
            break;
        }
        let rest = u64::from(length).saturating_sub(read);
        if std::io::copy(&mut content.by_ref().take(rest), &mut std::io::sink())? < rest {
            break;
        }
    }
    Ok(())
}

/// The kind of the next piece and how many bytes it has.
fn piece(content: &mut impl Read) -> Option<(u8, u32)> {
    let own = number(content)?;
    let flags = byte(content)?;
    let first = byte(content)?;
    // How many others it refers to, and for each whether it is still needed.
    let others = if first >> 5 == 7 {
        let rest = [byte(content)?, byte(content)?, byte(content)?];
        let [second, third, fourth] = rest;
        let others = u32::from_be_bytes([first & 0x1f, second, third, fourth]);
        skip(content, u64::from(others / 8 + 1))?;
        others
    } else {
        u32::from(first >> 5)
    };
    let each = match own {
        ..=256 => 1,
        257..=65_536 => 2,
        _ => 4,
    };
    skip(content, u64::from(others) * each)?;
    skip(content, if flags & 0x40 == 0 { 1 } else { 4 })?;
    Some((flags & 0x3f, number(content)?))
}

fn byte(content: &mut impl Read) -> Option<u8> {
    let mut byte = [0];
    content.read_exact(&mut byte).ok()?;
    Some(u8::from_be_bytes(byte))
}

fn number(content: &mut impl Read) -> Option<u32> {
    let mut bytes = [0; 4];
    content.read_exact(&mut bytes).ok()?;
    Some(u32::from_be_bytes(bytes))
}

fn skip(content: &mut impl Read, length: u64) -> Option<()> {
    (std::io::copy(&mut content.by_ref().take(length), &mut std::io::sink()).ok()? == length).then_some(())
}
