//! Links that are written in a formula.

use std::{borrow::Cow, ops::Range};

use super::hyperlinks::HYPERLINK;
use crate::attachments::{
    cleaning::links::{Link, NOWHERE, judge, judge_piece},
    refusal::Refusal,
};

/// A formula of which the links that are written in it lead where they may. A link may be put together of pieces, and
/// chosen by the formula: so each text in it is judged, but for the words that are seen in a link's place.
///
/// # Errors
/// As [`judge`].
pub(super) fn in_formula(formula: &str) -> Result<Cow<'_, str>, Refusal> {
    let upper = formula.to_ascii_uppercase();
    let makes_a_link = |(at, _): (usize, &str)| {
        upper.get(at + HYPERLINK.len()..).is_some_and(|rest| rest.trim_start().starts_with('('))
    };
    if !upper.match_indices(HYPERLINK).any(makes_a_link) {
        return Ok(Cow::Borrowed(formula));
    }
    let (mut said, mut from) = (String::new(), 0);
    for Text { at, is_whole } in texts(formula) {
        let text = formula.get(at.clone()).unwrap_or_default();
        let link = if is_whole { judge(text)? } else { judge_piece(text)? };
        if link == Link::Lost {
            said.push_str(formula.get(from..at.start).unwrap_or_default());
            said.push_str(NOWHERE);
            from = at.end;
        }
    }
    if from == 0 {
        return Ok(Cow::Borrowed(formula));
    }
    said.push_str(formula.get(from..).unwrap_or_default());
    Ok(Cow::Owned(said))
}

/// A text in a formula that may be a link, or a piece of one.
struct Text {
    /// Where it stands, between its quotation marks.
    at: Range<usize>,
    /// A link begins with it.
    is_whole: bool,
}

/// What an opening parenthesis begins.
struct Call {
    makes_a_link: bool,
    /// What is read are the words that are seen in the link's place.
    shows: bool,
    /// Nothing of it was read.
    begins: bool,
}

/// The texts in a formula, but for those that are seen in a link's place.
fn texts(formula: &str) -> Vec<Text> {
    let (mut texts, mut calls) = (Vec::new(), Vec::<Call>::new());
    let last_bracket = formula.rfind(']');
    let (mut name, mut brackets) = (String::new(), 0_u32);
    let mut signs = formula.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let is_blank = sign.is_whitespace();
        match sign {
            // Columns of a table: an apostrophe is an escape there. A reference of an OpenDocument has two.
            '\'' if brackets > 0 => {
                signs.next();
            }
            '[' => brackets = brackets.saturating_add(1),
            ']' => brackets = brackets.saturating_sub(1),
            _ if brackets > 0 && last_bracket.is_some_and(|last| at < last) => {}
            '"' | '\'' => {
                let mut end = formula.len();
                while let Some((at, next)) = signs.next() {
                    // Two of them are one that does not end the text.
                    if next == sign && signs.next_if(|(_, next)| *next == sign).is_none() {
                        end = at;
                        break;
                    }
                }
                let link = calls.iter().rfind(|call| call.makes_a_link);
                if sign == '"' && !link.is_some_and(|link| link.shows) {
                    let is_whole = calls.iter().rfind(|call| call.makes_a_link || !call.begins);
                    let is_whole = is_whole.is_some_and(|call| call.makes_a_link && call.begins);
                    texts.push(Text { at: at + 1..end, is_whole });
                }
            }
            '(' => {
                let makes_a_link = name.to_ascii_uppercase().ends_with(HYPERLINK);
                calls.push(Call { makes_a_link, shows: false, begins: makes_a_link || name.is_empty() });
                name.clear();
                continue;
            }
            ')' => drop(calls.pop()),
            ',' | ';' => {
                if let Some(call) = calls.last_mut() {
                    call.shows = true;
                }
            }
            _ => {}
        }
        if !is_blank && let Some(call) = calls.last_mut() {
            call.begins = false;
        }
        if sign.is_alphanumeric() || matches!(sign, '_' | '.') {
            name.push(sign);
        } else if !is_blank {
            name.clear();
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_leads_where_it_may() {
        for kept in [
            "HYPERLINK(\"https://x.example/\"&A1,\"C:\\x\")",
            "HYPERLINK(\"#Ark1!A1\")",
            "HYPERLINK(A1)",
            "HYPERLINK(A1,\"Data:2024\")",
            "HYPERLINK(IF(A1=\"\",\"https://x.example/\",\"#Ark1!A1\")&\"/a/b\",IF(A1,\"file:x\",\"Se: her\"))",
            "IF(A1=\"Data: 1\",\"Kl.: 12\",HYPERLINK(A2))",
            "SUM(\"file://x\")",
            "HYPERLINKS(\"file:///x\")",
            "SUM(A1)&\"Ærø\"",
        ] {
            assert_eq!(in_formula(kept).unwrap(), kept);
        }
        for (lost, said) in [
            ("HYPERLINK(\"\\\\evil\\x\")", "HYPERLINK(\"about:blank\")"),
            ("HYPERLINK(+\"file://evil\")", "HYPERLINK(+\"about:blank\")"),
            ("HYPERLINK(CONCATENATE(\"file:\",\"//evil\"))", "HYPERLINK(CONCATENATE(\"about:blank\",\"about:blank\"))"),
            ("HYPERLINK(T(\"a\"\"b\")&\"\\\\evil\",\"Se\")", "HYPERLINK(T(\"a\"\"b\")&\"about:blank\",\"Se\")"),
            ("LET(x,\"ftp://evil\",HYPERLINK(x))", "LET(x,\"about:blank\",HYPERLINK(x))"),
            ("'a\"b'!A1&HYPERLINK(T[\"]&\"file:x\")", "'a\"b'!A1&HYPERLINK(T[\"]&\"about:blank\")"),
            ("\"Ø\"&hyperlink ( \"file:///C:/x\";\"Bilag\")", "\"Ø\"&hyperlink ( \"about:blank\";\"Bilag\")"),
            (
                "HYPERLINK(\"C:\\x\",\"a\")&HYPERLINK(\"//y\")&1",
                "HYPERLINK(\"about:blank\",\"a\")&HYPERLINK(\"about:blank\")&1",
            ),
        ] {
            assert_eq!(in_formula(lost).unwrap(), said);
        }
        for active in [
            "HYPERLINK(\"javascript:x\")",
            "HYPERLINK(T(\"ms-msdt:/x\"))",
            "HYPERLINK(IF(1,\"javascript:x\"))",
            "HYPERLINK(\"\"&\"vnd.sun.star.script:x\")",
            "HYPERLINK(A1,HYPERLINK(T(\"ms-msdt:/x\")))",
            "LET(x,\"ms-msdt:/x\",HYPERLINK(x,\"Se\"))",
        ] {
            assert!(matches!(in_formula(active), Err(Refusal::Active { .. })), "{active}");
        }
    }
}
