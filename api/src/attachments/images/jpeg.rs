//! JPEG: a chain of segments, of which only those are kept that the pixels and their colours depend on.

use std::io::{BufRead, Write};

use image::metadata::Orientation;

use super::{
    Header, Unfit,
    copying::{byte, copy_up_to, short, take},
    orientation,
    profile::{self, PROFILE},
    within,
};

/// Begins each marker.
const MARK: u8 = 0xff;
const START_OF_IMAGE: u8 = 0xd8;
const END_OF_IMAGE: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;

/// Rounds of one image. Programs make a dozen; each costs a browser as much as a whole image, and takes a few bytes.
const SCANS: usize = 50;

/// Bytes of a colour profile in one segment, beside its length, its name and its numbers.
const IN_A_SEGMENT: usize = 65_519;

pub(super) fn copy(content: &mut impl BufRead, copy: &mut impl Write, megapixels: u64) -> Result<Header, Unfit> {
    if take(content)? != [MARK, START_OF_IMAGE] {
        return Err(Unfit::Damaged);
    }
    copy.write_all(&[MARK, START_OF_IMAGE])?;
    let mut image = Image { megapixels, ..Image::default() };
    let mut marker = next_marker(content)?;
    loop {
        match marker {
            END_OF_IMAGE => {
                copy.write_all(&[MARK, END_OF_IMAGE])?;
                return image.header();
            }
            START_OF_SCAN => {
                image.scan(&segment(content)?, copy)?;
                marker = copy_scan(content, copy)?;
                continue;
            }
            // Stand alone, and mean nothing here.
            0x01 | 0xd0..=0xd7 => {}
            _ => image.segment(marker, &segment(content)?, copy)?,
        }
        marker = next_marker(content)?;
    }
}

/// The next marker. What lies before it is skipped, as all decoders do.
fn next_marker(content: &mut impl BufRead) -> Result<u8, Unfit> {
    loop {
        copy_up_to(MARK, content, &mut std::io::sink())?;
        if let Some(marker) = marker(content)? {
            return Ok(marker);
        }
    }
}

/// The marker that this byte and perhaps more fill bytes have begun; nothing when it was none.
fn marker(content: &mut impl BufRead) -> Result<Option<u8>, Unfit> {
    loop {
        match byte(content)? {
            MARK => {}
            0 => return Ok(None),
            marker => return Ok(Some(marker)),
        }
    }
}

/// The rest of a segment, without its length.
fn segment(content: &mut impl BufRead) -> Result<Vec<u8>, Unfit> {
    let length = usize::from(u16::from_be_bytes(take(content)?));
    short(content, length.checked_sub(2).ok_or(Unfit::Damaged)?)
}

fn write(marker: u8, segment: &[u8], copy: &mut impl Write) -> Result<(), Unfit> {
    let length = u16::try_from(segment.len() + 2).map_err(|_| Unfit::Damaged)?;
    copy.write_all(&[MARK, marker])?;
    copy.write_all(&length.to_be_bytes())?;
    Ok(copy.write_all(segment)?)
}

/// Copies what is coded, and tells which marker ends it.
fn copy_scan(content: &mut impl BufRead, copy: &mut impl Write) -> Result<u8, Unfit> {
    loop {
        copy_up_to(MARK, content, copy)?;
        match marker(content)? {
            None => copy.write_all(&[MARK, 0])?,
            Some(restart @ 0xd0..=0xd7) => copy.write_all(&[MARK, restart])?,
            Some(marker) => return Ok(marker),
        }
    }
}

/// What was read of an image so far.
#[derive(Default)]
struct Image {
    frame: Option<Frame>,
    scans: usize,
    has_exif: bool,
    orientation: Option<Orientation>,
    /// How many millions of pixels it may have.
    megapixels: u64,
    /// What was read of its colour profile, and in how many segments.
    profile: Vec<u8>,
    profile_segments: u8,
}

struct Frame {
    width: u16,
    height: u16,
    samples: u64,
    is_progressive: bool,
}

impl Image {
    fn segment(&mut self, marker: u8, segment: &[u8], copy: &mut impl Write) -> Result<(), Unfit> {
        match marker {
            // Tables, and how often decoding may begin anew.
            0xc4 | 0xcc | 0xdb | 0xdd => write(marker, segment, copy),
            0xc0..=0xc3 | 0xc9..=0xcb => {
                // A second one could be of another size.
                if self.frame.is_some() {
                    return Err(Unfit::Damaged);
                }
                self.frame = Some(Frame::read(segment, matches!(marker, 0xc2 | 0xca), self.megapixels)?);
                write(marker, segment, copy)
            }
            0xe0 if segment.starts_with(b"JFIF\0") => {
                // Its version and how dense its pixels lie, and that there is no small preview.
                let kept = segment.get(..12).ok_or(Unfit::Damaged)?;
                write(marker, &[kept, &[0, 0]].concat(), copy)
            }
            0xe1 if segment.starts_with(b"Exif\0\0") && !self.has_exif => {
                self.has_exif = true;
                self.orientation = segment.get(6..).and_then(orientation::of);
                let Some(turned) = self.orientation else { return Ok(()) };
                write(marker, &[&b"Exif\0\0"[..], &orientation::exif(turned)].concat(), copy)
            }
            0xe2 if segment.starts_with(b"ICC_PROFILE\0") => self.profile(marker, segment, copy),
            // Says what the colours are, which nothing else does when there are four.
            0xee if segment.starts_with(b"Adobe") => write(marker, segment.get(..12).ok_or(Unfit::Damaged)?, copy),
            // All else that programs and people write beside an image.
            0xe0..=0xef | 0xfe => Ok(()),
            // A second beginning, images made of several, a height that comes later, and what is reserved.
            _ => Err(Unfit::Damaged),
        }
    }

    /// Takes a piece of the colour profile, and writes what it says of colours when it is whole. Programs write the pieces in
    /// their order; of others there is no profile.
    fn profile(&mut self, marker: u8, segment: &[u8], copy: &mut impl Write) -> Result<(), Unfit> {
        let Some((name, [number, count, piece @ ..])) = segment.split_at_checked(12) else { return Ok(()) };
        if self.profile_segments.checked_add(1) != Some(*number) || self.profile.len() + piece.len() > PROFILE {
            return Ok(());
        }
        self.profile_segments = *number;
        self.profile.extend_from_slice(piece);
        if number != count {
            return Ok(());
        }
        self.profile_segments = u8::MAX;
        let Some(colours) = profile::colours(&std::mem::take(&mut self.profile)) else { return Ok(()) };
        let pieces = colours.chunks(IN_A_SEGMENT);
        let count = u8::try_from(pieces.len()).map_err(|_| Unfit::Damaged)?;
        (1..).zip(pieces).try_for_each(|(number, piece)| write(marker, &[name, &[number, count], piece].concat(), copy))
    }

    fn scan(&mut self, segment: &[u8], copy: &mut impl Write) -> Result<(), Unfit> {
        self.scans += 1;
        let components = segment.first().copied().unwrap_or_default();
        let is_whole = segment.len() == 4 + 2 * usize::from(components);
        if self.frame.is_none() || self.scans > SCANS || !is_whole {
            return Err(Unfit::Damaged);
        }
        write(START_OF_SCAN, segment, copy)
    }

    fn header(self) -> Result<Header, Unfit> {
        let frame = self.frame.filter(|_| self.scans > 0).ok_or(Unfit::Damaged)?;
        Ok(Header {
            width: frame.width.into(),
            height: frame.height.into(),
            orientation: self.orientation.unwrap_or(Orientation::NoTransforms),
            samples: frame.samples,
            in_rounds: frame.is_progressive,
        })
    }
}

impl Frame {
    fn read(segment: &[u8], is_progressive: bool, megapixels: u64) -> Result<Self, Unfit> {
        let [_, height_1, height_2, width_1, width_2, count, components @ ..] = segment else {
            return Err(Unfit::Damaged);
        };
        let (width, height) = (u16::from_be_bytes([*width_1, *width_2]), u16::from_be_bytes([*height_1, *height_2]));
        let is_whole = matches!(count, 1 | 3 | 4) && components.len() == 3 * usize::from(*count);
        // Without a height it would come behind the first scan, where not everybody looks.
        if width == 0 || height == 0 || !is_whole {
            return Err(Unfit::Damaged);
        }
        let pixels = u64::from(width) * u64::from(height);
        within(pixels, megapixels)?;
        Ok(Self { width, height, samples: samples(components, pixels).ok_or(Unfit::Damaged)?, is_progressive })
    }
}

/// Values of all pixels together: a component may have one for several pixels.
fn samples(components: &[u8], pixels: u64) -> Option<u64> {
    let density = |component: &[u8]| component.get(1).map(|both| (u64::from(both >> 4), u64::from(both & 15)));
    let densities = components.chunks_exact(3).map(density).collect::<Option<Vec<_>>>()?;
    let whole = densities.iter().map(|(across, _)| across).max()? * densities.iter().map(|(_, down)| down).max()?;
    let all: u64 = densities.iter().map(|(across, down)| across * down).sum();
    (pixels * all).checked_div(whole)
}
