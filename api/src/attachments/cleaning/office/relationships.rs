//! Which parts of an Office Open XML document belong to it, and what it reaches out to.

use std::collections::{HashMap, HashSet, VecDeque};

use quick_xml::events::BytesStart;

use super::{
    Archive, text,
    xml::{self, Element, Rules, value},
};
use crate::attachments::refusal::{Failure, Refusal};

/// What is said of a document beside what is seen, by what the relationship to it is called.
const ASIDE: [&str; 18] = [
    "core-properties",
    "extended-properties",
    "custom-properties",
    "thumbnail",
    "people",
    "customxml",
    "customxmlprops",
    "origin",
    "signature",
    "certificate",
    "printersettings",
    "classificationlabels",
    "usernames",
    "revisionheaders",
    "revisionlog",
    "extensibility",
    "keymapcustomizations",
    "attachedtoolbars",
];

/// What a relationship to something that loads or runs by itself is called, and what that is.
const ACTIVE: [(&str, &str); 11] = [
    ("oleobject", "an embedded object"),
    ("package", "an embedded document"),
    ("control", "a control that runs (ActiveX)"),
    ("activexcontrol", "a control that runs (ActiveX)"),
    ("activexcontrolbinary", "a control that runs (ActiveX)"),
    ("afchunk", "an embedded document"),
    ("subdocument", "an embedded document"),
    ("frame", "something that is loaded from elsewhere"),
    ("connections", "a connection to data elsewhere"),
    ("webextension", "a program from the web"),
    ("webextensiontaskpanes", "a program from the web"),
];

/// The parts that belong to a document and are shown, by their names in lower case.
pub(super) struct Parts(HashSet<String>);

impl Parts {
    /// Whether a part is shown.
    pub(super) fn show(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// Follows a document's relationships from its root.
///
/// # Errors
/// [`Refusal`], when something that belongs to it loads or runs by itself.
pub(super) fn read(archive: &mut Archive) -> Result<Parts, Failure> {
    let names: Vec<String> = (0..archive.len())
        .filter_map(|index| archive.name_for_index(index)?.ok())
        .map(|name| name.to_lowercase())
        .filter(|name| name.ends_with(".rels"))
        .collect();
    let mut targets = HashMap::new();
    for name in names {
        let Some(source) = source(&name) else { continue };
        let mut rules = Relations::of(source.clone());
        let text = text(archive, &name)?.ok_or(Refusal::Damaged)?;
        xml::look(text.as_bytes(), &mut rules)?;
        targets.insert(source, rules.targets);
    }
    let mut parts = HashSet::new();
    let mut waiting = VecDeque::from([String::new()]);
    while let Some(part) = waiting.pop_front() {
        for target in targets.remove(&part).unwrap_or_default() {
            if parts.insert(target.clone()) {
                waiting.push_back(target);
            }
        }
    }
    Ok(Parts(parts))
}

/// The part that a list of relationships belongs to: `word/document.xml` of `word/_rels/document.xml.rels`. That of the
/// whole document is empty.
pub(super) fn source(list: &str) -> Option<String> {
    let part = list.strip_suffix(".rels")?;
    let (folder, name) = part.rsplit_once("_rels/")?;
    Some(format!("{folder}{name}"))
}

/// A part that a relationship names, as it is called in the archive, in lower case.
fn resolved(source: &str, target: &str) -> String {
    let target = target.replace('\\', "/").to_lowercase();
    let target = percent_encoding::percent_decode_str(&target).decode_utf8_lossy().into_owned();
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What becomes of a relationship, and of the part at its other end.
pub(super) struct Relations {
    source: String,
    /// The parts that are shown, at the other ends.
    targets: Vec<String>,
}

impl Relations {
    /// Those of this part.
    pub(super) fn of(source: String) -> Self {
        Self { source, targets: Vec::new() }
    }

    fn is_shown(&self, kind: &str, target: &str, external: bool) -> Result<bool, Refusal> {
        if kind.starts_with("vba") || kind.starts_with("wordvba") || kind.contains("macrosheet") {
            return Err(Refusal::Macros);
        }
        if external {
            return match kind {
                "hyperlink" => Ok(true),
                // Word notes where the template lay from which a document was begun, under somebody's name.
                "attachedtemplate" if is_on_a_drive(target) => Ok(false),
                _ => Err(Refusal::active("something that is loaded from elsewhere")),
            };
        }
        // A diagram has its numbers twice: in itself, which is what is seen, and as a document within.
        if kind == "package" && self.source.contains("/charts/") {
            return Ok(false);
        }
        match ACTIVE.iter().find(|(name, _)| *name == kind) {
            Some((_, what)) => Err(Refusal::active(*what)),
            None => Ok(!ASIDE.contains(&kind)),
        }
    }
}

/// Whether an address is one of a drive of the writer's own machine: `file:///C:\...`, or a bare name.
fn is_on_a_drive(target: &str) -> bool {
    let path = target.to_lowercase().replace('\\', "/");
    let path = path.strip_prefix("file:///").unwrap_or(&path);
    let mut characters = path.chars();
    let drive = characters.next().is_some_and(|letter| letter.is_ascii_alphabetic());
    (drive && characters.next() == Some(':') && characters.next() == Some('/')) || !path.contains(['/', ':'])
}

impl Rules for Relations {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        if element.local_name().as_ref() != "Relationship" {
            return Ok(Element::Kept);
        }
        let target = value(element, "Target");
        let kind = value(element, "Type").to_lowercase();
        let kind = kind.rsplit('/').next().unwrap_or_default();
        let external = value(element, "TargetMode").eq_ignore_ascii_case("external");
        if !self.is_shown(kind, &target, external)? {
            return Ok(Element::Dropped);
        }
        if !external {
            self.targets.push(resolved(&self.source, &target));
        }
        Ok(Element::Kept)
    }

    fn attribute<'a>(&mut self, _: &str, _: &str, value: &'a str) -> Option<&'a str> {
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        assert_eq!(source("_rels/.rels").as_deref(), Some(""));
        assert_eq!(source("word/_rels/document.xml.rels").as_deref(), Some("word/document.xml"));
        for (source, target, part) in [
            ("", "word/document.xml", "word/document.xml"),
            ("word/document.xml", "media/Image1.PNG", "word/media/image1.png"),
            ("word/charts/chart1.xml", "../embeddings/a.xlsx", "word/embeddings/a.xlsx"),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "../../x%20y.xml", "x y.xml"),
        ] {
            assert_eq!(resolved(source, target), part);
        }
    }

    #[test]
    fn a_template_is_fetched_from_a_drive_alone() {
        for own in ["file:///C:\\Users\\Jens\\Normal.dotm", "file:///K:/Skabeloner/brev.dotx", "Normal.dotm"] {
            assert!(is_on_a_drive(own), "{own}");
        }
        for elsewhere in
            ["https://a.example/x.dotm", "\\\\server\\x.dotm", "file://server/x.dotm", "file:///\\\\s\\x.dotm"]
        {
            assert!(!is_on_a_drive(elsewhere), "{elsewhere}");
        }
    }
}
