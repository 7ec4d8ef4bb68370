//! Which parts of an OpenDocument belong to it.

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use super::{
    Archive,
    attributes::values,
    index_of, text,
    xml::{self, Budget, Element, Rules},
};
use crate::attachments::refusal::{Failure, Refusal};

/// The list of an OpenDocument's parts.
pub(super) const NAME: &str = "meta-inf/manifest.xml";

/// The parts that an OpenDocument lists, by their names in lower case.
pub(super) struct Parts(HashSet<String>);

impl Parts {
    /// Whether a part belongs to it.
    pub(super) fn list(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// Reads an OpenDocument's list of its parts.
///
/// # Errors
/// [`Refusal::Protected`] when they are encrypted, [`Refusal::Damaged`] when there is no list.
pub(super) fn read(archive: &mut Archive, budget: &mut Budget) -> Result<Parts, Failure> {
    let index = index_of(archive, NAME).ok_or(Refusal::Damaged)?;
    let text = text(archive, index)?;
    let mut listed = Listed(HashSet::new());
    xml::look(text.as_bytes(), &mut listed, budget)?;
    Ok(Parts(listed.0))
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
