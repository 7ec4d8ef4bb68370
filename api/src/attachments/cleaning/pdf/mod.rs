//! PDF documents without what names the people who made them.
//!
//! The document is read as its readers see it, and written anew from what its pages lead to: what earlier revisions left
//! in the file, and what is said of the document beside its pages, does not come along.

mod actions;
mod drawn;
mod jbig2;
#[cfg(test)]
mod tests;
mod unpacking;

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, SaveOptions, Stream, xref::XrefEntry};

use super::Cleaned;
use crate::attachments::{
    images,
    refusal::{Failure, Refusal},
};

/// Bytes that one stream of objects may become when it is unpacked. Writers put some hundred objects into one.
const OBJECTS: usize = 32 * 1024 * 1024;

/// What is said of a document or of a part of it beside what is seen: its properties as XMP, what programs keep there for
/// themselves, and where an image lay that a printer was to put in.
const EVERYWHERE: [&[u8]; 3] = [b"Metadata", b"PieceInfo", b"OPI"];

/// The same of the whole: where it was fetched from, who has signed what, by which certificates, and where links begin that
/// do not say it.
const IN_THE_CATALOG: [&[u8]; 5] = [b"SpiderInfo", b"Perms", b"DSS", b"Legal", b"URI"];

/// A second form beside the one that is seen, and the note that somebody has signed.
const IN_FORMS: [&[u8]; 2] = [b"XFA", b"SigFlags"];

/// Remarks on a page. Their `T` is who wrote them; that of a form's field is its name.
const REMARKS: [&[u8]; 17] = [
    b"Text",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Caret",
    b"Stamp",
    b"Ink",
    b"Popup",
    b"Redact",
    b"Projection",
];

/// Makes the copy of a PDF document that is shown.
///
/// # Errors
/// [`Failure`]: then nothing of it may be shown.
pub(super) fn clean(content: &Path, copy: &mut File) -> Result<Cleaned, Failure> {
    let mut document = read(content)?;
    let pages = document.page_iter().count();
    if pages == 0 || lost(&mut document) {
        return Err(Refusal::Damaged.into());
    }
    document.prune_objects();
    actions::stands_still(&document)?;
    unpacking::bounded(&document, unpacking::UNPACKED)?;
    actions::lose_links(&mut document);
    for object in document.objects.values_mut() {
        strip(object);
    }
    // Nothing but what leads to the pages: neither the properties nor the fingerprint of the file.
    let root = document.trailer.get(b"Root").cloned().map_err(|_| Refusal::Damaged)?;
    document.trailer = Dictionary::from_iter([("Root", root)]);
    document.prune_objects();
    document.renumber_objects();
    if document.page_iter().count() != pages {
        return Err(Refusal::Damaged.into());
    }
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    let mut copy = BufWriter::new(copy);
    document.save_with_options(&mut copy, options)?;
    copy.flush()?;
    Ok(Cleaned::Copy)
}

fn read(content: &Path) -> Result<Document, Failure> {
    let options = LoadOptions { max_decompressed_size: Some(OBJECTS), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(&fs::read(content)?, options).map_err(refusal)?;
    // One that only forbids printing is readable with the empty password, and was read.
    if document.is_encrypted() { Err(Refusal::Protected.into()) } else { Ok(document) }
}

fn refusal(error: Error) -> Failure {
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => {
            Refusal::Protected.into()
        }
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Refusal::UnpacksTooLarge.into(),
        _ => Refusal::Damaged.into(),
    }
}

/// Whether something that the pages lead to is in the file and could not be read: a copy would be without it.
fn lost(document: &mut Document) -> bool {
    let reached = document.traverse_objects(|_| {});
    reached.into_iter().any(|id| {
        let listed = document.reference_table.get(id.0);
        let is_there = matches!(listed, Some(XrefEntry::Normal { .. } | XrefEntry::Compressed { .. }));
        is_there && document.objects.range((id.0, 0)..=(id.0, u16::MAX)).next().is_none()
    })
}

fn name<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    dictionary.get_deref(key, document).and_then(Object::as_name).unwrap_or_default()
}

/// Takes out of an object what names people beside what is seen.
fn strip(object: &mut Object) {
    match object {
        Object::Array(items) => items.iter_mut().for_each(strip),
        Object::Dictionary(dictionary) => strip_dictionary(dictionary),
        Object::Stream(stream) => {
            strip_dictionary(&mut stream.dict);
            strip_photograph(stream);
        }
        _ => {}
    }
}

/// Takes out of a photograph what a camera has written into it. One that is packed once more, or that cannot be read to its
/// end, stays as it is: other programs show more than is read here.
fn strip_photograph(stream: &mut Stream) {
    let is_jpeg = match stream.dict.get(b"Filter") {
        Ok(Object::Array(filters)) => matches!(filters.as_slice(), [Object::Name(filter)] if filter == b"DCTDecode"),
        Ok(Object::Name(filter)) => filter == b"DCTDecode",
        _ => false,
    };
    let mut copy = Vec::new();
    if is_jpeg && images::copy_jpeg(&mut stream.content.as_slice(), &mut copy, unpacking::COLOURS).is_ok() {
        stream.set_content(copy);
    }
}

fn strip_dictionary(dictionary: &mut Dictionary) {
    let is = |dictionary: &Dictionary, key: &[u8], names: &[&[u8]]| {
        dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| names.contains(&name))
    };
    take_out(dictionary, &EVERYWHERE);
    if is(dictionary, b"Type", &[b"Catalog"]) {
        take_out(dictionary, &IN_THE_CATALOG);
    }
    if dictionary.has(b"Fields") {
        take_out(dictionary, &IN_FORMS);
    }
    if is(dictionary, b"Subtype", &REMARKS) && !dictionary.has(b"FT") {
        dictionary.remove(b"T");
    }
    // What a signature looks like stays; who signed, where and why does not.
    if is(dictionary, b"FT", &[b"Sig"]) {
        dictionary.remove(b"V");
    }
    if is(dictionary, b"Type", &[b"Thread"]) {
        dictionary.remove(b"I");
    }
    // Of layers: which program made one, and for whom it is meant.
    if let Ok(usage) = dictionary.get_mut(b"Usage").and_then(Object::as_dict_mut) {
        take_out(usage, &[b"CreatorInfo", b"User"]);
    }
    for (_, value) in dictionary.iter_mut() {
        strip(value);
    }
}

fn take_out(dictionary: &mut Dictionary, keys: &[&[u8]]) {
    if keys.iter().any(|key| dictionary.has(key)) {
        dictionary.as_hashmap_mut().retain(|key, _| !keys.contains(&key.as_slice()));
    }
}
