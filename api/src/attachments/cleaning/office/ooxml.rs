//! What is taken out of the parts of Word and Excel documents.

use quick_xml::events::BytesStart;

use super::{
    Fate,
    active::{Instructions, check_field, check_formula},
    relationships::{Parts, Relations, source},
    xml::{Element, Rules, SOMEBODY, keeps, values},
};
use crate::attachments::refusal::Refusal;

/// What becomes of a part of this name, in lower case.
pub(super) fn fate(name: &str, parts: &Parts) -> Fate {
    if name == "[content_types].xml" {
        return Fate::Rewritten(Box::new(Text::default()));
    }
    if let Some(source) = source(name) {
        let belongs = source.is_empty() || parts.show(&source);
        return if belongs { Fate::Rewritten(Box::new(Relations::of(source))) } else { Fate::Dropped };
    }
    if parts.number(name) {
        return Fate::Numbers;
    }
    if !parts.show(name) {
        return Fate::Dropped;
    }
    match name.rsplit('.').next() {
        Some("xml" | "vml" | "svg") => Fate::Rewritten(Box::new(Text::default())),
        _ => Fate::ByContent(Box::new(Text::default())),
    }
}

/// The rules for everything that is XML in them.
#[derive(Default)]
struct Text {
    instructions: Instructions,
}

impl Rules for Text {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        keeps(element, MATHEMATICS, "/math")?;
        for formula in values(element, holds_formula) {
            check_formula(&formula)?;
        }
        let name = element.local_name();
        Ok(match name.as_ref() {
            // Where the template lies and what it noted, whose data stand in a field, where a diagram's numbers lie, and
            // in which folder of whose the document lay.
            "attachedTemplate" | "docVars" | "dataBinding" | "externalData" | "absPath" => Element::Dropped,
            // Who wrote remarks, in Excel; what a drawing program says of a drawing.
            "author" => Element::Saying(SOMEBODY),
            "metadata" => Element::Dropped,
            "ddeLink" | "oleLink" => return Err(Refusal::active("a connection to another program")),
            "fldChar" => {
                self.instructions.begin();
                Element::Kept
            }
            "fldSimple" => {
                for instruction in values(element, |name| name == "instr") {
                    check_field(&instruction)?;
                }
                Element::Kept
            }
            "cfvo" => {
                for limit in values(element, |name| name == "val") {
                    check_formula(&limit)?;
                }
                Element::Kept
            }
            // A fraction in mathematics.
            "f" if element.name().prefix().is_some_and(|prefix| prefix.as_ref() == MATHEMATICS) => Element::Kept,
            name if is_instruction(name) || is_formula(name) => Element::Read,
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

    fn read(&mut self, element: &str, text: &str) -> Result<(), Refusal> {
        if is_instruction(element) { self.instructions.add(text) } else { check_formula(text) }
    }
}

/// The prefix of mathematics in Word, whose fractions are called as formulas are in Excel.
const MATHEMATICS: &str = "m";

/// Whether an element is a piece of a field's instruction, also of one that a reviewer has taken out and another may put
/// back.
fn is_instruction(element: &str) -> bool {
    matches!(element, "instrText" | "delInstrText")
}

/// Whether an element holds a formula: of cells and diagrams, names, conditions for formats and for what may be typed,
/// columns of tables, and controls.
fn is_formula(element: &str) -> bool {
    let formulas = [
        "f",
        "definedName",
        "formula",
        "formula1",
        "formula2",
        "calculatedColumnFormula",
        "totalsRowFormula",
        "oldFormula",
    ];
    formulas.contains(&element) || element.starts_with("Fmla")
}

/// Whether an attribute holds a formula.
fn holds_formula(attribute: &str) -> bool {
    matches!(attribute, "formula" | "textlink") || attribute.starts_with("fmla")
}
