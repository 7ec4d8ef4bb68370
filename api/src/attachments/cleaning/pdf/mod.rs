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
    collections::BTreeMap,
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
/// themselves, where an image lay that a printer was to put in, a second form beside the one that is seen, and the note
/// that somebody has signed.
const EVERYWHERE: [&[u8]; 5] = [b"Metadata", b"PieceInfo", b"OPI", b"XFA", b"SigFlags"];

/// The same where it is words: who made something, and with what.
const WORDS: [&[u8]; 6] = [b"Author", b"Creator", b"Producer", b"LastSavedBy", b"Company", b"Manager"];

/// The same of the whole: where it was fetched from, who has signed what, by which certificates, and where links begin that
/// do not say it.
const IN_THE_CATALOG: [&[u8]; 5] = [b"SpiderInfo", b"Perms", b"DSS", b"Legal", b"URI"];

/// What is found by names beside what pages lead to: where the document was fetched from, and addresses.
const IN_NAMES: [&[u8]; 2] = [b"IDS", b"URLS"];

/// What may stand somewhere else than where it is asked for, and says what something is.
const KINDS: [&[u8]; 5] = [b"Type", b"Subtype", b"FT", b"Filter", b"Usage"];

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
    bring_kinds_home(&mut document);
    actions::stands_still(&document)?;
    unpacking::bounded(&document, unpacking::UNPACKED)?;
    actions::lose_links(&mut document);
    strip_catalog(&mut document);
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

/// Writes what says what something is where it is asked for, so that no name is missed because it stands elsewhere.
fn bring_kinds_home(document: &mut Document) {
    let mut elsewhere = BTreeMap::new();
    let mut ask = |object: &mut Object| {
        if let Object::Reference(id) = object {
            elsewhere.insert(*id, Object::Null);
        }
    };
    document.objects.values_mut().for_each(|object| at_kinds(object, &mut ask));
    elsewhere.retain(|id, found| match document.objects.get(id) {
        // Streams say nothing of the kind, and references would lead on.
        Some(object) if !matches!(object, Object::Stream(_) | Object::Reference(_)) => {
            *found = object.clone();
            true
        }
        _ => false,
    });
    let mut answer = |object: &mut Object| {
        if let Object::Reference(id) = object
            && let Some(found) = elsewhere.get(id)
        {
            *object = found.clone();
        }
    };
    document.objects.values_mut().for_each(|object| at_kinds(object, &mut answer));
}

/// Does something with each value that says what something is, and with each of several.
fn at_kinds(object: &mut Object, with: &mut impl FnMut(&mut Object)) {
    let dictionary = match object {
        Object::Array(items) => return items.iter_mut().for_each(|item| at_kinds(item, with)),
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &mut stream.dict,
        _ => return,
    };
    for (key, value) in dictionary.iter_mut() {
        // First what lies within: what is put in the place of a value is not looked into, or one that leads to itself would
        // never end.
        at_kinds(value, with);
        if KINDS.contains(&key.as_slice()) {
            if let Object::Array(items) = value {
                items.iter_mut().for_each(&mut *with);
            }
            with(value);
        }
    }
}

/// Takes out of the document's root what names people, whatever it says that it is.
fn strip_catalog(document: &mut Document) {
    let names = document.catalog().ok().and_then(|catalog| catalog.get(b"Names").ok()).cloned();
    if let Ok(catalog) = document.catalog_mut() {
        take_out(catalog, &IN_THE_CATALOG);
        if let Ok(names) = catalog.get_mut(b"Names").and_then(Object::as_dict_mut) {
            take_out(names, &IN_NAMES);
        }
    }
    if let Some(Object::Reference(id)) = names
        && let Ok(names) = document.get_dictionary_mut(id)
    {
        take_out(names, &IN_NAMES);
    }
}

/// Takes out of a photograph what a camera has written into it, also when it is packed once more. One that cannot be read
/// to its end stays as it is: other programs show more than is read here.
fn strip_photograph(stream: &mut Stream) {
    let mut filters: Vec<Object> = match stream.dict.get(b"Filter") {
        Ok(Object::Array(filters)) => filters.clone(),
        Ok(filter) => vec![filter.clone()],
        Err(_) => return,
    };
    let is_jpeg = |filter: Object| matches!(filter.as_name(), Ok(b"DCTDecode" | b"DCT"));
    if !filters.pop().is_some_and(is_jpeg) {
        return;
    }
    let unpacked = if filters.is_empty() {
        None
    } else {
        let dictionary = Dictionary::from_iter([("Filter", Object::Array(filters))]);
        match Stream::new(dictionary, stream.content.clone()).decompressed_content() {
            Ok(unpacked) => Some(unpacked),
            Err(_) => return,
        }
    };
    let mut copy = Vec::new();
    let content = unpacked.as_ref().unwrap_or(&stream.content);
    if images::copy_jpeg(&mut content.as_slice(), &mut copy, unpacking::COLOURS).is_ok() {
        if unpacked.is_some() {
            stream.dict.set("Filter", "DCTDecode");
            take_out(&mut stream.dict, &[b"DecodeParms"]);
        }
        stream.set_content(copy);
    }
}

fn strip_dictionary(dictionary: &mut Dictionary) {
    let is = |dictionary: &Dictionary, key: &[u8], name: &[u8]| {
        dictionary.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
    };
    take_out(dictionary, &EVERYWHERE);
    dictionary
        .as_hashmap_mut()
        .retain(|key, value| !(WORDS.contains(&key.as_slice()) && matches!(value, Object::String(..))));
    // Of remarks, whatever kind they are, the `T` is who wrote them; that of a form's field is its name.
    let is_remark = dictionary.has(b"Rect") && dictionary.has(b"Subtype") && !is(dictionary, b"Subtype", b"Widget");
    if is_remark || is(dictionary, b"Subtype", b"Popup") {
        dictionary.remove(b"T");
    }
    // What a signature looks like stays; who signed, where and why does not.
    if is(dictionary, b"FT", b"Sig") {
        dictionary.remove(b"V");
    }
    if dictionary.has(b"ByteRange") || is(dictionary, b"Type", b"Sig") || is(dictionary, b"Type", b"DocTimeStamp") {
        take_out(dictionary, &[b"Name", b"Reason", b"Location", b"ContactInfo", b"Contents", b"Cert", b"M"]);
    }
    // Of articles, what is said of one beside its text: a thread is what begins at a bead.
    if is(dictionary, b"Type", b"Thread") || dictionary.has(b"I") && dictionary.has(b"F") {
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
