//! What is taken out of the parts of Word and Excel documents.

use std::borrow::Cow;

use quick_xml::{escape::escape, events::BytesStart};

use super::{
    Fate,
    active::{Instructions, check_field, check_formula},
    attributes::{decoded, keeps, values},
    drawing::{Drawing, check_style},
    formulas::in_formula,
    hyperlinks::Instruction,
    places::{is_written_by_people, lost_place},
    relationships::{Parts, Relations, source},
    xml::{Element, Rules, SOMEBODY},
};
use crate::attachments::{
    cleaning::links::{Link, NOWHERE, judge_beginning, without_place},
    refusal::Refusal,
};

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
    if parts.font(name) {
        return Fate::Font;
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
    /// The instruction of the field that is read.
    instruction: Instruction,
    drawing: Drawing,
}

impl Rules for Text {
    fn element(&mut self, element: &BytesStart<'_>) -> Result<Element, Refusal> {
        keeps(element, MATHEMATICS, "/math")?;
        for formula in values(element, holds_formula) {
            check_formula(&formula)?;
            in_formula(&formula)?;
        }
        if let Some(fate) = self.drawing.element(element)? {
            return Ok(fate);
        }
        for link in values(element, |name| name == "href").filter(|link| !self.drawing.holds(link)) {
            judge_beginning(&link)?;
        }
        // Of an image in the older way of drawing. It is there by a relationship, or not at all.
        if values(element, |name| name == "src").any(|place| place.contains([':', '/', '\\'])) {
            return Err(Refusal::active("something that is loaded from elsewhere"));
        }
        for link in values(element, |name| name == "docLocation") {
            judge_beginning(&link)?;
        }
        for started in values(element, |name| name == "action") {
            check_action(&started)?;
        }
        let name = element.local_name();
        Ok(match name.as_ref() {
            // Where the template lies and what it noted, whose data stand in a field, where a diagram's numbers lie, and
            // in which folder of whose the document lay.
            "attachedTemplate" | "docVars" | "dataBinding" | "externalData" | "absPath" => Element::Dropped,
            // Where the addresses of letters lie, how people like to look at a workbook, which are called after them, and
            // where a page of the web was made of it.
            "mailMerge" | "customWorkbookViews" | "customSheetViews" | "webPublishItems" => Element::Dropped,
            "customWorkbookView" | "customSheetView" | "webPublishItem" => Element::Dropped,
            // Who wrote remarks, in Excel; what a drawing program says of a drawing.
            "author" => Element::Saying(SOMEBODY),
            "metadata" => Element::Dropped,
            "ddeLink" | "oleLink" => return Err(Refusal::active("a connection to another program")),
            "fldChar" => {
                self.instructions.begin();
                self.instruction.end()?;
                Element::Kept
            }
            "fldSimple" => {
                for instruction in values(element, |name| name == "instr") {
                    check_field(&instruction)?;
                    Instruction::default().said(&instruction)?;
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

    fn attribute<'a>(&mut self, element: &str, name: &str, value: &'a str) -> Option<Cow<'a, str>> {
        if let Some(drawn) = self.drawing.attribute(name, value) {
            return drawn;
        }
        // What may not be said was refused when the element was.
        let rewritten = |said: &dyn Fn(&str) -> Option<String>| {
            Some(said(&decoded(value)).map_or(Cow::Borrowed(value), |said| Cow::Owned(escape(said).into_owned())))
        };
        let changed = |text: &str, said: Result<Cow<'_, str>, Refusal>| {
            said.ok().filter(|said| said != text).map(Cow::into_owned)
        };
        match (element, name) {
            (_, "author" | "userName") | ("person", "displayName") => Some(Cow::Borrowed(SOMEBODY)),
            (_, "refreshedBy" | "userId") | ("scenario", "user") => Some(Cow::Borrowed(SOMEBODY)),
            (_, "providerId" | "userProvider") => Some(Cow::Borrowed("None")),
            // Who may write, whose scenario it is and since when.
            ("permStart", "ed") | ("scenario", "comment") | (_, "securityDescriptor") => None,
            // Of which it is the name, in another document.
            (_, "macro") => Some(Cow::Borrowed("")),
            ("rangeSet" | "dataRef", "sheet" | "name") => Some(lost_place(value)),
            ("hyperlink", "docLocation") => match judge_beginning(&decoded(value)) {
                Ok(Link::Kept) => Some(lost_place(value)),
                _ => None,
            },
            (_, "initials") => Some(Cow::Borrowed("A")),
            // Of the printer, which stays behind; and a drawing once more, packed, for its own program alone.
            ("pageSetup", "id") | (_, "gfxdata") => None,
            (_, "href") if judge_beginning(&decoded(value)).is_ok_and(|link| link == Link::Lost) => {
                Some(Cow::Borrowed(NOWHERE))
            }
            ("fldSimple", "instr") => rewritten(&|text| changed(text, Instruction::default().said(text))),
            _ if holds_formula(name) => rewritten(&|text| changed(text, in_formula(text))),
            ("hyperlink", "location") => Some(lost_place(value)),
            _ if is_written_by_people(name) => Some(lost_place(value)),
            _ => Some(Cow::Borrowed(value)),
        }
    }

    fn read(&mut self, element: &str, text: &str) -> Result<(), Refusal> {
        match element {
            _ if self.drawing.is_style(element) => check_style(text),
            "title" | "desc" => Ok(()),
            _ if is_instruction(element) => self.instructions.add(text),
            _ => check_formula(text),
        }
    }

    fn said<'a>(&mut self, element: &str, text: &'a str) -> Result<Cow<'a, str>, Refusal> {
        match element {
            _ if self.drawing.is_style(element) => Ok(Cow::Borrowed(text)),
            "title" | "desc" => Ok(Cow::Borrowed(without_place(text))),
            _ if is_instruction(element) => self.instruction.said(text),
            _ => in_formula(text),
        }
    }
}

/// Passes what a click on a thing does in a presentation, from where things are copied.
///
/// # Errors
/// [`Refusal::Active`] for a program.
fn check_action(action: &str) -> Result<(), Refusal> {
    let action = action.trim().to_lowercase();
    let starts = |what: &&str| action.strip_prefix("ppaction://").is_some_and(|action| action.starts_with(*what));
    match ["program", "macro", "ole"].iter().find(|what| starts(what)) {
        Some(what) => Err(Refusal::active(format!("a click that starts something ({what})"))),
        None => Ok(()),
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
    matches!(attribute, "formula" | "textlink" | "macro") || attribute.starts_with("fmla")
}
