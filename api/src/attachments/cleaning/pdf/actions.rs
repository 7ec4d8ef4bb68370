//! What a PDF document does, by itself or when a reader clicks: one list of what it may, and everything else refuses it.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::name;
use crate::attachments::{
    cleaning::links::{Link, NOWHERE, judge},
    refusal::Refusal,
};

/// Actions that one may lead to, one after the other.
const CHAIN: usize = 16;

/// What programs do of themselves when they are asked by name: they turn pages.
const TURNING: [&[u8]; 6] = [b"NextPage", b"PrevPage", b"FirstPage", b"LastPage", b"GoBack", b"GoForward"];

/// The same, when a reader asks.
const ASKED: [&[u8]; 2] = [b"Print", b"Find"];

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// A reader clicks.
    Clicked,
    /// Something is opened, seen, printed or closed.
    Unasked,
}

/// Passes a document that does nothing by itself, fetches nothing and holds no other files.
///
/// # Errors
/// [`Refusal::Active`], [`Refusal::Damaged`].
pub(super) fn stands_still(document: &Document) -> Result<(), Refusal> {
    for object in document.objects.values() {
        moves(document, object)?;
    }
    let catalog = document.catalog().map_err(|_| Refusal::Damaged)?;
    let names = catalog.get_deref(b"Names", document).and_then(Object::as_dict);
    // Whatever kind the actions in it say that they are: some programs do not ask.
    if names.as_ref().is_ok_and(|names| names.has(b"JavaScript")) {
        return Err(refused(b"JavaScript"));
    }
    if names.is_ok_and(|names| names.has(b"Renditions")) {
        return Err(refused(b"Rendition"));
    }
    if catalog.get_deref(b"NeedsRendering", document).and_then(Object::as_bool).unwrap_or(false) {
        return Err(Refusal::active("a form that programs draw"));
    }
    happens(document, catalog, b"OpenAction", When::Unasked)
}

fn moves(document: &Document, object: &Object) -> Result<(), Refusal> {
    match object {
        Object::Array(items) => items.iter().try_for_each(|item| moves(document, item)),
        Object::Dictionary(dictionary) => moves_in(document, dictionary),
        Object::Stream(stream) => {
            let imports = stream.dict.get_deref(b"Ref", document).and_then(Object::as_dict);
            if stream.dict.has(b"F") || imports.is_ok_and(|imports| imports.has(b"F")) {
                return Err(Refusal::active("something that is loaded from elsewhere"));
            }
            moves_in(document, &stream.dict)
        }
        _ => Ok(()),
    }
}

fn moves_in(document: &Document, dictionary: &Dictionary) -> Result<(), Refusal> {
    // These are nothing else, wherever they stand.
    match name(document, dictionary, b"S") {
        found @ (b"JavaScript" | b"Launch" | b"ImportData") => return Err(refused(found)),
        b"Rendition" if dictionary.has(b"JS") => return Err(refused(b"JavaScript")),
        _ if dictionary.has(b"OnInstantiate") => return Err(refused(b"JavaScript")),
        _ => {}
    }
    let holds =
        |key| dictionary.get_deref(key, document).and_then(Object::as_dict).is_ok_and(|files| !files.is_empty());
    if holds(b"EF") || holds(b"RF") || name(document, dictionary, b"Type") == b"EmbeddedFile" {
        return Err(Refusal::active("another file"));
    }
    if name(document, dictionary, b"S") == b"GoTo" && dictionary.has(b"F") {
        return Err(refused(b"GoToR"));
    }
    if matches!(name(document, dictionary, b"Subtype"), b"RichMedia" | b"Movie" | b"Sound") {
        return Err(Refusal::active("something that plays by itself"));
    }
    if name(document, dictionary, b"Type") == b"Action" {
        done(document, dictionary, When::Clicked, CHAIN)?;
    }
    happens(document, dictionary, b"A", When::Clicked)?;
    happens(document, dictionary, b"PA", When::Clicked)?;
    if let Ok(events) = dictionary.get_deref(b"AA", document).and_then(Object::as_dict) {
        events.iter().try_for_each(|(event, _)| happens(document, events, event, When::Unasked))?;
    }
    dictionary.iter().try_for_each(|(_, value)| moves(document, value))
}

fn happens(document: &Document, dictionary: &Dictionary, event: &[u8], when: When) -> Result<(), Refusal> {
    match dictionary.get_deref(event, document).and_then(Object::as_dict) {
        Ok(action) => done(document, action, when, CHAIN),
        Err(_) => Ok(()),
    }
}

/// Passes an action that is in the list, and those that come after it.
fn done(document: &Document, action: &Dictionary, when: When, chain: usize) -> Result<(), Refusal> {
    match name(document, action, b"S") {
        // What has no kind is no action.
        b"" => return Ok(()),
        b"GoTo" | b"Hide" | b"SetOCGState" | b"Trans" => {}
        b"Named" if TURNING.contains(&name(document, action, b"N")) => {}
        b"Named" if when == When::Clicked && ASKED.contains(&name(document, action, b"N")) => {}
        b"ResetForm" if when == When::Clicked => {}
        b"Thread" if when == When::Clicked && !action.has(b"F") => {}
        b"URI" if when == When::Clicked => drop(judge(&address(action.get_deref(b"URI", document).ok()))?),
        _ if when == When::Unasked => return Err(Refusal::active("something that is done without a click")),
        found => return Err(refused(found)),
    }
    let chain = chain.checked_sub(1).ok_or(Refusal::Damaged)?;
    let next = match action.get_deref(b"Next", document) {
        Ok(Object::Array(next)) => next.as_slice(),
        Ok(next) => std::slice::from_ref(next),
        Err(_) => return Ok(()),
    };
    next.iter().try_for_each(|next| {
        let next = document.dereference(next).map(|(_, next)| next).and_then(Object::as_dict);
        next.map_or(Ok(()), |next| done(document, next, when, chain))
    })
}

fn refused(action: &[u8]) -> Refusal {
    Refusal::active(match action {
        b"JavaScript" => "a script",
        b"Launch" => "something that starts a program",
        b"SubmitForm" => "a form that is sent elsewhere",
        b"GoToR" | b"GoToE" | b"GoToDp" | b"Thread" => "a link to another file",
        b"Sound" | b"Movie" | b"Rendition" | b"RichMediaExecute" | b"GoTo3DView" => "something that plays",
        b"ImportData" => "something that is loaded from elsewhere",
        _ => "something that programs do when one clicks",
    })
}

/// Where a link leads, as programs read it.
fn address(written: Option<&Object>) -> String {
    let written = written.and_then(|written| written.as_str().ok()).unwrap_or_default();
    match written.strip_prefix(b"\xfe\xff") {
        Some(wide) => {
            let (units, _) = wide.as_chunks();
            char::decode_utf16(units.iter().map(|unit| u16::from_be_bytes(*unit)))
                .map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        None => String::from_utf8_lossy(written).into_owned(),
    }
}

/// Has the links that may not be followed lead nowhere.
pub(super) fn lose_links(document: &mut Document) {
    let mut elsewhere = BTreeSet::new();
    for object in document.objects.values() {
        find_links(document, object, &mut elsewhere);
    }
    for (id, object) in &mut document.objects {
        if elsewhere.contains(id) {
            lose(object);
        }
        lose_within(object);
    }
}

/// Links that are not written where they belong, but as objects of their own.
fn find_links(document: &Document, object: &Object, found: &mut BTreeSet<ObjectId>) {
    let dictionary = match object {
        Object::Array(items) => return items.iter().for_each(|item| find_links(document, item, found)),
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        _ => return,
    };
    if let Ok(link) = dictionary.get(b"URI") {
        found.extend(document.dereference(link).ok().and_then(|(id, _)| id));
    }
    dictionary.iter().for_each(|(_, value)| find_links(document, value, found));
}

fn lose_within(object: &mut Object) {
    let dictionary = match object {
        Object::Array(items) => return items.iter_mut().for_each(lose_within),
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &mut stream.dict,
        _ => return,
    };
    if let Ok(link) = dictionary.get_mut(b"URI") {
        lose(link);
    }
    dictionary.iter_mut().for_each(|(_, value)| lose_within(value));
}

fn lose(link: &mut Object) {
    if matches!(link, Object::String(..)) && judge(&address(Some(link))) != Ok(Link::Kept) {
        *link = Object::string_literal(NOWHERE);
    }
}
