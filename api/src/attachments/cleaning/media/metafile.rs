//! Metafiles of Windows, which is what Word makes of most of what is pasted: orders to draw, one behind the other. What
//! programs note in them, and what they tell printers, is blank; what lies behind the last order stays behind.

use super::layout::{Layout, Source};
use crate::attachments::images::Unfit;

/// What begins an extended metafile, and where in it that is said.
pub(super) const EXTENDED: &[u8; 4] = b" EMF";
pub(super) const SAYS_SO: usize = 40;

/// Bytes of the header of an extended metafile, of its three ages.
const HEADERS: [u64; 3] = [88, 100, 108];

/// Orders of extended metafiles.
const HEADER: u64 = 1;
const END: u64 = 14;
const NOTE: u64 = 70;
/// What is passed on to a printer's program, or names a profile in its maker's files.
const ASIDE: [u64; 5] = [105, 106, 110, 112, 113];
/// Colours by a profile, which is named behind so many bytes.
const PROFILES: [u64; 2] = [99, 122];
const BEFORE_NAME: u64 = 80;

/// The note that orders of the youngest kind lie in, without which some images are empty.
const ORDERS: &[u8; 4] = b"EMF+";

/// An extended metafile.
pub(super) fn extended(source: &mut Source) -> Result<Layout, Unfit> {
    let length = source.long(4)?;
    if source.long(0)? != HEADER || source.bytes(SAYS_SO as u64)? != *EXTENDED {
        return Err(Unfit::Damaged);
    }
    let description = match source.long(60)? {
        0 => length,
        _ => source.long(64)?,
    };
    let fixed = HEADERS.into_iter().rfind(|fixed| *fixed <= length.min(description)).ok_or(Unfit::Damaged)?;
    let mut layout = Layout::default();
    layout.old(0, 60)?;
    layout.blank(8)?;
    layout.old(68, fixed - 68)?;
    layout.blank(length - fixed)?;
    let mut at = length;
    loop {
        let (order, length) = (source.long(at)?, source.long(at + 4)?);
        if length < 8 || !length.is_multiple_of(4) || at + length > source.length {
            return Err(Unfit::Damaged);
        }
        match order {
            NOTE if length >= 16 && source.bytes(at + 12)? == *ORDERS => layout.old(at, length)?,
            NOTE => {
                layout.old(at, 8)?;
                layout.blank(length - 8)?;
            }
            _ if ASIDE.contains(&order) => {
                layout.add([(NOTE as u32).to_le_bytes(), source.bytes(at + 4)?].concat())?;
                layout.blank(length - 8)?;
            }
            _ if PROFILES.contains(&order) => {
                let named = length.min(BEFORE_NAME);
                layout.old(at, named)?;
                layout.blank(length - named)?;
            }
            _ => layout.old(at, length)?,
        }
        at += length;
        if order == END {
            return Ok(layout);
        }
    }
}

/// What begins a metafile that says how large it is to be seen.
pub(super) const PLACEABLE: &[u8; 4] = &[0xd7, 0xcd, 0xc6, 0x9a];

/// Bytes that say so.
const PLACE: u64 = 22;

/// An order that is passed on to a printer's program, or does other things than drawing.
const ESCAPE: u64 = 0x0626;

/// The same, as a note.
const ESCAPED_NOTE: [u8; 4] = [0x26, 0x06, 15, 0];

/// A metafile of sixteen bits.
pub(super) fn plain(source: &mut Source) -> Result<Layout, Unfit> {
    let header = if source.bytes(0)? == *PLACEABLE { PLACE } else { 0 };
    if !matches!(source.bytes(header)?, [1 | 2, 0, 9, 0, 0, 1 | 3]) {
        return Err(Unfit::Damaged);
    }
    let mut layout = Layout::default();
    let mut at = header + 18;
    layout.old(0, at)?;
    loop {
        let (length, order) = (source.long(at)? * 2, source.short(at + 4)?);
        if length < 6 || at + length > source.length {
            return Err(Unfit::Damaged);
        }
        if order == ESCAPE {
            let note = length.checked_sub(10).ok_or(Unfit::Damaged)?;
            let said = u16::try_from(note).map_err(|_| Unfit::Damaged)?.to_le_bytes();
            layout.add([&source.bytes::<4>(at)?[..], &ESCAPED_NOTE, &said].concat())?;
            layout.blank(note)?;
        } else {
            layout.old(at, length)?;
        }
        at += length;
        if order == 0 {
            return Ok(layout);
        }
    }
}
