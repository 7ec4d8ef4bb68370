//! TIFF, and JPEG XR, which is laid out in the same way: a list of what is said of an image, each thing where it says to
//! lie. Of the first image what its pixels need stays where it lies; all else is blank.

use super::layout::{Layout, Source};
use crate::attachments::images::{Unfit, within_limits};

/// Things that are said of an image. Cameras say some fifty.
const THINGS: u16 = 512;

/// Pieces that an image may come in.
const STRIPS: u64 = 64 * 1024;

const WIDTH: [u16; 2] = [256, 0xbc80];
const HEIGHT: [u16; 2] = [257, 0xbc81];
const PACKED: u16 = 259;

/// Where pieces of the image lie, and how long they are: rows, tiles, and in JPEG XR the image and how it can be seen
/// through.
const PIECES: [(u16, u16); 4] = [(273, 279), (324, 325), (0xbcc0, 0xbcc1), (0xbcc2, 0xbcc3)];

/// What else has to be known of the pixels: how they are packed, what their colours are, how densely they lie, and how the
/// image is turned.
const KEPT: [u16; 41] = [
    254, 255, 256, 257, 258, 259, 262, 263, 266, 274, 277, 278, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296, 301,
    317, 318, 319, 320, 321, 322, 323, 332, 334, 336, 338, 339, 340, 341, 347, 529, 530, 531,
];

/// The same of JPEG XR.
const KEPT_OF_XR: [u16; 9] = [0xbc01, 0xbc02, 0xbc04, 0xbc80, 0xbc81, 0xbc82, 0xbc83, 0xbcc4, 0xbcc5];

/// The packing of before 1995, in which whole files of another kind lie.
const OLD_JPEG: u64 = 6;

pub(super) fn layout(source: &mut Source) -> Result<Layout, Unfit> {
    let is_little = match source.bytes(0)? {
        [b'I', b'I', b'*', 0] | [b'I', b'I', 0xbc, 1] => true,
        [b'M', b'M', 0, b'*'] => false,
        _ => return Err(Unfit::Damaged),
    };
    let mut image = Image { source, is_little };
    let list = image.long(4)?;
    let count = u16::try_from(image.short(list)?).ok().filter(|count| *count <= THINGS).ok_or(Unfit::Damaged)?;
    let mut things = Vec::new();
    for number in 0..u64::from(count) {
        let entry = list + 2 + 12 * number;
        let thing = Thing::read(&mut image, entry)?;
        if KEPT.contains(&thing.tag)
            || KEPT_OF_XR.contains(&thing.tag)
            || PIECES.iter().any(|(place, length)| thing.tag == *place || thing.tag == *length)
        {
            things.push(thing);
        }
    }
    let find = |tags: &[u16]| things.iter().find(|thing| tags.contains(&thing.tag));
    let one = |tags: &[u16], image: &mut Image| find(tags).map_or(Ok(0), |thing| thing.number(image, 0));
    within_limits(one(&WIDTH, &mut image)?.saturating_mul(one(&HEIGHT, &mut image)?))?;
    if one(&[PACKED], &mut image)? == OLD_JPEG {
        return Err(Unfit::Damaged);
    }
    let mut ranges = vec![(0, 8)];
    ranges.extend(things.iter().filter(|thing| thing.length > 4).map(|thing| (thing.place, thing.length)));
    let before = ranges.len();
    for (places, lengths) in PIECES {
        let (Some(places), Some(lengths)) = (find(&[places]), find(&[lengths])) else { continue };
        if places.count != lengths.count || places.count > STRIPS {
            return Err(Unfit::Damaged);
        }
        for number in 0..places.count {
            ranges.push((places.number(&mut image, number)?, lengths.number(&mut image, number)?));
        }
    }
    if ranges.len() == before {
        return Err(Unfit::Damaged);
    }
    let written = [
        if is_little { u16::to_le_bytes } else { u16::to_be_bytes }(u16::try_from(things.len()).unwrap_or(count))
            .to_vec(),
        things.iter().flat_map(|thing| thing.entry).collect(),
        // No further image.
        vec![0; 4],
    ];
    laid_out(ranges, list, written.concat())
}

/// These ranges as they lie, the list in its place, and nothing else.
fn laid_out(mut ranges: Vec<(u64, u64)>, list: u64, written: Vec<u8>) -> Result<Layout, Unfit> {
    ranges.sort_unstable();
    // Nothing lies where the list does.
    let list_end = list + written.len() as u64;
    if ranges.iter().any(|(at, length)| *at < list_end && at.saturating_add(*length) > list) {
        return Err(Unfit::Damaged);
    }
    let mut layout = Layout::default();
    let mut written = Some(written);
    for (at, length) in ranges {
        let end = at.checked_add(length).ok_or(Unfit::Damaged)?;
        if at >= list
            && let Some(written) = written.take()
        {
            layout.blank(list.checked_sub(layout.length).ok_or(Unfit::Damaged)?)?;
            layout.add(written)?;
        }
        layout.blank(at.saturating_sub(layout.length))?;
        // Two may share what they say.
        let from = at.max(layout.length);
        layout.old(from, end.saturating_sub(from))?;
    }
    if let Some(written) = written {
        layout.blank(list.checked_sub(layout.length).ok_or(Unfit::Damaged)?)?;
        layout.add(written)?;
    }
    Ok(layout)
}

struct Image<'a> {
    source: &'a mut Source,
    is_little: bool,
}

impl Image<'_> {
    fn short(&mut self, at: u64) -> Result<u64, Unfit> {
        let bytes = self.source.bytes(at)?;
        Ok(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }.into())
    }

    fn long(&mut self, at: u64) -> Result<u64, Unfit> {
        let bytes = self.source.bytes(at)?;
        Ok(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }.into())
    }
}

/// Something that is said of an image.
struct Thing {
    tag: u16,
    kind: u64,
    count: u64,
    /// Where what is said lies: in the entry itself, or elsewhere when it is longer than four bytes.
    place: u64,
    length: u64,
    entry: [u8; 12],
}

impl Thing {
    fn read(image: &mut Image, at: u64) -> Result<Self, Unfit> {
        let tag = u16::try_from(image.short(at)?).map_err(|_| Unfit::Damaged)?;
        let (kind, count) = (image.short(at + 2)?, image.long(at + 4)?);
        let each = match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => 0,
        };
        let length = count * each;
        let place = if length > 4 { image.long(at + 8)? } else { at + 8 };
        Ok(Self { tag, kind, count, place, length, entry: image.source.bytes(at)? })
    }

    fn number(&self, image: &mut Image, index: u64) -> Result<u64, Unfit> {
        match self.kind {
            1 => image.source.byte(self.place + index).map(u64::from),
            3 => image.short(self.place + 2 * index),
            4 => image.long(self.place + 4 * index),
            _ => Err(Unfit::Damaged),
        }
    }
}
