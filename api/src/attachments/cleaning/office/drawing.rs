//! Drawings in SVG, which lie in documents as images do: what runs in one, what one loads, and what a program notes in it of
//! its maker.

use std::{borrow::Cow, io::Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use quick_xml::events::BytesStart;
use tempfile::NamedTempFile;

use super::{
    attributes::{attributes_of, values},
    xml::Element,
};
use crate::attachments::{
    cleaning::{links::judge, media},
    refusal::Refusal,
};

/// What drawing programs note for themselves: where a drawing and what was made of it lay.
const NOTED: [&str; 7] =
    ["docname", "export-filename", "absref", "inkscape-version", "output-extension", "output_extension", "base"];

/// Whether a part is a drawing: it is one from the element on that says so.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    is_one: bool,
}

impl Drawing {
    /// What becomes of an element that has its meaning from a drawing; nothing when it has none.
    ///
    /// # Errors
    /// [`Refusal::Macros`] for a script, [`Refusal::Active`] for what is loaded, and for pages of the web.
    pub(super) fn element(&mut self, element: &BytesStart<'_>) -> Result<Option<Element>, Refusal> {
        let name = element.local_name();
        match name.as_ref() {
            "script" => return Err(Refusal::Macros),
            "html" | "iframe" => return Err(Refusal::active("a page of the web")),
            "svg" => self.is_one = true,
            _ => {}
        }
        if !self.is_one {
            return Ok(None);
        }
        for (attribute, value) in attributes_of(element) {
            let mut signs = attribute.chars().skip(2);
            if attribute.starts_with("on") && signs.next().is_some() {
                return Err(Refusal::Macros);
            }
            check_style(&value)?;
        }
        for target in values(element, |attribute| matches!(attribute, "href" | "src")) {
            let target = target.trim();
            if name.as_ref() == "a" {
                judge(target)?;
            } else if !target.is_empty() && !target.starts_with('#') && !target.starts_with(IMAGE) {
                return Err(Refusal::active("something that is loaded from elsewhere"));
            }
        }
        Ok(match name.as_ref() {
            // Of programs for themselves, and of the web for those that are no browsers.
            "metadata" | "namedview" | "foreignObject" => Some(Element::Dropped),
            "style" | "title" | "desc" => Some(Element::Read),
            _ => None,
        })
    }

    /// What stands in the place of an attribute that has its meaning from a drawing.
    pub(super) fn attribute<'a>(&self, name: &str, value: &'a str) -> Option<Option<Cow<'a, str>>> {
        if !self.is_one {
            return None;
        }
        if NOTED.contains(&name) {
            return Some(None);
        }
        let image = value.trim().strip_prefix(IMAGE).filter(|_| name == "href")?;
        Some(cleaned(image).map(Cow::Owned))
    }

    /// Whether an address is an image that is written into a drawing.
    pub(super) fn holds(&self, address: &str) -> bool {
        self.is_one && address.trim().starts_with(IMAGE)
    }

    /// Whether an element's text is how a drawing looks.
    pub(super) fn is_style(&self, element: &str) -> bool {
        self.is_one && element == "style"
    }
}

/// What an image begins with that is written into a drawing.
const IMAGE: &str = "data:image/";

/// An image that is written into a drawing, cleaned as one beside it would be; nothing when that cannot be done.
fn cleaned(image: &str) -> Option<String> {
    let (kind, packed) = image.split_once(";base64,")?;
    let packed: String = packed.split_ascii_whitespace().collect();
    let mut spilled = NamedTempFile::new().ok()?;
    spilled.write_all(&STANDARD.decode(packed).ok()?).ok()?;
    let mut cleaned = Vec::new();
    media::clean(&spilled.into_temp_path(), &mut cleaned).ok()?;
    let kind: String = kind.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').collect();
    Some(format!("{IMAGE}{kind};base64,{}", STANDARD.encode(cleaned)))
}

/// Passes how something looks that loads nothing.
///
/// # Errors
/// [`Refusal::Active`].
pub(super) fn check_style(style: &str) -> Result<(), Refusal> {
    let style = style.to_lowercase();
    let lies_elsewhere = |(at, begin): (usize, &str)| {
        let target = style.get(at + begin.len()..).unwrap_or_default();
        let target = target.trim_start_matches(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '\''));
        !target.starts_with('#') && !target.starts_with("data:")
    };
    if style.contains("@import") || style.match_indices("url(").any(lies_elsewhere) {
        return Err(Refusal::active("something that is loaded from elsewhere"));
    }
    Ok(())
}
