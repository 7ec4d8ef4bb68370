//! Takes things out of XML while it runs past: an event of it is in memory at a time, and the text of an element that the
//! rules want to read.

use std::{
    borrow::Cow,
    io::{BufRead, Write},
};

use quick_xml::{
    Reader, Writer,
    errors::Error,
    escape::resolve_predefined_entity,
    events::{BytesDecl, BytesRef, BytesStart, BytesText, Event, attributes::Attribute},
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
    /// It stays, [`Rules::read`] is told what stands in it, and [`Rules::said`] what comes in its place.
    Read,
}

/// What is taken out of a part, and what it must not hold.
pub(super) trait Rules {
    /// What becomes of an element.
    ///
    /// # Errors
    /// [`Refusal`], when no document with it is taken.
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal>;

    /// What stands in an attribute's place: nothing to leave it out. The value is as it is written, with its entities.
    fn attribute<'a>(&mut self, _element: &str, _name: &str, value: &'a str) -> Option<Cow<'a, str>> {
        Some(Cow::Borrowed(value))
    }

    /// Reads the whole text of an element, by its name without prefix, as a program would: remarks, the edges of CDATA and
    /// entities are not in it. Called a second time when other elements lie in it, with their text too.
    ///
    /// # Errors
    /// As [`Rules::element`].
    fn read(&mut self, _element: &str, _text: &str) -> Result<(), Refusal> {
        Ok(())
    }

    /// What comes in the place of a text that stands in an element which is read, up to the next element in it.
    ///
    /// # Errors
    /// As [`Rules::element`].
    fn said<'a>(&mut self, _element: &str, text: &'a str) -> Result<Cow<'a, str>, Refusal> {
        Ok(Cow::Borrowed(text))
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
    let mut held = String::new();
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
        if matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_))
            && !held.is_empty()
            && let Some(element) = gathering.read_at(depth)
        {
            writer.write_event(Event::Text(BytesText::new(&rules.said(element, &held)?)))?;
            held.clear();
        }
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
                if gathering.read_at(depth).is_some() && !quiet {
                    held.push_str(&text);
                } else if !quiet {
                    writer.write_event(Event::Text(text))?;
                }
            }
            Event::CData(text) => {
                gathering.add(&text, depth)?;
                if gathering.read_at(depth).is_some() && !quiet {
                    held.push_str(&text);
                } else if !quiet {
                    writer.write_event(Event::CData(text))?;
                }
            }
            Event::GeneralRef(entity) => {
                if gathering.is_under_way() {
                    gathering.add(&meant(&entity)?, depth)?;
                }
                if gathering.read_at(depth).is_some() && !quiet {
                    held.push_str(&meant(&entity)?);
                } else if !quiet {
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
                is_changed |= kept != attribute.value;
                // It is escaped already.
                changed.push_attribute(Attribute { key: attribute.key, value: kept });
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
