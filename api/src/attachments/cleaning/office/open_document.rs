//! What is taken out of the parts of OpenDocuments.

use std::borrow::Cow;

use openapi::attachments::FileType;
use quick_xml::{escape::escape, events::BytesStart};

use super::{
    Fate,
    active::check_open_formula,
    attributes::{decoded, keeps, value, values},
    drawing::{Drawing, check_style},
    formulas::in_formula,
    manifest::{self, Parts},
    places::{is_written_by_people, lost_place},
    xml::{Element, Rules, SOMEBODY},
};
use crate::attachments::{
    cleaning::links::{Link, NOWHERE, judge, judge_beginning, without_place},
    refusal::Refusal,
};

/// What an OpenDocument says of itself, when it says nothing.
const NOTHING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
     <office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:version=\"1.3\">\
     <office:meta/></office:document-meta>";

/// What a reader clicks. Wherever else an address stands, a program loads what lies there, or sends something to it.
const CLICKED: [&str; 5] = ["a", "area-rectangle", "area-circle", "area-polygon", "button"];

/// Settings that name printers, which are called after people and rooms, and sources of letters.
const SETTINGS: [&str; 6] = [
    "PrinterName",
    "PrinterSetup",
    "PrintFaxName",
    "CurrentDatabaseDataSource",
    "CurrentDatabaseCommand",
    "EmbeddedDatabaseName",
];

/// What becomes of a part of this name, in lower case.
pub(super) fn fate(name: &str, parts: &Parts) -> Fate {
    if name == "mimetype" {
        return Fate::Replaced(FileType::Odt.media_type());
    }
    if name == manifest::NAME {
        return Fate::Rewritten(Box::new(List));
    }
    if name.starts_with(VERSIONS) {
        return Fate::LeftOut;
    }
    if is_aside(name) || !parts.list(name) {
        return Fate::Dropped;
    }
    if name == "meta.xml" || name.ends_with("/meta.xml") {
        return Fate::Replaced(NOTHING);
    }
    match name.rsplit('.').next() {
        Some("xml" | "svg") => Fate::Rewritten(Box::new(Text::of(name, parts))),
        _ => Fate::ByContent(Box::new(Text::of(name, parts))),
    }
}

/// The folder of earlier versions, each of which is a document of its own.
const VERSIONS: &str = "versions/";

/// A small image of the first page, earlier versions, who has signed, what the program's window looked like, and what else
/// is said of the document.
fn is_aside(name: &str) -> bool {
    let folders = ["thumbnails/", VERSIONS, "meta-inf/", "configurations2/"];
    folders.iter().any(|folder| name.starts_with(folder))
        || name == "versionlist.xml"
        || name == "layout-cache"
        || name.ends_with(".rdf")
}

/// The rules for the list of parts.
struct List;

impl Rules for List {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        let is_part = element.local_name().as_ref() == "file-entry";
        let stays_behind = is_part && is_aside(&value(element, "full-path").to_lowercase());
        Ok(if stays_behind { Element::Dropped } else { Element::Kept })
    }
}

/// The rules for everything else that is XML.
struct Text {
    drawing: Drawing,
    /// In which folder the part lies, in lower case.
    folder: String,
    parts: Parts,
}

impl Text {
    fn of(name: &str, parts: &Parts) -> Self {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        Self { drawing: Drawing::default(), folder, parts: parts.clone() }
    }

    /// Whether an element has an address that leads out of the document and that no reader clicks.
    fn loads_from_elsewhere(&self, element: &BytesStart<'_>) -> bool {
        let name = element.local_name();
        let name = name.as_ref();
        // A diagram names the document in which it lies.
        let is_within = |address: &str| name == "chart" && matches!(address, "." | "..");
        values(element, |attribute| loads(name, attribute)).any(|address| {
            let address = address.trim();
            let is_place = address.is_empty() || address.starts_with('#');
            !is_place && !is_within(address) && !self.drawing.holds(address) && !self.parts.hold(&self.folder, address)
        })
    }
}

impl Rules for Text {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        keeps(element, "text", ":text:1.0")?;
        for formula in values(element, holds_formula) {
            check_open_formula(&formula)?;
            in_formula(&formula)?;
        }
        if element.local_name().as_ref() == "event-listener" {
            return Err(Refusal::Macros);
        }
        if let Some(fate) = self.drawing.element(element)? {
            return Ok(fate);
        }
        for link in values(element, |name| name == "href").filter(|link| !self.drawing.holds(link)) {
            judge_beginning(&link)?;
        }
        if self.loads_from_elsewhere(element) {
            return Err(Refusal::active("something that is loaded from elsewhere"));
        }
        let name = element.name();
        let is_text = name.as_ref().starts_with("text:");
        Ok(match element.local_name().as_ref() {
            // Who wrote a remark or a change. What the text itself says of its author is text.
            "creator" | "initial-creator" | "creator-initials" | "sender-initials" if !is_text => {
                Element::Saying(SOMEBODY)
            }
            "metadata" => Element::Dropped,
            // What an image is called and shows, which is said in words and not in attributes.
            "title" | "desc" if !is_text => Element::Read,
            "config-item" if SETTINGS.contains(&value(element, "name").as_str()) => Element::Saying(""),
            // Of a format that depends on it.
            "condition" => {
                for condition in values(element, |name| name == "value") {
                    check_open_formula(&condition)?;
                }
                Element::Kept
            }
            "dde-connection-decl" | "dde-connection" | "dde-source" | "dde-link" => {
                return Err(Refusal::active("a connection to another program"));
            }
            "object-ole" | "plugin" | "applet" | "floating-frame" => {
                return Err(Refusal::active("an embedded object"));
            }
            _ => Element::Kept,
        })
    }

    fn attribute<'a>(&mut self, element: &str, name: &str, value: &'a str) -> Option<Cow<'a, str>> {
        if let Some(drawn) = self.drawing.attribute(name, value) {
            return drawn;
        }
        // What may not be said was refused when the element was.
        let link = |judge: fn(&str) -> Result<Link, Refusal>| match judge(&decoded(value)) {
            Ok(Link::Kept) => Some(Cow::Borrowed(value)),
            _ => Some(Cow::Borrowed(NOWHERE)),
        };
        match (element, name) {
            (clicked, "href") if CLICKED.contains(&clicked) => link(judge),
            // What is loaded lies in the document.
            (_, "href") => Some(Cow::Borrowed(value)),
            // Where a drawing's addresses begin.
            (_, "base") => None,
            // A source of letters by its name stays.
            (_, "database-name" | "datasource") if decoded(value).contains(['/', '\\', ':']) => Some(Cow::Borrowed("")),
            _ if holds_formula(name) => {
                let formula = decoded(value);
                let said = in_formula(&formula).ok().filter(|said| *said != formula);
                Some(said.map_or(Cow::Borrowed(value), |said| Cow::Owned(escape(said).into_owned())))
            }
            _ if is_written_by_people(name) => Some(lost_place(value)),
            _ => Some(Cow::Borrowed(value)),
        }
    }

    fn read(&mut self, element: &str, text: &str) -> Result<(), Refusal> {
        if self.drawing.is_style(element) { check_style(text) } else { Ok(()) }
    }

    fn said<'a>(&mut self, element: &str, text: &'a str) -> Result<Cow<'a, str>, Refusal> {
        Ok(Cow::Borrowed(if self.drawing.is_style(element) { text } else { without_place(text) }))
    }
}

/// Whether an attribute holds a formula.
fn holds_formula(attribute: &str) -> bool {
    matches!(attribute, "formula" | "condition" | "expression")
}

/// Whether a program loads what lies at the address that is in an attribute, or sends something there.
fn loads(element: &str, attribute: &str) -> bool {
    match attribute {
        "href" => !CLICKED.contains(&element),
        "src" | "image-data" => true,
        "action" => element == "submission",
        "resource" => matches!(element, "submission" | "instance"),
        "schema" => element == "model",
        _ => false,
    }
}
