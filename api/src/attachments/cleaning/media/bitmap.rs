//! Bitmaps of Windows: two headers, a table of colours and the pixels, and nothing between and behind them.

use super::layout::{Layout, Source};
use crate::attachments::images::{Unfit, within_limits};

/// Bytes of the header that says where the pixels are.
const FILE: u64 = 14;

/// The older of the headers that say what the pixels are.
const OLD: u64 = 12;

/// The youngest, which may tell of a profile, or in which file of its maker's one lies.
const YOUNGEST: u64 = 124;

/// Colours as every screen understands them.
const COMMON: &[u8; 4] = b"BGRs";

pub(super) fn layout(source: &mut Source) -> Result<Layout, Unfit> {
    let (pixels, header) = (source.long(10)?, source.long(FILE)?);
    let (width, height, bits, packed) = if header == OLD {
        (source.short(18)?, source.short(20)?, source.short(24)?, 0)
    } else {
        let height = u64::from(i32::from_le_bytes(source.bytes(22)?).unsigned_abs());
        (source.long(18)?, height, source.short(28)?, source.long(30)?)
    };
    within_limits(width.saturating_mul(height))?;
    let (masks, length) = match (header, packed) {
        (OLD, _) => (0, length(width, height, bits)),
        (40, 3) => (12, length(width, height, bits)),
        (40, 6) => (16, length(width, height, bits)),
        (40 | 52 | 56 | 64 | 108 | YOUNGEST, 0 | 3 | 6) => (0, length(width, height, bits)),
        (40 | 64 | 108 | YOUNGEST, 1 | 2) => (0, source.long(34)?),
        _ => return Err(Unfit::Damaged),
    };
    let colours = match (bits, header) {
        (1..=8, OLD) => 3 << bits,
        (1..=8, _) => match source.long(46)? {
            0 => 4 << bits,
            some => some.min(1 << bits) * 4,
        },
        (16 | 24 | 32, _) => 0,
        _ => return Err(Unfit::Damaged),
    };
    let before = pixels.checked_sub(FILE + header).ok_or(Unfit::Damaged)?;
    let told = before.min(masks + colours);
    // One that breaks off is shown up to there.
    let length = length.min(source.length.checked_sub(pixels).ok_or(Unfit::Damaged)?);
    let mut layout = Layout::default();
    let size = u32::try_from(pixels + length).map_err(|_| Unfit::Damaged)?;
    layout.add([&b"BM"[..], &size.to_le_bytes(), &[0; 4], &source.bytes::<4>(10)?].concat())?;
    if header == YOUNGEST {
        layout.old(FILE, 56)?;
        layout.add(*COMMON)?;
        layout.old(FILE + 60, 52)?;
        layout.blank(12)?;
    } else {
        layout.old(FILE, header)?;
    }
    layout.old(FILE + header, told)?;
    layout.blank(before - told)?;
    layout.old(pixels, length)?;
    Ok(layout)
}

/// Bytes of all rows, each filled up to four.
fn length(width: u64, height: u64, bits: u64) -> u64 {
    width.saturating_mul(bits).div_ceil(32).saturating_mul(4).saturating_mul(height)
}
