//! What is taken out of the parts of Word and Excel documents.

use quick_xml::events::BytesStart;

use super::{
    Fate,
    relationships::{Parts, Relations, source},
    xml::{Element, Rules, SOMEBODY, value},
};
use crate::attachments::refusal::Refusal;

/// Fields that fetch something, or have another program do something, when a document is opened or printed.
const ACTIVE_FIELDS: [&str; 8] =
    ["DDE", "DDEAUTO", "LINK", "EMBED", "IMPORT", "INCLUDEPICTURE", "INCLUDETEXT", "DATABASE"];

/// Functions of Excel that fetch something.
const ACTIVE_FUNCTIONS: [&str; 3] = ["WEBSERVICE(", "IMAGE(", "RTD("];

/// What the beginning of a field may have, or a formula until a function's name.
const LONG: usize = 1024;

/// What becomes of a part of this name, in lower case.
pub(super) fn fate(name: &str, parts: &Parts) -> Fate {
    if name == "[content_types].xml" {
        return Fate::Rewritten(Box::new(Text::default()));
    }
    if let Some(source) = source(name) {
        let belongs = source.is_empty() || parts.show(&source);
        return if belongs { Fate::Rewritten(Box::new(Relations::of(source))) } else { Fate::Dropped };
    }
    if !parts.show(name) {
        return Fate::Dropped;
    }
    match name.rsplit('.').next() {
        Some("xml" | "vml" | "svg") => Fate::Rewritten(Box::new(Text::default())),
        _ => Fate::Kept,
    }
}

/// The rules for everything that is XML in them.
#[derive(Default)]
struct Text {
    /// The instruction of the field that is read now, as far as it came.
    instruction: String,
    /// What the text that comes now is.
    within: Within,
}

#[derive(Default, PartialEq, Eq)]
enum Within {
    #[default]
    Words,
    Instruction,
    Formula,
}

impl Rules for Text {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        self.within = Within::Words;
        Ok(match element.local_name().as_ref() {
            // Where the template lies and what it noted, whose data stand in a field, where a diagram's numbers lie, and
            // in which folder of whose the document lay.
            "attachedTemplate" | "docVars" | "dataBinding" | "externalData" | "absPath" => Element::Dropped,
            // Who wrote remarks, in Excel; what a drawing program says of a drawing.
            "author" => Element::Saying(SOMEBODY),
            "metadata" => Element::Dropped,
            "ddeLink" | "oleLink" => return Err(Refusal::active("a connection to another program")),
            "fldChar" => {
                self.instruction.clear();
                Element::Kept
            }
            "fldSimple" => {
                check_field(&value(element, "instr"))?;
                Element::Kept
            }
            "instrText" => {
                self.within = Within::Instruction;
                Element::Kept
            }
            "f" => {
                self.instruction.clear();
                self.within = Within::Formula;
                Element::Kept
            }
            _ => Element::Kept,
        })
    }

    fn attribute<'a>(&mut self, element: &str, name: &str, value: &'a str) -> Option<&'a str> {
        match (element, name) {
            (_, "author" | "userName") | ("person", "displayName" | "userId") => Some(SOMEBODY),
            (_, "initials") => Some("A"),
            // Of the printer, which stays behind.
            ("pageSetup", "id") => None,
            _ => Some(value),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if self.within == Within::Words {
            return Ok(());
        }
        let room = LONG.saturating_sub(self.instruction.chars().count());
        self.instruction.extend(text.chars().take(room));
        match self.within {
            Within::Instruction => check_field(&self.instruction),
            _ => check_formula(text),
        }
    }
}

fn check_field(instruction: &str) -> Result<(), Refusal> {
    let name = instruction.trim_start().split([' ', '\t', '\\', '"']).next().unwrap_or_default().to_uppercase();
    if ACTIVE_FIELDS.contains(&name.as_str()) {
        return Err(Refusal::active(format!("a field that fetches or starts something ({name})")));
    }
    Ok(())
}

fn check_formula(formula: &str) -> Result<(), Refusal> {
    let formula = formula.to_uppercase();
    let is_called = |function: &&&str| {
        formula.match_indices(**function).any(|(at, _)| {
            let before = formula.get(..at).and_then(|before| before.chars().next_back());
            before.is_none_or(|before| !before.is_alphanumeric() && before != '_')
        })
    };
    match ACTIVE_FUNCTIONS.iter().find(is_called) {
        Some(function) => Err(Refusal::active(format!("a function that fetches something ({function}…))"))),
        None => Ok(()),
    }
}
