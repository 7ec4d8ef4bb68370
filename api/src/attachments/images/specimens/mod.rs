//! Images for tests, of any size and kind, with all that cameras and programs write beside their pixels. A block of eight
//! by eight pixels has one colour, so that even fifty megapixels are made at once and take little room.

mod profile;

use std::io::{self, Write};

use flate2::{Compress, Compression, FlushCompress, write::ZlibEncoder};

pub use self::profile::{PROFILE, profile};

/// Words that must not get to others: each stands somewhere beside the pixels of [`photograph`] or [`screenshot`].
pub const SECRETS: [&str; 9] = [
    "Astrid Højgaard",
    "Kamera nr. 4711",
    "55.67 N, 12.57 E",
    "small preview",
    "ns.adobe.com",
    "Photoshop 3.0",
    "MPF",
    "second image",
    "edited with",
];

/// How densely each component lies: all as one, colours half as densely, grey, and four inks.
pub const EVERY: &[u8] = &[0x11, 0x11, 0x11];
/// Colours have a value for four pixels.
pub const HALF: &[u8] = &[0x22, 0x11, 0x11];
/// Brightness alone.
pub const GREY: &[u8] = &[0x11];
/// Ink, as for printing.
pub const INK: &[u8] = &[0x11, 0x11, 0x11, 0x11];

/// A piece so many times, as zlib packs it: each like the first, so that gigabytes are made at once. Without the sum at its
/// end, which few programs look at.
#[must_use]
pub fn deflated(piece: &[u8], times: usize) -> Vec<u8> {
    let mut packed = vec![0; piece.len() + 1024];
    let mut packing = Compress::new(Compression::best(), false);
    let done = packing.compress(piece, &mut packed, FlushCompress::Full);
    assert!(done.is_ok() && packing.total_in() == piece.len() as u64);
    packed.truncate(usize::try_from(packing.total_out()).unwrap_or_default());
    [&[0x78, 0xda][..], &packed.repeat(times), &[3, 0, 0, 0, 0, 1]].concat()
}

/// A JPEG of these components, in one round or in rounds, with these segments beside its image.
#[must_use]
pub fn jpeg(width: u16, height: u16, components: &[u8], in_rounds: bool, beside: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    match components.len() {
        4 => segment(&mut file, 0xee, b"Adobe\0\x64\0\0\0\0\0"),
        _ => segment(&mut file, 0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
    }
    for (marker, content) in beside {
        segment(&mut file, *marker, content);
    }
    segment(&mut file, 0xdb, &[&[0][..], &[8; 64]].concat());
    let [[w1, w2], [h1, h2]] = [width, height].map(u16::to_be_bytes);
    let count = u8::try_from(components.len()).unwrap_or_default();
    let mut frame = vec![8, h1, h2, w1, w2, count];
    let mut scan = vec![count];
    for (id, density) in (1..).zip(components) {
        frame.extend([id, *density, 0]);
        scan.extend([id, 0]);
    }
    segment(&mut file, if in_rounds { 0xc2 } else { 0xc0 }, &frame);
    // Twelve differences of brightness, each four bits; and that all else in a block is nothing, one bit.
    segment(
        &mut file,
        0xc4,
        &[0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    );
    segment(&mut file, 0xc4, &[16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    scan.extend([0, if in_rounds { 0 } else { 63 }, 0]);
    segment(&mut file, 0xda, &scan);
    file.extend(coded(width.into(), height.into(), components, in_rounds));
    file.extend([0xff, 0xd9]);
    file
}

fn segment(file: &mut Vec<u8>, marker: u8, content: &[u8]) {
    file.extend([0xff, marker]);
    file.extend(u16::try_from(content.len() + 2).unwrap_or(u16::MAX).to_be_bytes());
    file.extend(content);
}

/// The value of a block, half way between black and white taken off.
fn level(component: usize, x: u32, y: u32) -> i32 {
    i32::try_from((x * 37 + y * 61 + u32::try_from(component).unwrap_or_default() * 29) % 200).unwrap_or_default() - 100
}

fn coded(width: u32, height: u32, components: &[u8], in_rounds: bool) -> Vec<u8> {
    let across = |density: u8| u32::from(density >> 4);
    let down = |density: u8| u32::from(density & 15);
    let widest = components.iter().map(|it| across(*it)).max().unwrap_or(1);
    let highest = components.iter().map(|it| down(*it)).max().unwrap_or(1);
    let mut bits = Bits::default();
    let mut before = vec![0; components.len()];
    for row in 0..height.div_ceil(8 * highest) {
        for column in 0..width.div_ceil(8 * widest) {
            for ((component, density), before) in components.iter().enumerate().zip(&mut before) {
                for y in 0..down(*density) {
                    for x in 0..across(*density) {
                        let now = level(component, column * across(*density) + x, row * down(*density) + y);
                        bits.difference(now - *before);
                        *before = now;
                        if !in_rounds {
                            bits.push(0, 1);
                        }
                    }
                }
            }
        }
    }
    bits.finish()
}

#[derive(Default)]
struct Bits {
    written: Vec<u8>,
    rest: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, bits: u32, count: u32) {
        for place in (0..count).rev() {
            self.rest = (self.rest << 1) | ((bits >> place) & 1);
            self.count += 1;
            if self.count == 8 {
                let byte = u8::try_from(self.rest & 0xff).unwrap_or_default();
                self.written.push(byte);
                if byte == 0xff {
                    self.written.push(0);
                }
                (self.rest, self.count) = (0, 0);
            }
        }
    }

    fn difference(&mut self, value: i32) {
        let length = 32 - value.unsigned_abs().leading_zeros();
        self.push(length, 4);
        let bits = if value < 0 { value - 1 } else { value };
        self.push(u32::from_ne_bytes(bits.to_ne_bytes()), length);
    }

    fn finish(mut self) -> Vec<u8> {
        while self.count > 0 {
            self.push(1, 1);
        }
        self.written
    }
}

/// What a camera says: who took the image with what and where, how it was held, and a small preview.
#[must_use]
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    exif.extend(b"\x01\x3b\0\x02\0\0\0\x10\0\0\0\x32");
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x42");
    exif.extend(b"\0\0\0\0Astrid H\xc3\xb8jgaard\0Kamera nr. 4711\0 55.67 N, 12.57 E");
    exif.extend(b"\xff\xd8\xff\xda small preview \xff\xd9");
    exif
}

/// A photograph, held on its side, with all that a camera and two programs write: position, person, camera, a preview,
/// words, a second image, and a film behind the end.
#[must_use]
pub fn photograph(width: u16, height: u16) -> Vec<u8> {
    let beside = [
        (0xe1, [&b"Exif\0\0"[..], &exif(6)].concat()),
        (0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Astrid H\xc3\xb8jgaard</x:xmpmeta>".to_vec()),
        (0xe2, [&b"ICC_PROFILE\0\x01\x01"[..], &profile()].concat()),
        (0xe2, b"MPF\0MM\0*\0\0\0\x08".to_vec()),
        (0xed, b"Photoshop 3.0\08BIM Astrid H\xc3\xb8jgaard".to_vec()),
        (0xfe, b"edited with a program".to_vec()),
    ];
    let mut file = jpeg(width, height, HALF, false, &beside);
    file.extend(jpeg(16, 16, GREY, false, &[(0xfe, b"second image".to_vec())]));
    file.extend(b"\0\0\0\x18ftypmp42 Kamera nr. 4711");
    file
}

/// What a PNG is made of: how its colours are told, how many bytes a pixel takes, and whether it comes in rounds.
#[derive(Debug, Clone, Copy)]
pub struct Png {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// 0 grey, 2 colours, 4 grey that can be seen through, 6 colours that can be seen through.
    pub colours: u8,
    /// Bits of each value: 8 or 16.
    pub depth: u8,
    /// Whether it comes in seven rounds.
    pub in_rounds: bool,
}

impl Png {
    /// One of colours, row by row.
    #[must_use]
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height, colours: 2, depth: 8, in_rounds: false }
    }

    fn pixel(self) -> usize {
        let channels = match self.colours {
            0 => 1,
            4 => 2,
            2 => 3,
            _ => 4,
        };
        channels * usize::from(self.depth) / 8
    }

    /// What stands at its beginning.
    #[must_use]
    pub fn header(self) -> Vec<u8> {
        let [width, height] = [self.width, self.height].map(u32::to_be_bytes);
        let rest = [self.depth, self.colours, 0, 0, u8::from(self.in_rounds)];
        [&width[..], &height[..], &rest[..]].concat()
    }

    /// Its values, row by row, packed.
    ///
    /// # Errors
    /// None in memory.
    pub fn packed(self) -> io::Result<Vec<u8>> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        let whole = [(0, 1, 0, 1)];
        let rounds = [(0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2)];
        for (left, across, top, down) in if self.in_rounds { &rounds[..] } else { &whole[..] } {
            let width = self.width.saturating_sub(*left).div_ceil(*across) as usize;
            let height = self.height.saturating_sub(*top).div_ceil(*down);
            for y in (0..height).filter(|_| width > 0) {
                let values =
                    (0..width * self.pixel()).map(|place| level(place % self.pixel(), (top + y * down) / 8, 0));
                let row: Vec<u8> = values.map(|value| u8::try_from(value + 100).unwrap_or_default()).collect();
                packed.write_all(&[0])?;
                packed.write_all(&row)?;
            }
        }
        packed.finish()
    }

    /// The file, with these chunks before its image.
    ///
    /// # Errors
    /// None in memory.
    pub fn file(self, beside: &[(&[u8; 4], &[u8])]) -> io::Result<Vec<u8>> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut file, b"IHDR", &self.header());
        for (name, content) in beside {
            chunk(&mut file, name, content);
        }
        chunk(&mut file, b"IDAT", &self.packed()?);
        chunk(&mut file, b"IEND", &[]);
        Ok(file)
    }
}

/// Adds a chunk of a PNG.
pub fn chunk(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    file.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
    let sum = crc32fast::hash(&[&name[..], content].concat());
    file.extend(name);
    file.extend(content);
    file.extend(sum.to_be_bytes());
}

/// A screenshot with all that programs write beside it, and the rest of a larger one behind the end.
///
/// # Errors
/// None in memory.
pub fn screenshot(width: u32, height: u32) -> io::Result<Vec<u8>> {
    let exif = exif(1);
    let mut file = Png::new(width, height).file(&[
        (b"gAMA", &[0, 0, 0xb1, 0x8f]),
        (b"tEXt", b"Author\0Astrid H\xc3\xb8jgaard"),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x xmlns='http://ns.adobe.com/xap/1.0/'/>"),
        (b"zTXt", b"Comment\0\0edited with"),
        (b"tIME", &[7, 0xea, 11, 27, 10, 0, 0]),
        (b"eXIf", &exif),
        (b"prVt", b"Kamera nr. 4711"),
    ])?;
    file.extend(b"second image");
    Ok(file)
}
