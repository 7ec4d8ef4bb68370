//! GIF: blocks one behind the other, of which those of images stay, and how long each is seen.

use super::layout::{Layout, Source};
use crate::attachments::images::{Unfit, within_limits};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const END: u8 = 0x3b;

/// How an image is shown: for how long, and what can be seen through.
const CONTROL: u8 = 0xf9;

/// What a program has written for itself.
const OF_A_PROGRAM: u8 = 0xff;

/// How often the images are shown one after the other, by the names that all programs know.
const REPEATED: [&[u8; 11]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

pub(super) fn layout(source: &mut Source) -> Result<Layout, Unfit> {
    let mut layout = Layout::default();
    let [w1, w2, h1, h2, flags, _, _] = source.bytes(6)?;
    size([w1, w2], [h1, h2])?;
    let mut at = 13 + table(flags);
    layout.old(0, at)?;
    let mut has_image = false;
    // Where only the end is missing, all programs show what is there.
    while at < source.length {
        match source.byte(at)? {
            EXTENSION => at = extension(source, at, &mut layout)?,
            IMAGE => {
                let [_, _, _, _, w1, w2, h1, h2, flags] = source.bytes(at + 1)?;
                size([w1, w2], [h1, h2])?;
                // One byte more says how its values are packed.
                let end = blocks(source, at + 11 + table(flags))?;
                layout.old(at, end - at)?;
                (at, has_image) = (end, true);
            }
            END => break,
            0 => at += 1,
            _ => return Err(Unfit::Damaged),
        }
    }
    layout.add([END])?;
    if has_image { Ok(layout) } else { Err(Unfit::Damaged) }
}

fn size(width: [u8; 2], height: [u8; 2]) -> Result<(), Unfit> {
    let [width, height] = [width, height].map(u16::from_le_bytes).map(u64::from);
    within_limits(width * height)
}

/// Bytes of a table of colours.
fn table(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// The end of some blocks, each with its length before it.
fn blocks(source: &mut Source, mut at: u64) -> Result<u64, Unfit> {
    loop {
        let length = source.byte(at)?;
        at += 1 + u64::from(length);
        if length == 0 {
            return Ok(at);
        }
    }
}

/// Keeps what has to do with how images are shown, and tells where an extension ends.
fn extension(source: &mut Source, at: u64, layout: &mut Layout) -> Result<u64, Unfit> {
    let end = blocks(source, at + 2)?;
    match source.bytes(at + 1)? {
        [CONTROL, 4] => {
            layout.old(at, 7)?;
            layout.add([0])?;
        }
        [OF_A_PROGRAM, 11] if REPEATED.contains(&&source.bytes(at + 3)?) && source.bytes(at + 14)? == [3, 1] => {
            layout.old(at, 18)?;
            layout.add([0])?;
        }
        _ => {}
    }
    Ok(end)
}
