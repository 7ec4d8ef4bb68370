//! What the fonts cannot show. PDF/UA allows no sign without a picture, and people write with emoji.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use crate::fonts::FONTS;

/// Stands for a sign that the fonts do not have.
pub(crate) const MISSING: char = '▯';

/// Accents that one letter may carry: more than any language writes. Setting thousands over each other takes minutes.
const ACCENTS: usize = 6;

/// The text as it can be shown: with [`MISSING`] for each sign that no font has, without what has no picture at all, and
/// with a bounded number of accents on each letter.
pub(crate) fn showable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|sign| is_plain(sign) && !is_combining_mark(sign)) {
        return Cow::Borrowed(text);
    }
    let mut accents = 0;
    let shown = text.chars().filter(|sign| {
        accents = if is_combining_mark(*sign) { accents + 1 } else { 0 };
        accents <= ACCENTS && !joins(*sign)
    });
    Cow::Owned(shown.map(|sign| if is_plain(sign) { sign } else { MISSING }).collect())
}

fn is_plain(sign: char) -> bool {
    sign == '\n' || FONTS.all.iter().any(|font| font.info().coverage.contains(sign.into()))
}

/// Whether a sign only says how its neighbours are drawn: joiners, variants, marks of direction, control characters.
fn joins(sign: char) -> bool {
    let formats = ['\u{200b}'..='\u{200f}', '\u{202a}'..='\u{202e}', '\u{2060}'..='\u{2069}', '\u{fe00}'..='\u{fe0f}'];
    (sign.is_control() && sign != '\n') || sign == '\u{feff}' || formats.iter().any(|range| range.contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_denmark_stays() {
        let text = "Æøå ÆØÅ é ü ß „citat“ »citat« – — … € § ½ ☑ 1 × 2 ≤ 3\nŁódź, Ærø, Þór";
        assert_eq!(showable(text), text);
    }

    #[test]
    fn what_no_font_has_is_marked_once_a_sign() {
        assert_eq!(showable("Tak 🏫!"), "Tak ▯!");
        assert_eq!(showable("👩\u{200d}⚕\u{fe0f} her"), "▯⚕ her".replace('⚕', &showable("⚕")));
        assert_eq!(showable("a\u{202e}b\u{0007}c"), "abc");
    }

    #[test]
    fn a_letter_carries_no_more_accents_than_a_language_has() {
        assert_eq!(showable("e\u{301}\u{328}x"), "e\u{301}\u{328}x");
        assert_eq!(showable(&format!("e{}x", "\u{301}".repeat(50_000))).chars().count(), 2 + ACCENTS);
        assert_eq!(showable(&"\u{301}".repeat(50_000)).chars().count(), ACCENTS);
    }

    #[test]
    fn the_mark_itself_can_be_shown() {
        assert!(is_plain(MISSING));
    }
}
