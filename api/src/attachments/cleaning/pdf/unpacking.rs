//! What the streams of a PDF document become when they are unpacked, and how many pixels its images have: counted here,
//! so that the program that opens it is not the first to find out.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    io::{self, BufReader, Cursor, Read, Write},
};

use flate2::read::DeflateDecoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::{
    drawn::{self, Words},
    jbig2, name, refusal,
};
use crate::attachments::{
    images::{self, Unfit, within},
    refusal::{Failure, Refusal},
};

/// Bytes that all streams of a document may become together, after each of their filters. The pixels of images are not
/// among them: a scanner makes a page at a time, and so does who shows it.
pub(super) const UNPACKED: u64 = 512 * 1024 * 1024;

/// Bytes that one of the filters that are seldom used may give: what it gives is in memory.
const WHOLE: usize = 64 * 1024 * 1024;

/// Filters that a stream may have. Programs use one or two.
const FILTERS: usize = 8;

/// Pixels of an image in black and white: a plan on A0, scanned at 400 dots an inch, has 250 million.
pub(super) const PLAN: u64 = 400_000_000;

/// Millions of pixels of an image in colours: a map on A0, scanned at 300 dots an inch, has 139. None is decoded here. The
/// limit is for those who open the document: their program may hold four bytes for each.
pub(super) const COLOURS: u64 = 150;

/// How wide a row is that a fax is read by, when it does not say it.
const FAX: u64 = 1728;

/// What a pixel may have at the most: four inks.
const INKS: u64 = 4;

/// Bytes in which a JPEG 2000 says how large it is.
const HEAD: u64 = 64 * 1024;

/// Passes a document whose streams become no more than so many bytes together, and whose images have no more pixels than
/// an image may.
///
/// # Errors
/// [`Refusal::UnpacksTooLarge`], [`Refusal::ImageTooLarge`]; [`Refusal::Damaged`] for a stream that cannot be unpacked.
pub(super) fn bounded(document: &Document, unpacked: u64) -> Result<(), Failure> {
    let texts: BTreeSet<ObjectId> = document.page_iter().flat_map(|page| document.get_page_contents(page)).collect();
    let room = Room { left: Cell::new(unpacked), overdrawn: Cell::new(false) };
    let mut drawn = BTreeMap::new();
    for (id, object) in &document.objects {
        if let Object::Stream(stream) = object {
            let pixels = pixels(document, &stream.dict, !texts.contains(id))?;
            let mut words = Words::default();
            let is_image = !texts.contains(id) && name(document, &stream.dict, b"Subtype") == b"Image";
            if is_image {
                measure(document, stream, pixels, &room, &mut io::sink())?;
            } else {
                measure(document, stream, pixels, &room, &mut words)?;
                drawn.insert(*id, words.finish()?);
            }
        }
    }
    drawn::bounded(document, &drawn, unpacked)
}

/// Passes as many pixels as an image in a document may have.
///
/// # Errors
/// [`Refusal::ImageTooLarge`].
pub(super) fn pixels_within(pixels: u64, bits: u64) -> Result<(), Refusal> {
    let megapixels = if bits > 1 { COLOURS } else { PLAN / 1_000_000 };
    within(pixels, megapixels).map_err(|_| Refusal::ImageTooLarge { megapixels })
}

/// Bytes of an image's pixels, by what its dictionary says; none of what is no image.
fn pixels(document: &Document, dictionary: &Dictionary, may_be_image: bool) -> Result<u64, Failure> {
    let number = |long: &[u8], short: &[u8]| {
        let said = dictionary.get_deref(long, document).or_else(|_| dictionary.get_deref(short, document));
        match said {
            Ok(Object::Integer(number)) => Ok(u64::try_from(*number).unwrap_or(0)),
            Ok(Object::Real(_)) => Err(Refusal::Damaged),
            _ => Ok(0),
        }
    };
    let (width, height) = (number(b"Width", b"W")?, number(b"Height", b"H")?);
    let pixels = width.saturating_mul(height);
    let bits = number(b"BitsPerComponent", b"BPC")?.clamp(1, 16);
    pixels_within(pixels, bits)?;
    if !may_be_image || name(document, dictionary, b"Subtype") != b"Image" {
        return Ok(0);
    }
    // Before each row, how it differs from the one above.
    Ok((pixels * INKS * bits).div_ceil(8).saturating_add(height))
}

/// What is left for all streams.
struct Room {
    left: Cell<u64>,
    /// One of them had more than that.
    overdrawn: Cell<bool>,
}

/// Unpacks a stream and keeps nothing of it but what `words` reads. `pixels`: bytes that it may become without taking
/// anybody's room.
fn measure(
    document: &Document,
    stream: &Stream,
    pixels: u64,
    room: &Room,
    words: &mut dyn Write,
) -> Result<(), Failure> {
    let filters = filters(document, &stream.dict)?;
    if filters.len() > FILTERS {
        return Err(Refusal::UnpacksTooLarge.into());
    }
    let mut content: Box<dyn Read + '_> = Box::new(stream.content.as_slice());
    for (index, filter) in filters.iter().enumerate() {
        let is_last = index + 1 == filters.len();
        let said = |key: &[u8]| parameter(document, &stream.dict, index, key);
        // Programs hold a row of what is packed by how rows differ.
        let row = [b"Columns".as_slice(), b"Colors", b"BitsPerComponent"].map(|key| said(key).unwrap_or(1).max(1));
        if row.into_iter().fold(1, i64::saturating_mul) / 8 > WHOLE as i64 {
            return Err(Refusal::UnpacksTooLarge.into());
        }
        content = match *filter {
            b"FlateDecode" | b"Fl" => Box::new(inflated(content)?),
            b"LZWDecode" | b"LZW" => whole(content, "LZWDecode", said(b"EarlyChange"))?,
            b"ASCII85Decode" | b"A85" => whole(content, "ASCII85Decode", None)?,
            b"ASCIIHexDecode" | b"AHx" => whole(content, "ASCIIHexDecode", None)?,
            b"RunLengthDecode" | b"RL" => whole(content, "RunLengthDecode", None)?,
            b"BrotliDecode" => whole(content, "BrotliDecode", None)?,
            b"CCITTFaxDecode" | b"CCF" if is_last => {
                let wide = said(b"Columns").map_or(FAX, i64::unsigned_abs);
                let high = said(b"Rows").unwrap_or(1).unsigned_abs();
                let own = stream.dict.get_deref(b"Height", document).and_then(Object::as_i64);
                let high = high.max(own.map_or(1, i64::unsigned_abs));
                pixels_within(wide.saturating_mul(high), 1)?;
                return drain(&mut content, room, &mut io::sink());
            }
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" => {
                return if is_last { image(filter, content, room) } else { Err(Refusal::Damaged.into()) };
            }
            // Programs that do not know a filter go on with the next.
            _ => content,
        };
        if room.overdrawn.get() {
            return Err(Refusal::UnpacksTooLarge.into());
        }
        content = Box::new(Counted { content, free: if is_last { pixels } else { 0 }, room });
    }
    // What lies there as it is has its room in the file.
    drain(&mut content, room, words)
}

/// The rest of a stream, up to its end.
fn drain(content: &mut dyn Read, room: &Room, mut words: &mut dyn Write) -> Result<(), Failure> {
    io::copy(content, &mut words)?;
    if room.overdrawn.get() { Err(Refusal::UnpacksTooLarge.into()) } else { Ok(()) }
}

/// An image with a size of its own beside that of its dictionary.
fn image(filter: &[u8], content: Box<dyn Read + '_>, room: &Room) -> Result<(), Failure> {
    let mut content = BufReader::new(content);
    match filter {
        b"DCTDecode" | b"DCT" => {
            // Other programs show more images than browsers do: whatever else is wrong with one does not count.
            if let Err(unfit @ Unfit::TooLarge { .. }) = images::copy_jpeg(&mut content, &mut io::sink(), COLOURS) {
                return Err(unfit.into());
            }
        }
        b"JPXDecode" => within(pixels_of_jpeg_2000(&mut content)?, COLOURS)?,
        b"JBIG2Decode" => jbig2::check(&mut content)?,
        _ => {}
    }
    drain(&mut content, room, &mut io::sink())
}

/// As many as the beginning of a JPEG 2000 says.
fn pixels_of_jpeg_2000(content: &mut dyn Read) -> Result<u64, Failure> {
    let mut head = Vec::new();
    content.take(HEAD).read_to_end(&mut head)?;
    // The start of the image, then that of its size, of which two lengths come first.
    let place = head.windows(4).position(|marks| marks == [0xff, 0x4f, 0xff, 0x51]);
    let length = |at: usize| head.get(at..)?.first_chunk().map(|bytes| u64::from(u32::from_be_bytes(*bytes)));
    let pixels = place.and_then(|place| Some(length(place + 8)?.saturating_mul(length(place + 12)?)));
    Ok(pixels.unwrap_or(0))
}

/// What a stream's content went through when it was packed, the last first.
fn filters<'a>(document: &'a Document, dictionary: &'a Dictionary) -> Result<Vec<&'a [u8]>, Failure> {
    let name_of = |object: &'a Object| {
        let (_, object) = document.dereference(object).map_err(|_| Refusal::Damaged)?;
        object.as_name().map_err(|_| Refusal::Damaged.into())
    };
    match dictionary.get_deref(b"Filter", document) {
        Ok(Object::Array(filters)) => filters.iter().map(name_of).collect(),
        Ok(filter @ Object::Name(_)) => Ok(vec![name_of(filter)?]),
        _ => Ok(Vec::new()),
    }
}

/// What zlib has packed, read to where it breaks; neither its two first bytes nor its sum at the end are looked at.
fn inflated<'a>(mut content: Box<dyn Read + 'a>) -> io::Result<DeflateDecoder<Box<dyn Read + 'a>>> {
    content.by_ref().take(2).read_to_end(&mut Vec::new())?;
    Ok(DeflateDecoder::new(content))
}

/// A number that a stream says of how one of its filters has packed it, if it does.
fn parameter(document: &Document, dictionary: &Dictionary, index: usize, key: &[u8]) -> Option<i64> {
    let said =
        dictionary.get_deref(b"DecodeParms", document).or_else(|_| dictionary.get_deref(b"DP", document)).ok()?;
    let said = said.as_array().map_or(Some(said), |each| each.get(index))?;
    let said = document.dereference(said).ok()?.1.as_dict().ok()?;
    said.get_deref(key, document).and_then(Object::as_i64).ok()
}

/// What this filter makes of a content, all at once.
fn whole(mut content: Box<dyn Read + '_>, filter: &str, early_change: Option<i64>) -> Result<Box<dyn Read>, Failure> {
    let mut packed = Vec::new();
    content.by_ref().take(WHOLE as u64 + 1).read_to_end(&mut packed)?;
    if packed.len() > WHOLE {
        return Err(Refusal::UnpacksTooLarge.into());
    }
    let mut dictionary = Dictionary::from_iter([("Filter", Object::from(filter))]);
    if let Some(early_change) = early_change {
        dictionary.set("DecodeParms", Dictionary::from_iter([("EarlyChange", Object::from(early_change))]));
    }
    let unpacked = Stream::new(dictionary, packed).decompressed_content_with_limit(WHOLE).map_err(refusal)?;
    Ok(Box::new(Cursor::new(unpacked)))
}

/// What comes out of a filter, counted.
struct Counted<'a> {
    content: Box<dyn Read + 'a>,
    /// Bytes that it may give without taking of the room.
    free: u64,
    room: &'a Room,
}

impl Read for Counted<'_> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        // What is broken from here on is shown up to here.
        let length = self.content.read(piece).unwrap_or(0);
        let beyond = (length as u64).saturating_sub(self.free);
        self.free = self.free.saturating_sub(length as u64);
        match self.room.left.get().checked_sub(beyond) {
            Some(left) => self.room.left.set(left),
            None => {
                self.room.overdrawn.set(true);
                return Ok(0);
            }
        }
        Ok(length)
    }
}
