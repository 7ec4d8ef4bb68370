//! Office documents without what names the people who wrote them.
//!
//! A document is an archive of parts, nearly all of them XML. [`relationships`] and [`manifest`] say which parts come
//! along, [`ooxml`] and [`open_document`] what is taken out of one, [`xml`] does it while the part runs past. Everything
//! that does not come along, and everything that lies in the archive without belonging to the document, is left behind.

mod active;
mod attributes;
mod drawing;
mod formulas;
mod gathering;
mod hyperlinks;
mod manifest;
mod ooxml;
mod open_document;
mod places;
mod references;
mod relationships;
#[cfg(test)]
mod tests;
mod xml;

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::Path,
};

use openapi::attachments::FileType;
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipArchive, ZipWriter, read::ZipFile, write::SimpleFileOptions};

use self::xml::{Budget, Rules};
use super::{Cleaned, media};
use crate::attachments::refusal::{Failure, Refusal};

/// A document as it is read. Its list of parts was looked at before: it is short, and no name is there twice.
type Archive = ZipArchive<BufReader<File>>;

/// What becomes of a part.
enum Fate {
    /// It stays behind, and is no document of its own.
    Dropped,
    /// It comes along as it is: a font that Word has scrambled.
    Font,
    /// It stays behind, and may be a document of its own: the original holds it.
    LeftOut,
    /// It stays behind, and is a document of its own, as new ones are: an archive of parts that were counted.
    Numbers,
    /// It comes along: by what it is, or, when it is XML after all, without what the rules take out. Programs go by what a
    /// list says of a part, and not by its name.
    ByContent(Box<dyn Rules>),
    /// It comes along without what the rules take out.
    Rewritten(Box<dyn Rules>),
    /// Something else comes in its place.
    Replaced(&'static str),
}

/// Makes the copy of an office document that is shown.
///
/// # Errors
/// [`Failure`]: then nothing of it may be shown.
pub(super) fn clean(content: &Path, kind: FileType, copy: &mut File) -> Result<Cleaned, Failure> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(content)?)).map_err(damaged)?;
    let mut out = ZipWriter::new(BufWriter::new(copy));
    let mut budget = Budget::default();
    if kind == FileType::Odt {
        let parts = manifest::read(&mut archive, &mut budget)?;
        write(&mut archive, &mut out, &mut budget, |name| open_document::fate(name, &parts))?;
    } else {
        let parts = relationships::read(&mut archive, &mut budget)?;
        write(&mut archive, &mut out, &mut budget, |name| ooxml::fate(name, &parts))?;
    }
    out.finish().map_err(damaged)?.flush()?;
    Ok(Cleaned::Copy)
}

fn damaged(error: impl Into<io::Error>) -> Failure {
    fault(error.into())
}

/// A failure of reading or writing: what an archive says against itself is the document's fault, the rest the disk's.
pub(super) fn fault(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            error.into()
        }
        _ => Refusal::Damaged.into(),
    }
}

fn write(
    archive: &mut Archive,
    out: &mut ZipWriter<BufWriter<&mut File>>,
    budget: &mut Budget,
    fate: impl Fn(&str) -> Fate,
) -> Result<(), Failure> {
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        // Neither when a part was written nor on which system.
        let options = SimpleFileOptions::DEFAULT.compression_method(match part.compression() {
            CompressionMethod::Stored => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        });
        let mut head = Vec::new();
        part.by_ref().take(media::HEAD).read_to_end(&mut head).map_err(fault)?;
        media::check(&head)?;
        let fate = fate(&name.to_lowercase());
        let is_archive = head.starts_with(ARCHIVE);
        let is_strange = match fate {
            Fate::Numbers => !is_archive,
            Fate::LeftOut => !is_archive && begins_a_document(&head),
            _ => begins_a_document(&head),
        };
        if is_strange {
            return Err(Refusal::active("an embedded document").into());
        }
        match fate {
            Fate::Dropped | Fate::LeftOut | Fate::Numbers => {}
            Fate::ByContent(_) | Fate::Font if part.is_dir() => {}
            Fate::Font => {
                out.start_file(name, options).map_err(damaged)?;
                out.write_all(&head).map_err(fault)?;
                io::copy(&mut part, out).map_err(fault)?;
            }
            Fate::ByContent(_) if !is_xml(&head) => {
                out.start_file(name, options).map_err(damaged)?;
                keep(&head, &mut part, out)?;
            }
            Fate::ByContent(mut rules) | Fate::Rewritten(mut rules) => {
                out.start_file(name, options).map_err(damaged)?;
                xml::rewrite(BufReader::new(head.as_slice().chain(part)), &mut *out, rules.as_mut(), budget)?;
            }
            Fate::Replaced(content) => {
                out.start_file(name, options).map_err(damaged)?;
                out.write_all(content.as_bytes()).map_err(fault)?;
            }
        }
    }
    Ok(())
}

/// A part that is no XML, by what it is.
fn keep(head: &[u8], part: &mut ZipFile<'_, BufReader<File>>, out: &mut impl Write) -> Result<(), Failure> {
    let mut spilled = NamedTempFile::new()?;
    spilled.write_all(head)?;
    io::copy(part, &mut spilled).map_err(fault)?;
    media::clean(&spilled.into_temp_path(), out)
}

fn begins_a_document(head: &[u8]) -> bool {
    DOCUMENTS.iter().any(|begin| head.starts_with(begin))
}

/// What an archive begins with.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// What a part begins with that is a document of its own: an archive, one of Office before 2007 or an object of OLE, a PDF.
const DOCUMENTS: [&[u8]; 3] = [ARCHIVE, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"];

/// Whether what begins so may be XML to a program: in one byte a character or in two.
fn is_xml(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let wide = [&[0xff, 0xfe][..], &[0xfe, 0xff], &[b'<', 0], &[0, b'<']];
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
    // Where only blanks are seen, anything may come behind them.
    wide.iter().any(|begin| head.starts_with(begin)) || first.map_or(!head.is_empty(), |first| *first == b'<')
}

/// The text of a small part.
fn text(archive: &mut Archive, index: usize) -> Result<String, Failure> {
    let part = archive.by_index(index).map_err(damaged)?;
    let mut text = String::new();
    part.take(SMALL + 1).read_to_string(&mut text).map_err(fault)?;
    if text.len() as u64 > SMALL { Err(Refusal::UnpacksTooLarge.into()) } else { Ok(text) }
}

/// Bytes that a list of parts may have.
const SMALL: u64 = 4 * 1024 * 1024;

fn index_of(archive: &Archive, wanted: &str) -> Option<usize> {
    let is_wanted = |index: &usize| {
        archive.name_for_index(*index).is_some_and(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case(wanted)))
    };
    (0..archive.len()).find(is_wanted)
}
