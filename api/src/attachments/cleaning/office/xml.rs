//! Takes things out of XML while it runs past: an event of it is in memory at a time, and the text of an element that the
//! rules want to read.

use std::{
    borrow::Cow,
    io::{BufRead, Write},
};

use quick_xml::{
    Reader, Writer,
    errors::Error,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesDecl, BytesRef, BytesStart, BytesText, Event},
};

use super::gathering::Gathering;
use crate::attachments::refusal::{Failure, Refusal};

/// Who wrote something, where a document must say it of somebody.
pub(super) const SOMEBODY: &str = "Author";

/// How deep elements may lie in each other. Tables in drawings in tables are some fifty.
const DEEP: usize = 512;

/// Pieces of XML that one document may have in all its parts: elements' beginnings and ends, texts, remarks. A sheet of a
/// million cells has six million.
const PIECES: u64 = 8_000_000;

/// What becomes of an element.
pub(super) enum Element {
    /// It stays, with its attributes as [`Rules::attribute`] says.
    Kept,
    /// It goes, with everything in it. What is in it is looked at all the same: the original holds it.
    Dropped,
    /// It stays, and this stands in it.
    Saying(&'static str),
    /// It stays, and [`Rules::read`] is told what stands in it.
    Read,
}

/// What is taken out of a part, and what it must not hold.
pub(super) trait Rules {
    /// What becomes of an element.
    ///
    /// # Errors
    /// [`Refusal`], when no document with it is taken.
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal>;

    /// What stands in an attribute's place: nothing to leave it out.
    fn attribute<'a>(&mut self, element: &str, name: &str, value: &'a str) -> Option<&'a str>;

    /// Reads the whole text of an element, by its name without prefix, as a program would: remarks, the edges of CDATA and
    /// entities are not in it. Called a second time when other elements lie in it, with their text too.
    ///
    /// # Errors
    /// As [`Rules::element`].
    fn read(&mut self, _element: &str, _text: &str) -> Result<(), Refusal> {
        Ok(())
    }
}

/// How much XML a document may still have.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(PIECES)
    }
}

impl Budget {
    /// So many pieces.
    #[cfg(test)]
    pub(super) fn of(pieces: u64) -> Self {
        Self(pieces)
    }

    fn spend(&mut self) -> Result<(), Refusal> {
        self.0 = self.0.checked_sub(1).ok_or(Refusal::UnpacksTooLarge)?;
        Ok(())
    }
}

/// An attribute's value, by its name without prefix; empty when there is none.
pub(super) fn value(element: &BytesStart<'_>, wanted: &str) -> String {
    values(element, |name| name == wanted).next().unwrap_or_default()
}

/// The values of all attributes whose names without prefix are wanted: which of two counts is the prefix's business.
pub(super) fn values(element: &BytesStart<'_>, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = String> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes
        .flatten()
        .filter(move |attribute| wanted(attribute.key.local_name().as_ref()))
        .map(|attribute| decoded(&attribute.value))
}

/// The value of the attribute that has this name and no prefix; empty when there is none.
pub(super) fn plain(element: &BytesStart<'_>, wanted: &str) -> String {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.as_ref() == wanted);
    found.map(|attribute| decoded(&attribute.value)).unwrap_or_default()
}

/// Passes unless an element gives a prefix another meaning than all programs give it, which would hide what elements are.
/// `meaning` is how the namespace's address ends.
///
/// # Errors
/// [`Refusal::Damaged`].
pub(super) fn keeps(element: &BytesStart<'_>, prefix: &str, meaning: &str) -> Result<(), Refusal> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let declares = |key: &str| key.strip_prefix("xmlns:") == Some(prefix);
    let means_another = attributes
        .flatten()
        .any(|attribute| declares(attribute.key.as_ref()) && !decoded(&attribute.value).ends_with(meaning));
    if means_another { Err(Refusal::Damaged) } else { Ok(()) }
}

/// Text without its entities, one by one: those that XML does not know of itself stay, and hide none of the others.
fn decoded(text: &str) -> String {
    if let Ok(decoded) = unescape(text) {
        return decoded.into_owned();
    }
    let piece = |piece: &str| match piece.find(';') {
        Some(end) if piece.starts_with('&') => {
            let (entity, rest) = piece.split_at(end + 1);
            let entity = unescape(entity).unwrap_or(Cow::Borrowed(entity));
            format!("{entity}{rest}")
        }
        _ => piece.to_owned(),
    };
    let mut pieces = text.split('&');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |decoded, rest| decoded + &piece(&format!("&{rest}")))
}

/// Goes through XML for the rules alone.
///
/// # Errors
/// As [`rewrite`].
pub(super) fn look(input: impl BufRead, rules: &mut dyn Rules, budget: &mut Budget) -> Result<(), Failure> {
    rewrite(input, std::io::sink(), rules, budget)
}

/// Writes XML without what the rules take out, and without what no reader sees: remarks, instructions to programs, types.
///
/// # Errors
/// [`Refusal::Damaged`], [`Refusal::UnpacksTooLarge`] for what is too deep or too much, and what the rules refuse.
pub(super) fn rewrite(
    input: impl BufRead,
    output: impl Write,
    rules: &mut dyn Rules,
    budget: &mut Budget,
) -> Result<(), Failure> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().allow_dangling_amp = true;
    let mut writer = Writer::new(output);
    let mut buffer = Vec::new();
    let mut gathering = Gathering::default();
    // How deep the reader is, and from where on nothing is written, or nothing but the elements' ends.
    let (mut depth, mut silent_from, mut said_from) = (0_usize, None, None);
    let mut begun = false;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(fault)?;
        budget.spend()?;
        // In XML it stands nowhere: this is in a coding of two bytes a character, and says something else in it.
        if event.contains('\0') {
            return Err(Refusal::Damaged.into());
        }
        let quiet = silent_from.is_some() || said_from.is_some();
        match event {
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Refusal::Damaged.into()),
            Event::Start(start) => {
                depth += 1;
                if depth > DEEP {
                    return Err(Refusal::UnpacksTooLarge.into());
                }
                let fate = rules.element(&start)?;
                if matches!(fate, Element::Read) {
                    gathering.begin(start.local_name().as_ref(), depth)?;
                }
                match fate {
                    _ if quiet => {}
                    Element::Kept | Element::Read => writer.write_event(Event::Start(attributes(start, rules)))?,
                    Element::Dropped => silent_from = Some(depth),
                    Element::Saying(what) => {
                        said_from = Some(depth);
                        writer.write_event(Event::Start(attributes(start, rules)))?;
                        writer.write_event(Event::Text(BytesText::new(what)))?;
                    }
                }
            }
            Event::End(end) => {
                gathering.end(depth, rules)?;
                match (silent_from, said_from) {
                    (Some(from), _) if from == depth => silent_from = None,
                    (_, Some(from)) if from == depth => {
                        said_from = None;
                        writer.write_event(Event::End(end))?;
                    }
                    (None, None) => writer.write_event(Event::End(end))?,
                    _ => {}
                }
                depth = depth.saturating_sub(1);
            }
            // A type of its own could hide what an element or a name is.
            Event::DocType(kind) if kind.contains('[') => return Err(Refusal::Damaged.into()),
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Decl(said) => {
                let said = declaration(&said)?;
                // In the middle of a part it is none.
                if !begun {
                    writer.write_event(Event::Decl(said))?;
                }
            }
            Event::Empty(empty) => match rules.element(&empty)? {
                _ if quiet => {}
                Element::Dropped => {}
                _ => writer.write_event(Event::Empty(attributes(empty, rules)))?,
            },
            Event::Text(text) => {
                gathering.add(&text, depth)?;
                if !quiet {
                    writer.write_event(Event::Text(text))?;
                }
            }
            Event::CData(text) => {
                gathering.add(&text, depth)?;
                if !quiet {
                    writer.write_event(Event::CData(text))?;
                }
            }
            Event::GeneralRef(entity) => {
                if gathering.is_under_way() {
                    gathering.add(&meant(&entity)?, depth)?;
                }
                if !quiet {
                    writer.write_event(Event::GeneralRef(entity))?;
                }
            }
        }
        begun = true;
    }
}

/// What an entity in a text stands for. One that XML does not know of itself could stand for anything.
fn meant(entity: &BytesRef<'_>) -> Result<String, Refusal> {
    match entity.resolve_char_ref() {
        Ok(Some(sign)) => Ok(sign.to_string()),
        Ok(None) => resolve_predefined_entity(entity).map(str::to_owned).ok_or(Refusal::Damaged),
        Err(_) => Err(Refusal::Damaged),
    }
}

/// What a part says of itself as XML, and nothing that a person has written there. One that says to be in another
/// coding than it is read in could say something else in it.
fn declaration(said: &BytesDecl<'_>) -> Result<BytesDecl<'static>, Refusal> {
    let coding = match said.encoding() {
        Some(coding) => coding.map_err(|_| Refusal::Damaged)?.to_ascii_lowercase(),
        None => "utf-8".to_owned(),
    };
    if !["utf-8", "utf8", "us-ascii", "ascii"].contains(&coding.as_str()) {
        return Err(Refusal::Damaged);
    }
    let alone = said.standalone().is_some_and(|alone| alone.is_ok_and(|alone| alone == "yes"));
    Ok(BytesDecl::new("1.0", Some("UTF-8"), alone.then_some("yes")))
}

fn attributes<'a>(element: BytesStart<'a>, rules: &mut dyn Rules) -> BytesStart<'a> {
    let name = element.local_name().as_ref().to_owned();
    let mut changed = BytesStart::new(element.name().as_ref().to_owned());
    let mut is_changed = false;
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    for attribute in attributes.flatten() {
        let known = attribute.key.local_name();
        match rules.attribute(&name, known.as_ref(), &attribute.value) {
            Some(kept) => {
                is_changed |= kept != &*attribute.value;
                // As it stood there: it is escaped already.
                changed.push_attribute(quick_xml::events::attributes::Attribute {
                    key: attribute.key,
                    value: Cow::Borrowed(kept),
                });
            }
            None => is_changed = true,
        }
    }
    if is_changed { changed.into_owned() } else { element }
}

fn fault(error: Error) -> Failure {
    match error {
        Error::Io(error) => super::fault(std::io::Error::new(error.kind(), error)),
        _ => Refusal::Damaged.into(),
    }
}
