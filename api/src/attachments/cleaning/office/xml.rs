//! Takes things out of XML while it runs past: an event of it is in memory at a time.

use std::io::{BufRead, Write};

use quick_xml::{
    Reader, Writer,
    errors::Error,
    events::{BytesStart, BytesText, Event},
};

use crate::attachments::refusal::{Failure, Refusal};

/// Who wrote something, where a document must say it of somebody.
pub(super) const SOMEBODY: &str = "Author";

/// What becomes of an element.
pub(super) enum Element {
    /// It stays, with its attributes as [`Rules::attribute`] says.
    Kept,
    /// It goes, with everything in it.
    Dropped,
    /// It stays, and this stands in it.
    Saying(&'static str),
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

    /// Sees text.
    ///
    /// # Errors
    /// As [`Rules::element`].
    fn text(&mut self, _text: &str) -> Result<(), Refusal> {
        Ok(())
    }
}

/// An attribute's value, by its name without prefix; empty when there is none.
pub(super) fn value(element: &BytesStart<'_>, wanted: &str) -> String {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == wanted);
    found.map(|attribute| decoded(&attribute.value)).unwrap_or_default()
}

/// Text without its entities. Those that XML does not know of itself stay.
fn decoded(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// Goes through XML for the rules alone.
///
/// # Errors
/// [`Refusal::Damaged`], and what the rules refuse.
pub(super) fn look(input: impl BufRead, rules: &mut dyn Rules) -> Result<(), Failure> {
    rewrite(input, std::io::sink(), rules)
}

/// Writes XML without what the rules take out, and without remarks.
///
/// # Errors
/// [`Refusal::Damaged`], and what the rules refuse.
pub(super) fn rewrite(input: impl BufRead, output: impl Write, rules: &mut dyn Rules) -> Result<(), Failure> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().allow_dangling_amp = true;
    let mut writer = Writer::new(output);
    let mut buffer = Vec::new();
    // How deep the reader is, and from where on nothing is written, or nothing but the elements' ends.
    let (mut depth, mut silent_from, mut said_from) = (0_usize, None, None);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(fault)?;
        let quiet = silent_from.is_some() || said_from.is_some();
        match event {
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Refusal::Damaged.into()),
            Event::Start(_) if quiet => depth += 1,
            Event::Start(start) => {
                depth += 1;
                match rules.element(&start)? {
                    Element::Kept => writer.write_event(Event::Start(attributes(start, rules)))?,
                    Element::Dropped => silent_from = Some(depth),
                    Element::Saying(what) => {
                        said_from = Some(depth);
                        writer.write_event(Event::Start(attributes(start, rules)))?;
                        writer.write_event(Event::Text(BytesText::new(what)))?;
                    }
                }
            }
            Event::End(end) => {
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
            Event::DocType(_) | Event::Comment(_) => {}
            Event::Decl(declaration) => writer.write_event(Event::Decl(declaration))?,
            _ if quiet => {}
            Event::Empty(empty) => match rules.element(&empty)? {
                Element::Dropped => {}
                Element::Kept | Element::Saying(_) => writer.write_event(Event::Empty(attributes(empty, rules)))?,
            },
            Event::Text(text) => {
                rules.text(&text)?;
                writer.write_event(Event::Text(text))?;
            }
            Event::CData(text) => {
                rules.text(&text)?;
                writer.write_event(Event::CData(text))?;
            }
            Event::GeneralRef(entity) => writer.write_event(Event::GeneralRef(entity))?,
            Event::PI(instruction) => writer.write_event(Event::PI(instruction))?,
        }
    }
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
                    value: std::borrow::Cow::Borrowed(kept),
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
