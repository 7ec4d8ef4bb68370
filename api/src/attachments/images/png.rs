//! PNG: a chain of chunks, of which only those are kept that the pixels and their colours depend on.

use std::io::{BufRead, Read, Write};

use crc32fast::Hasher;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use image::metadata::Orientation;

use super::{
    Header, Unfit,
    copying::{pieces, short, take},
    orientation,
    profile::{self, PROFILE},
    within_limits,
};

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Bytes of a chunk that is read as a whole.
const SHORT: u32 = 64 * 1024;

pub(super) fn copy(content: &mut impl BufRead, copy: &mut impl Write) -> Result<Header, Unfit> {
    if take(content)? != SIGNATURE {
        return Err(Unfit::Damaged);
    }
    copy.write_all(&SIGNATURE)?;
    let beginning = Chunk::begin(content)?;
    if beginning.name != *b"IHDR" || beginning.length != 13 {
        return Err(Unfit::Damaged);
    }
    let mut image = Image::read(&beginning.copy_whole(content, copy)?)?;
    loop {
        let chunk = Chunk::begin(content)?;
        image.place(&chunk)?;
        match &chunk.name {
            b"IEND" => {
                chunk.copy(content, copy)?;
                return Ok(image.header);
            }
            b"eXIf" if chunk.length <= SHORT && !image.has_exif => {
                image.has_exif = true;
                if let Some(turned) = orientation::of(&chunk.read(content)?) {
                    image.header.orientation = turned;
                    write(*b"eXIf", &orientation::exif(turned), copy)?;
                }
            }
            b"iCCP" if chunk.length as usize <= PROFILE && !image.has_profile => {
                image.has_profile = true;
                if let Some(colours) = colours(&chunk.read(content)?) {
                    write(*b"iCCP", &colours, copy)?;
                }
            }
            b"fcTL" if image.is_animated => {
                let frame = chunk.copy_whole(content, copy)?;
                image.frame(&frame)?;
            }
            // The image, its colours, how dense its pixels lie, and further frames.
            b"IDAT" | b"PLTE" | b"tRNS" | b"cHRM" | b"gAMA" | b"sBIT" | b"sRGB" | b"cICP" | b"mDCV" | b"cLLI"
            | b"bKGD" | b"pHYs" => chunk.copy(content, copy)?,
            b"acTL" | b"fdAT" if image.is_animated => chunk.copy(content, copy)?,
            // All else that programs and people write beside an image.
            _ => chunk.skip(content)?,
        }
    }
}

/// A colour profile, packed and under a name that says nothing.
fn colours(chunk: &[u8]) -> Option<Vec<u8>> {
    let name = chunk.iter().position(|byte| *byte == 0)?;
    let packed = chunk.get(name + 1..)?.strip_prefix(&[0])?;
    let mut profile = Vec::new();
    ZlibDecoder::new(packed).take(PROFILE as u64).read_to_end(&mut profile).ok()?;
    let mut packed = ZlibEncoder::new(b"ICC\0\0".to_vec(), Compression::default());
    packed.write_all(&profile::colours(&profile)?).ok()?;
    packed.finish().ok()
}

/// A chunk of which the content comes next.
struct Chunk {
    length: u32,
    name: [u8; 4],
}

impl Chunk {
    fn begin(content: &mut impl BufRead) -> Result<Self, Unfit> {
        Ok(Self { length: u32::from_be_bytes(take(content)?), name: take(content)? })
    }

    /// Whether an image cannot be shown without understanding it.
    fn is_critical(&self) -> bool {
        self.name.first().is_some_and(u8::is_ascii_uppercase)
    }

    fn copy(&self, content: &mut impl BufRead, copy: &mut impl Write) -> Result<(), Unfit> {
        copy.write_all(&self.length.to_be_bytes())?;
        copy.write_all(&self.name)?;
        let mut hasher = Hasher::new();
        hasher.update(&self.name);
        pieces(content, self.length.into(), |piece| {
            hasher.update(piece);
            copy.write_all(piece)
        })?;
        let sum = hasher.finalize().to_be_bytes();
        if take(content)? != sum {
            return Err(Unfit::Damaged);
        }
        Ok(copy.write_all(&sum)?)
    }

    /// The content of a short one, which is copied too.
    fn copy_whole(&self, content: &mut impl BufRead, copy: &mut impl Write) -> Result<Vec<u8>, Unfit> {
        if self.length > SHORT {
            return Err(Unfit::Damaged);
        }
        let read = self.read(content)?;
        write(self.name, &read, copy)?;
        Ok(read)
    }

    /// The content of a short one.
    fn read(&self, content: &mut impl BufRead) -> Result<Vec<u8>, Unfit> {
        let read = short(content, self.length as usize)?;
        if take(content)? != sum(self.name, &read) {
            return Err(Unfit::Damaged);
        }
        Ok(read)
    }

    fn skip(&self, content: &mut impl BufRead) -> Result<(), Unfit> {
        pieces(content, u64::from(self.length) + 4, |_| Ok(()))
    }
}

fn sum(name: [u8; 4], content: &[u8]) -> [u8; 4] {
    let mut hasher = Hasher::new();
    hasher.update(&name);
    hasher.update(content);
    hasher.finalize().to_be_bytes()
}

fn write(name: [u8; 4], content: &[u8], copy: &mut impl Write) -> Result<(), Unfit> {
    let length = u32::try_from(content.len()).map_err(|_| Unfit::Damaged)?;
    copy.write_all(&length.to_be_bytes())?;
    copy.write_all(&name)?;
    copy.write_all(content)?;
    Ok(copy.write_all(&sum(name, content))?)
}

/// Where in the image the reading is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Within,
    Behind,
}

struct Image {
    header: Header,
    place: Place,
    has_exif: bool,
    has_profile: bool,
    is_animated: bool,
    pixels: u64,
}

impl Image {
    fn read(header: &[u8]) -> Result<Self, Unfit> {
        let [w1, w2, w3, w4, h1, h2, h3, h4, depth, colours, 0, 0, interlaced @ (0 | 1)] = header else {
            return Err(Unfit::Damaged);
        };
        let (width, height) = (u32::from_be_bytes([*w1, *w2, *w3, *w4]), u32::from_be_bytes([*h1, *h2, *h3, *h4]));
        let channels = match (colours, depth) {
            (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) => 1,
            (4, 8 | 16) => 2,
            (2, 8 | 16) => 3,
            (6, 8 | 16) => 4,
            _ => return Err(Unfit::Damaged),
        };
        if width == 0 || height == 0 {
            return Err(Unfit::Damaged);
        }
        let pixels = u64::from(width) * u64::from(height);
        within_limits(pixels)?;
        let header = Header {
            width,
            height,
            orientation: Orientation::NoTransforms,
            samples: pixels * channels,
            in_rounds: *interlaced == 1,
        };
        Ok(Self { header, place: Place::Before, has_exif: false, has_profile: false, is_animated: false, pixels })
    }

    /// Passes a chunk that stands where it may.
    fn place(&mut self, chunk: &Chunk) -> Result<(), Unfit> {
        let is_known = matches!(&chunk.name, b"PLTE" | b"IDAT" | b"IEND");
        match (&chunk.name, self.place) {
            (b"IDAT", Place::Behind) | (b"PLTE", Place::Within | Place::Behind) => return Err(Unfit::Damaged),
            (b"IDAT", _) => self.place = Place::Within,
            (b"IEND", Place::Before) => return Err(Unfit::Damaged),
            (b"IEND", _) if chunk.length > 0 => return Err(Unfit::Damaged),
            (b"acTL", Place::Before) => self.is_animated = true,
            (_, Place::Within) => self.place = Place::Behind,
            _ => {}
        }
        // A second header would be one too.
        if chunk.is_critical() && !is_known { Err(Unfit::Damaged) } else { Ok(()) }
    }

    /// Counts a frame's pixels. One before the image describes the image itself.
    fn frame(&mut self, control: &[u8]) -> Result<(), Unfit> {
        let [_, _, _, _, w1, w2, w3, w4, h1, h2, h3, h4, ..] = control else { return Err(Unfit::Damaged) };
        let (width, height) = (u32::from_be_bytes([*w1, *w2, *w3, *w4]), u32::from_be_bytes([*h1, *h2, *h3, *h4]));
        if width > self.header.width || height > self.header.height {
            return Err(Unfit::Damaged);
        }
        if self.place != Place::Before {
            self.pixels += u64::from(width) * u64::from(height);
        }
        within_limits(self.pixels)
    }
}
