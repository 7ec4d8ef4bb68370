//! Office documents, which are archives of parts: what one says of itself, and what it becomes when it is unpacked.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
};

use openapi::attachments::FileType;
use tempfile::{NamedTempFile, TempPath};
use zip::{ZipArchive, ZipReadOptions, read::Config, unstable::read::ZipIterable};

use crate::attachments::refusal::{Failure, Refusal};

/// Entries that an office document may have. Thousands of images are fewer.
const ENTRIES: usize = 20_000;

/// Bytes that the list of a document's parts may have.
const LIST_OF_PARTS: u64 = 1024 * 1024;

/// Bytes that all parts of a document may have together, those of archives within it too.
const UNPACKED: u64 = 512 * 1024 * 1024;

/// How deep archives may lie in each other: a diagram in a text holds its numbers as a document of its own.
const ARCHIVES_WITHIN: usize = 1;

/// What an archive begins with.
const ARCHIVE: [u8; 4] = *b"PK\x03\x04";

/// What an office document says of itself.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// What an OpenDocument says it is.
    mimetype: String,
    /// What an Office Open XML document says its parts are.
    parts: String,
    pub(super) has_macros: bool,
}

impl Package {
    /// Reads a document; nothing when it is no whole archive. Each part is read once and counted, and no more of it than
    /// a piece is in memory, but for the two that say what the document is.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Failure> {
        let mut package = Self::default();
        let mut room = UNPACKED;
        let whole = unpack(path, ARCHIVES_WITHIN, &mut room, &mut |deep, name, part| {
            package.has_macros |= runs(name);
            if deep < ARCHIVES_WITHIN {
                return Ok(());
            }
            let text = match name {
                "mimetype" => &mut package.mimetype,
                "[content_types].xml" => &mut package.parts,
                _ => return Ok(()),
            };
            part.take(LIST_OF_PARTS).read_to_string(text).map(drop)
        })?;
        package.has_macros |= package.parts.to_lowercase().contains("macroenabled");
        Ok(whole.then_some(package))
    }

    pub(super) fn is_a(&self, kind: FileType) -> bool {
        match kind {
            FileType::Docx => self.parts.contains("wordprocessingml.document.main+xml"),
            FileType::Xlsx => self.parts.contains("spreadsheetml.sheet.main+xml"),
            _ => self.mimetype.trim() == kind.media_type(),
        }
    }
}

/// Goes through an archive part by part, and tells whether it is whole: both lists of its parts agree, so that what other
/// programs see is what was looked at here, each name is there once in whatever case, and every part can be unpacked.
/// `look` gets how many archives may lie in this one, each name in lower case and the part, of which it may read. Archives
/// within are gone through in the same way. `room` is what the parts may have together.
fn unpack(
    path: &Path,
    deep: usize,
    room: &mut u64,
    look: &mut dyn FnMut(usize, &str, &mut dyn Read) -> io::Result<()>,
) -> Result<bool, Failure> {
    let (list, parts) = (BufReader::new(File::open(path)?), BufReader::new(File::open(path)?));
    let list = ZipIterable::try_new(list, Config::default()).ok().filter(|list| list.len() <= ENTRIES);
    let Some(mut list) = list.map(|list| list.enforce_header_consistency(true)) else { return Ok(false) };
    // What they say of their sizes is believed only when it is bad news.
    let said = ZipArchive::new(BufReader::new(File::open(path)?)).ok().and_then(|archive| archive.decompressed_size());
    if said.is_some_and(|said| said > u128::from(*room)) {
        return Err(Refusal::UnpacksTooLarge.into());
    }
    let Ok(mut parts) = list.files_with_reader(parts, ZipReadOptions::new()) else { return Ok(false) };
    let mut names = HashSet::new();
    while let Some(part) = parts.next() {
        let Ok(mut part) = part else { return Ok(false) };
        if part.encrypted() {
            return Err(Refusal::Protected.into());
        }
        let Ok(name) = part.name().map(|name| name.to_lowercase()) else { return Ok(false) };
        if !names.insert(name.clone()) {
            return Ok(false);
        }
        let mut counted = Counted { part: &mut part, room, head: Vec::new(), overdrawn: false };
        let read = look(deep, &name, &mut counted).and_then(|()| {
            if counted.begins_an_archive()? { Ok(Some(counted.spill()?)) } else { counted.rest().map(|()| None) }
        });
        if counted.overdrawn {
            return Err(Refusal::UnpacksTooLarge.into());
        }
        match read {
            Err(_) => return Ok(false),
            Ok(None) => {}
            Ok(Some(_)) if deep == 0 => return Err(Refusal::UnpacksTooLarge.into()),
            Ok(Some(within)) if !unpack(&within, deep - 1, room, look)? => return Ok(false),
            Ok(Some(_)) => {}
        }
    }
    Ok(true)
}

/// A part on its way out of an archive.
struct Counted<'a, R> {
    part: R,
    room: &'a mut u64,
    /// Its first bytes.
    head: Vec<u8>,
    /// It had more than there was room for.
    overdrawn: bool,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let length = self.part.read(piece)?;
        let read = piece.get(..length).unwrap_or_default();
        let missing = ARCHIVE.len().saturating_sub(self.head.len());
        self.head.extend(read.iter().take(missing));
        match self.room.checked_sub(length as u64) {
            Some(left) => *self.room = left,
            None => {
                self.overdrawn = true;
                return Err(io::Error::other("more than there is room for"));
            }
        }
        Ok(length)
    }
}

impl<R: Read> Counted<'_, R> {
    fn begins_an_archive(&mut self) -> io::Result<bool> {
        let mut byte = [0];
        while self.head.len() < ARCHIVE.len() && self.read(&mut byte)? > 0 {}
        Ok(self.head == ARCHIVE)
    }

    fn rest(&mut self) -> io::Result<()> {
        io::copy(self, &mut io::sink()).map(drop)
    }

    /// All of it as a file that goes with this process. Nothing but its beginning was read of it.
    fn spill(&mut self) -> io::Result<TempPath> {
        let mut file = NamedTempFile::new()?;
        file.write_all(&self.head)?;
        io::copy(self, &mut file)?;
        Ok(file.into_temp_path())
    }
}

/// Whether a part of a document is a program: Visual Basic, Excel 4 macros, OpenDocument's Basic and scripts.
pub(super) fn runs(part: &str) -> bool {
    part.ends_with("vbaproject.bin")
        || part.contains("macrosheets/")
        || part.starts_with("basic/")
        || part.starts_with("scripts/")
}
