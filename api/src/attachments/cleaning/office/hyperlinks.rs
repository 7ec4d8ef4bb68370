//! Links that are written in a field of Word or in a formula.

use std::borrow::Cow;

use crate::attachments::{
    cleaning::links::{Link, NOWHERE, judge, judge_beginning},
    refusal::Refusal,
};

/// Bytes of one instruction. No program writes a hundredth of it.
const LONGEST: usize = 64 * 1024;

/// What makes a link, in both.
const HYPERLINK: &str = "HYPERLINK";

/// The instruction of a field, as far as it was read. It comes in pieces, of which each is written before the next is read.
#[derive(Debug, Default)]
pub(super) struct Instruction {
    read: String,
    /// Its link leads nowhere.
    is_lost: bool,
}

impl Instruction {
    /// Another field begins, or the one that was read has ended.
    pub(super) fn end(&mut self) {
        *self = Self::default();
    }

    /// What stands in the place of the next piece.
    ///
    /// # Errors
    /// As [`judge`]; [`Refusal::Damaged`] when it is endless.
    pub(super) fn said<'a>(&mut self, piece: &'a str) -> Result<Cow<'a, str>, Refusal> {
        if self.is_lost {
            return Ok(Cow::Borrowed(""));
        }
        let before = self.read.len();
        if before + piece.len() > LONGEST {
            return Err(Refusal::Damaged);
        }
        self.read.push_str(piece);
        let Some(target) = target(&self.read) else { return Ok(Cow::Borrowed(piece)) };
        // Backslashes are doubled there.
        let link = target.link.replace("\\\\", "\\");
        let link = if target.is_whole { judge(&link)? } else { judge_beginning(&link)? };
        if link == Link::Kept {
            return Ok(Cow::Borrowed(piece));
        }
        self.is_lost = true;
        let said = match target.at.checked_sub(before) {
            _ if before == 0 => format!(" {HYPERLINK} \"{NOWHERE}\" "),
            Some(at) => format!("{}{NOWHERE}\" ", piece.get(..at).unwrap_or_default()),
            None => "\" ".to_owned(),
        };
        Ok(Cow::Owned(said))
    }
}

/// Where a field leads.
struct Target<'a> {
    link: &'a str,
    /// Where in the instruction it begins.
    at: usize,
    /// Whether its end was read.
    is_whole: bool,
}

fn target(instruction: &str) -> Option<Target<'_>> {
    let begun = instruction.trim_start();
    let name = begun.get(..HYPERLINK.len()).filter(|name| name.eq_ignore_ascii_case(HYPERLINK))?;
    let mut rest = begun.get(name.len()..)?;
    loop {
        rest = rest.trim_start();
        let mut signs = rest.chars();
        match (signs.next()?, signs.next()) {
            ('\\', Some(switch)) if switch.is_ascii_alphabetic() => {
                rest = signs.as_str();
                // A place in the document, words that are seen above the link, a window: what follows is theirs.
                if matches!(switch, 'l' | 'L' | 'o' | 'O' | 't' | 'T') {
                    let (_, length, _) = argument(rest.trim_start());
                    rest = rest.trim_start().get(length..)?;
                }
            }
            _ => {
                let (link, _, is_whole) = argument(rest);
                let quote = usize::from(rest.starts_with('"'));
                return Some(Target { link, at: instruction.len() - rest.len() + quote, is_whole });
            }
        }
    }
}

/// The next argument, how long it is with its quotes, and whether its end is there.
fn argument(text: &str) -> (&str, usize, bool) {
    if let Some(quoted) = text.strip_prefix('"') {
        return match quoted.split_once('"') {
            Some((argument, _)) => (argument, argument.len() + 2, true),
            None => (quoted, text.len(), false),
        };
    }
    match text.split_once(char::is_whitespace) {
        Some((argument, _)) => (argument, argument.len(), true),
        None => (text, text.len(), false),
    }
}

/// A formula of which the links that are written in it lead where they may.
///
/// # Errors
/// As [`judge`].
pub(super) fn in_formula(formula: &str) -> Result<Cow<'_, str>, Refusal> {
    let upper = formula.to_ascii_uppercase();
    let (mut said, mut from) = (String::new(), 0);
    for (at, _) in upper.match_indices(HYPERLINK) {
        let rest = formula.get(at + HYPERLINK.len()..).unwrap_or_default();
        let Some(quoted) = rest.trim_start().strip_prefix('(').and_then(|argument| {
            argument.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '(').strip_prefix('"')
        }) else {
            continue;
        };
        let link = quoted.split('"').next().unwrap_or_default();
        if judge(link)? == Link::Lost {
            let begin = formula.len() - quoted.len();
            said.push_str(formula.get(from..begin).unwrap_or_default());
            said.push_str(NOWHERE);
            from = begin + link.len();
        }
    }
    if from == 0 {
        return Ok(Cow::Borrowed(formula));
    }
    said.push_str(formula.get(from..).unwrap_or_default());
    Ok(Cow::Owned(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pieces: &[&str]) -> Result<String, Refusal> {
        let mut instruction = Instruction::default();
        pieces.iter().map(|piece| instruction.said(piece).map(Cow::into_owned)).collect()
    }

    #[test]
    fn a_field_leads_where_it_may() {
        for kept in [
            &[" HYPERLINK \"https://x.example\" \\o \"C:\" "][..],
            &[" HYPERLINK \\l \"_Toc1\" "],
            &["HYPER", "LINK \\l \"_To", "c1\" \\h"],
            &["HYPERLINK \"mail", "to:a@x.example\""],
            &["PAGE \"C:\\\\x\""],
            &["TOC \\o \"1-3\" \\h"],
        ] {
            assert_eq!(written(kept).unwrap(), kept.concat());
        }
        for lost in [
            &[" HYPERLINK \"file:///C:\\\\Users\\\\Jens\\\\x.docx\" \\o \"Jens\" "][..],
            &["hyperlink \\\\\\\\server\\\\Jens "],
            &["HYPER", "LINK \"C:\\\\Use", "rs\\\\Jens\" \\t \"Jens\""],
            &["HYPERLINK \\o \"a\" ", "\"file:", "///Jens\""],
            &["HYPERLINK", " \"Jens.docx\""],
        ] {
            let written = written(lost).unwrap();
            assert!(!written.contains("Jens"), "{written}");
            assert!(written.trim().to_uppercase().starts_with(HYPERLINK), "{written}");
        }
        for active in [&["HYPERLINK \"ms-msdt:x\""][..], &["HYPER", "LINK \"java", "script:x", "\""]] {
            assert!(matches!(written(active), Err(Refusal::Active { .. })), "{active:?}");
        }
    }

    #[test]
    fn a_formula_leads_where_it_may() {
        for kept in [
            "HYPERLINK(\"https://x.example/\"&A1,\"C:\\x\")",
            "HYPERLINK(\"#Ark1!A1\")",
            "HYPERLINK(A1)",
            "SUM(A1)&\"Ærø\"",
        ] {
            assert_eq!(in_formula(kept).unwrap(), kept);
        }
        for (lost, said) in [
            ("HYPERLINK(\"\\\\evil\\x\")", "HYPERLINK(\"about:blank\")"),
            ("\"Ø\"&hyperlink ( \"file:///C:/x\";\"Bilag\")", "\"Ø\"&hyperlink ( \"about:blank\";\"Bilag\")"),
            (
                "HYPERLINK(\"C:\\x\",\"a\")&HYPERLINK(\"//y\")&1",
                "HYPERLINK(\"about:blank\",\"a\")&HYPERLINK(\"about:blank\")&1",
            ),
        ] {
            assert_eq!(in_formula(lost).unwrap(), said);
        }
        assert!(matches!(in_formula("HYPERLINK(\"javascript:x\")"), Err(Refusal::Active { .. })));
    }
}
