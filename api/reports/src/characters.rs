//! What the fonts cannot show. PDF/UA allows no sign without a picture, and people write with emoji.

use std::borrow::Cow;

use crate::fonts::FONTS;

/// Stands for a sign that the fonts do not have.
pub(crate) const MISSING: char = '▯';

/// The text as it can be shown: with [`MISSING`] for each sign that no font has, and without what has no picture at all.
pub(crate) fn showable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|sign| !joins(*sign));
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
    fn the_mark_itself_can_be_shown() {
        assert!(is_plain(MISSING));
    }
}
