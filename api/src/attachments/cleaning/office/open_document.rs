//! What is taken out of the parts of OpenDocuments.

use openapi::attachments::FileType;
use quick_xml::events::BytesStart;

use super::{
    Fate,
    active::check_formula,
    manifest::{self, Parts},
    xml::{Element, Rules, SOMEBODY, keeps, value, values},
};
use crate::attachments::refusal::Refusal;

/// What an OpenDocument says of itself, when it says nothing.
const NOTHING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
     <office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:version=\"1.3\">\
     <office:meta/></office:document-meta>";

/// What is loaded when a document is opened, when it lies elsewhere.
const LOADED: [&str; 8] = [
    "image",
    "object",
    "fill-image",
    "background-image",
    "section-source",
    "table-source",
    "cell-range-source",
    "audio",
];

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
        Some("xml" | "svg") => Fate::Rewritten(Box::new(Text)),
        _ => Fate::ByContent(Box::new(Text)),
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

    fn attribute<'a>(&mut self, _: &str, _: &str, value: &'a str) -> Option<&'a str> {
        Some(value)
    }
}

/// The rules for everything else that is XML.
struct Text;

impl Rules for Text {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        keeps(element, "text", ":text:1.0")?;
        for formula in values(element, |name| matches!(name, "formula" | "condition" | "expression")) {
            check_formula(&formula)?;
        }
        let name = element.name();
        let is_text = name.as_ref().starts_with("text:");
        Ok(match element.local_name().as_ref() {
            // Who wrote a remark or a change. What the text itself says of its author is text.
            "creator" | "initial-creator" | "creator-initials" | "sender-initials" if !is_text => {
                Element::Saying(SOMEBODY)
            }
            "metadata" => Element::Dropped,
            "config-item" if SETTINGS.contains(&value(element, "name").as_str()) => Element::Saying(""),
            "event-listener" | "script" => return Err(Refusal::Macros),
            // Of a format that depends on it.
            "condition" => {
                for condition in values(element, |name| name == "value") {
                    check_formula(&condition)?;
                }
                Element::Kept
            }
            "dde-connection-decl" | "dde-connection" | "dde-source" | "dde-link" => {
                return Err(Refusal::active("a connection to another program"));
            }
            "object-ole" | "plugin" | "applet" | "floating-frame" => {
                return Err(Refusal::active("an embedded object"));
            }
            loaded
                if LOADED.contains(&loaded)
                    && values(element, |name| name == "href").any(|href| is_elsewhere(&href)) =>
            {
                return Err(Refusal::active("something that is loaded from elsewhere"));
            }
            _ => Element::Kept,
        })
    }

    fn attribute<'a>(&mut self, _: &str, _: &str, value: &'a str) -> Option<&'a str> {
        Some(value)
    }
}

/// Whether an address leads out of the document.
fn is_elsewhere(href: &str) -> bool {
    let href = href.trim();
    href.contains(':') || href.starts_with(['/', '\\']) || href.starts_with("../")
}
