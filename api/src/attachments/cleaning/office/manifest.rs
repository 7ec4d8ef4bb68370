//! Which parts of an OpenDocument belong to it.

use std::{collections::HashSet, sync::Arc};

use percent_encoding::percent_decode_str;
use quick_xml::events::BytesStart;

use super::{
    Archive,
    attributes::values,
    index_of, text,
    xml::{self, Budget, Element, Rules},
};
use crate::attachments::refusal::{Failure, Refusal};

/// Folders that lie in each other. An object in a document lies in one.
const DEEP: usize = 16;

/// The list of an OpenDocument's parts.
pub(super) const NAME: &str = "meta-inf/manifest.xml";

/// The parts that an OpenDocument lists, by their names in lower case.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    listed: Arc<HashSet<String>>,
    /// Those that are there, and the folders in which they lie.
    places: Arc<HashSet<String>>,
}

impl Parts {
    /// Whether a part belongs to it.
    pub(super) fn list(&self, name: &str) -> bool {
        self.listed.contains(name)
    }

    /// Whether an address that stands in a part of this folder names a part, or a folder of parts, of the document.
    pub(super) fn hold(&self, folder: &str, address: &str) -> bool {
        let address = address.trim().split('#').next().unwrap_or_default().to_lowercase();
        let decoded = percent_decode_str(&address).decode_utf8_lossy();
        let is_there = |path: Option<String>| path.is_some_and(|path| self.places.contains(&path));
        // As it is written it may have a sign of percent in its name: both stay in the document.
        [folder, ""].iter().any(|folder| is_there(resolved(folder, &decoded))) && resolved(folder, &address).is_some()
    }
}

/// The part that an address in this folder names; nothing when it leaves the document on its way.
fn resolved(folder: &str, address: &str) -> Option<String> {
    if address.contains([':', '\\', '\0']) || address.starts_with('/') {
        return None;
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in address.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}

/// Reads an OpenDocument's list of its parts.
///
/// # Errors
/// [`Refusal::Protected`] when they are encrypted, [`Refusal::Damaged`] when there is no list.
pub(super) fn read(archive: &mut Archive, budget: &mut Budget) -> Result<Parts, Failure> {
    let index = index_of(archive, NAME).ok_or(Refusal::Damaged)?;
    let text = text(archive, index)?;
    let mut places = HashSet::new();
    for index in 0..archive.len() {
        let Some(Ok(name)) = archive.name_for_index(index) else { continue };
        let name = name.to_lowercase();
        let folders = name.match_indices('/').filter_map(|(at, _)| name.get(..at)).take(DEEP);
        places.extend(folders.map(str::to_owned));
        places.insert(name);
    }
    let mut listed = Listed(HashSet::new());
    xml::look(text.as_bytes(), &mut listed, budget)?;
    Ok(Parts { listed: Arc::new(listed.0), places: Arc::new(places) })
}

struct Listed(HashSet<String>);

impl Rules for Listed {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        match element.local_name().as_ref() {
            "encryption-data" => return Err(Refusal::Protected),
            "file-entry" => {
                self.0.extend(values(element, |name| name == "full-path").map(|path| path.to_lowercase()));
            }
            _ => {}
        }
        Ok(Element::Kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stays_in_the_document_and_names_a_part() {
        let places = ["pictures", "pictures/å 1.png", "object 1", "object 1/content.xml"].map(str::to_owned);
        let parts = Parts { listed: Arc::default(), places: Arc::new(HashSet::from(places)) };
        for (folder, there) in [
            ("", "Pictures/Å 1.png"),
            ("", "Pictures/%C3%A5%201.png#a"),
            ("", "./Object 1"),
            ("", "./Object 1/"),
            ("", "Pictures/../Object 1"),
            ("object 1", "../Pictures/å 1.png"),
            ("object 1", "Pictures/å 1.png"),
        ] {
            assert!(parts.hold(folder, there), "{there}");
        }
        for elsewhere in [
            "%2e%2e/%2e%2e/x.odt",
            "./../../x.png",
            "Pictures/../../Pictures/å 1.png",
            "Pictures/%2E%2E/../Pictures/å 1.png",
            "x.odt",
            "/Pictures/å 1.png",
            "http://evil/Pictures",
            "http%3a//evil",
            "..%5cx",
        ] {
            assert!(!parts.hold("", elsewhere), "{elsewhere}");
        }
    }
}
