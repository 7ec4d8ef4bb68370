//! What stands in the text of a page or form: images that are written there, and forms that are drawn, each of which may
//! draw others.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::unpacking::pixels_within;
use crate::attachments::refusal::{Failure, Refusal};

/// Bytes of a word. A name has 127 at the most.
const WORD: usize = 256;

/// Forms that one text draws, each by its name.
const NAMES: usize = 10_000;

/// Forms that are drawn in each other. Programs that make PDF of PDF add one each time.
const DEEP: usize = 64;

/// Forms that are looked at while what they become is counted.
const LOOKS: usize = 1_000_000;

/// Reads the words of a text as it runs past. Words in strings and in the values of images are read too: nothing hides
/// behind them.
#[derive(Default)]
pub(super) struct Words {
    word: Vec<u8>,
    before: Vec<u8>,
    image: Option<Image>,
    /// What is wrong with an image.
    refusal: Option<Refusal>,
    pub(super) drawn: Drawn,
}

/// What a text draws.
#[derive(Default)]
pub(super) struct Drawn {
    bytes: u64,
    /// How often each thing is drawn, by its name.
    names: BTreeMap<Vec<u8>, u64>,
}

/// An image that is written into a text, as far as it was read.
#[derive(Default)]
struct Image {
    key: Vec<u8>,
    width: u64,
    height: u64,
    bits: u64,
}

impl Words {
    /// What the text draws, when its images are no larger than images may be.
    pub(super) fn finish(mut self) -> Result<Drawn, Refusal> {
        self.end_of_word();
        self.refusal.map_or(Ok(self.drawn), Err)
    }

    fn end_of_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        match (word.as_slice(), self.image.take()) {
            (b"BI", _) => self.image = Some(Image::default()),
            (b"ID", Some(image)) => {
                let refusal = pixels_within(image.width.saturating_mul(image.height), image.bits).err();
                self.refusal = self.refusal.take().or(refusal);
            }
            (word, Some(mut image)) => {
                image.read(word);
                self.image = Some(image);
            }
            (b"Do", None) => {
                let name = unescaped(self.before.strip_prefix(b"/").unwrap_or_default());
                if self.drawn.names.len() < NAMES || self.drawn.names.contains_key(&name) {
                    *self.drawn.names.entry(name).or_default() += 1;
                } else {
                    self.refusal = Some(Refusal::UnpacksTooLarge);
                }
            }
            _ => {}
        }
        self.before = word;
    }
}

impl Image {
    fn read(&mut self, word: &[u8]) {
        if let Some(key) = word.strip_prefix(b"/") {
            self.key = unescaped(key);
            return;
        }
        // What has a fraction is as large as it would be without.
        let digits = str::from_utf8(word).unwrap_or_default().trim_start_matches('+');
        let whole = digits.split('.').next().unwrap_or_default();
        let number = whole.parse().unwrap_or(if whole.len() > 18 { u64::MAX } else { 0 });
        match std::mem::take(&mut self.key).as_slice() {
            b"W" | b"Width" => self.width = self.width.max(number),
            b"H" | b"Height" => self.height = self.height.max(number),
            b"BPC" | b"BitsPerComponent" => self.bits = self.bits.max(number),
            _ => {}
        }
    }
}

/// A name without the numbers that stand for its characters.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut said = Vec::new();
    let mut rest = name;
    while let [first, behind @ ..] = rest {
        let number = match rest {
            [b'#', digits @ ..] => digits.get(..2).and_then(|digits| hex::decode(digits).ok()),
            _ => None,
        };
        said.push(number.as_deref().and_then(<[u8]>::first).copied().unwrap_or(*first));
        rest = if number.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    said
}

impl Write for Words {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.drawn.bytes += piece.len() as u64;
        // Most pieces of what is no text have neither, and are read at once: only their last words may belong to more.
        let is_dull = self.image.is_none() && !piece.contains(&b'B') && !piece.contains(&b'D');
        let from = if is_dull { piece.len().saturating_sub(WORD) } else { 0 };
        for byte in piece.get(from..).unwrap_or_default() {
            match byte {
                0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ' => self.end_of_word(),
                b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'%' => self.end_of_word(),
                b'/' => {
                    self.end_of_word();
                    self.word.push(b'/');
                }
                _ if self.word.len() < WORD => self.word.push(*byte),
                _ => {}
            }
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Passes a document of which no page and no form becomes more than so many bytes when each form stands wherever it is
/// drawn.
///
/// # Errors
/// [`Refusal::UnpacksTooLarge`].
pub(super) fn bounded(document: &Document, drawn: &BTreeMap<ObjectId, Drawn>, most: u64) -> Result<(), Failure> {
    let mut counting = Counting { document, drawn, known: BTreeMap::new(), open: BTreeSet::new(), looks: LOOKS };
    for page in document.page_iter() {
        let (own, ids) = document.get_page_resources(page).map_err(|_| Refusal::Damaged)?;
        let others = ids.iter().filter_map(|id| document.get_dictionary(*id).ok());
        let resources: Vec<&Dictionary> = own.into_iter().chain(others).collect();
        let mut all = 0_u64;
        for content in document.get_page_contents(page) {
            all = all.saturating_add(counting.count(content, page, &resources, 0)?);
        }
        if all > most {
            return Err(Refusal::UnpacksTooLarge.into());
        }
    }
    for id in drawn.keys() {
        if counting.count(*id, *id, &[], 0)? > most {
            return Err(Refusal::UnpacksTooLarge.into());
        }
    }
    Ok(())
}

struct Counting<'a> {
    document: &'a Document,
    drawn: &'a BTreeMap<ObjectId, Drawn>,
    /// What a text becomes, with the names of another one if it has none of its own.
    known: BTreeMap<(ObjectId, ObjectId), u64>,
    /// The texts in which the one lies that is counted.
    open: BTreeSet<ObjectId>,
    looks: usize,
}

impl<'a> Counting<'a> {
    fn count(
        &mut self,
        id: ObjectId,
        owner: ObjectId,
        resources: &[&'a Dictionary],
        deep: usize,
    ) -> Result<u64, Refusal> {
        let Some(drawn) = self.drawn.get(&id) else { return Ok(0) };
        let own = self.document.get_object(id).and_then(Object::as_stream).ok();
        let own = own.and_then(|own| own.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok());
        let (owner, resources) = own.as_ref().map_or((owner, resources), |own| (id, std::slice::from_ref(own)));
        if let Some(known) = self.known.get(&(id, owner)) {
            return Ok(*known);
        }
        self.looks = self.looks.checked_sub(1).ok_or(Refusal::UnpacksTooLarge)?;
        if deep > DEEP {
            return Err(Refusal::UnpacksTooLarge);
        }
        // Programs do not draw a form in itself.
        if !self.open.insert(id) {
            return Ok(0);
        }
        let mut all = drawn.bytes;
        for (name, times) in &drawn.names {
            let form = resources.iter().find_map(|resources| {
                let things = resources.get_deref(b"XObject", self.document).and_then(Object::as_dict).ok()?;
                things.get(name).and_then(Object::as_reference).ok()
            });
            if let Some(form) = form {
                all = all.saturating_add(self.count(form, owner, resources, deep + 1)?.saturating_mul(*times));
            }
        }
        self.open.remove(&id);
        self.known.insert((id, owner), all);
        Ok(all)
    }
}
