//! Which parts of an Office Open XML document belong to it, and what it reaches out to.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet, VecDeque},
};

use quick_xml::events::BytesStart;

use super::{
    Archive,
    attributes::plain,
    text,
    xml::{self, Budget, Element, Rules},
};
use crate::attachments::{
    cleaning::links::{Link, NOWHERE, judge, judge_beginning},
    refusal::{Failure, Refusal},
};

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
const ACTIVE: [(&str, &str); 10] = [
    ("oleobject", "an embedded object"),
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

/// What a relationship to a diagram is called.
const DIAGRAMS: [&str; 2] = ["chart", "chartex"];

/// Folders of what is a document or a program of its own.
const DOCUMENTS_WITHIN: [&str; 2] = ["embeddings", "activex"];

/// The parts that belong to a document, by their names in lower case.
pub(super) struct Parts {
    shown: HashSet<String>,
    numbers: HashSet<String>,
    fonts: HashSet<String>,
}

impl Parts {
    /// Whether a part is shown.
    pub(super) fn show(&self, name: &str) -> bool {
        self.shown.contains(name)
    }

    /// Whether a part holds the numbers of a diagram, as a document of its own, and is nothing else.
    pub(super) fn number(&self, name: &str) -> bool {
        self.numbers.contains(name) && !self.show(name)
    }

    /// Whether a part is a font that a text is set in. Word scrambles its beginning.
    pub(super) fn font(&self, name: &str) -> bool {
        self.fonts.contains(name)
    }
}

/// Follows a document's relationships from its root.
///
/// # Errors
/// [`Refusal`], when something that belongs to it loads or runs by itself, or a document lies in it.
pub(super) fn read(archive: &mut Archive, budget: &mut Budget) -> Result<Parts, Failure> {
    let names: Vec<(usize, String)> = (0..archive.len())
        .filter_map(|index| Some((index, archive.name_for_index(index)?.ok()?.to_lowercase())))
        .collect();
    let mut lists = HashMap::new();
    for (index, name) in &names {
        let Some(source) = source(name) else { continue };
        let mut rules = Relations::of(source.clone());
        let text = text(archive, *index)?;
        xml::look(text.as_bytes(), &mut rules, budget)?;
        lists.insert(source, rules);
    }
    let (mut shown, mut diagrams, mut fonts) = (HashSet::new(), HashSet::new(), HashSet::new());
    let mut waiting = VecDeque::from([String::new()]);
    let mut packages: HashMap<String, Vec<String>> = HashMap::new();
    while let Some(part) = waiting.pop_front() {
        let Some(relations) = lists.remove(&part) else { continue };
        diagrams.extend(relations.diagrams);
        fonts.extend(relations.fonts);
        packages.insert(part, relations.packages);
        for target in relations.targets {
            if shown.insert(target.clone()) {
                waiting.push_back(target);
            }
        }
    }
    packages.extend(lists.into_iter().map(|(part, relations)| (part, relations.packages)));
    // A diagram has its numbers twice: in itself, which is what is seen, and as a document within.
    let mut numbers = HashSet::new();
    for (part, packages) in packages.into_iter().filter(|(_, packages)| !packages.is_empty()) {
        if !diagrams.contains(&part) {
            return Err(Refusal::active("an embedded document").into());
        }
        numbers.extend(packages);
    }
    let is_within = |name: &str| name.split('/').rev().skip(1).any(|folder| DOCUMENTS_WITHIN.contains(&folder));
    let is_numbers = |name: &str| numbers.contains(name) || source(name).is_some_and(|part| numbers.contains(&part));
    if names.iter().any(|(_, name)| !name.ends_with('/') && is_within(name) && !is_numbers(name)) {
        return Err(Refusal::active("an embedded document").into());
    }
    Ok(Parts { shown, numbers, fonts })
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
    /// Those of them that are diagrams.
    diagrams: Vec<String>,
    /// The documents within, at the other ends.
    packages: Vec<String>,
    /// The fonts among the parts that are shown.
    fonts: Vec<String>,
    /// The last of them is a link that leads nowhere.
    is_lost: bool,
}

impl Relations {
    /// Those of this part.
    pub(super) fn of(source: String) -> Self {
        Self {
            source,
            targets: Vec::new(),
            diagrams: Vec::new(),
            packages: Vec::new(),
            fonts: Vec::new(),
            is_lost: false,
        }
    }

    fn is_shown(kind: &str, target: &str, external: bool) -> Result<bool, Refusal> {
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
        self.is_lost = false;
        if element.local_name().as_ref() != "Relationship" {
            return Ok(Element::Kept);
        }
        let target = plain(element, "Target");
        let kind = plain(element, "Type").to_lowercase();
        let kind = kind.trim().rsplit('/').next().unwrap_or_default();
        let external = plain(element, "TargetMode").trim().eq_ignore_ascii_case("external");
        if kind == "package" && !external {
            // Whose it is, and whether it may be there, is known when all are read.
            self.packages.push(resolved(&self.source, &target));
            return Ok(Element::Dropped);
        }
        if !Self::is_shown(kind, &target, external)? {
            return Ok(Element::Dropped);
        }
        if kind == "hyperlink" {
            let link = if external { judge(&target)? } else { judge_beginning(&target)? };
            self.is_lost = link == Link::Lost;
        }
        if !external && !self.is_lost {
            let target = resolved(&self.source, &target);
            if kind == "font" {
                self.fonts.push(target.clone());
            }
            if DIAGRAMS.contains(&kind) {
                self.diagrams.push(target.clone());
            }
            self.targets.push(target);
        }
        Ok(Element::Kept)
    }

    fn attribute<'a>(&mut self, _: &str, name: &str, value: &'a str) -> Option<Cow<'a, str>> {
        Some(Cow::Borrowed(if self.is_lost && name == "Target" { NOWHERE } else { value }))
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
