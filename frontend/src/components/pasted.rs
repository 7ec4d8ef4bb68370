//! What is written in a field of text, and cleaned in the field itself.
//!
//! What is pasted or dropped is cleaned at once, with the caret behind it. What is typed is cleaned when the field is left:
//! what is only half typed, an accent or an emoji, would be taken away under the hands. What is saved is clean either way.

use std::borrow::Cow;

use openapi::text::{Lines, clean};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the field holds after this. Without `lines` it stays as it was typed: a password.
pub(super) fn written(event: &InputEvent, lines: Option<Lines>) -> String {
    let field = field(event);
    if let Some(lines) = lines.filter(|_| matches!(event.input_type().as_str(), "insertFromPaste" | "insertFromDrop")) {
        clean_in_place(&field, lines);
    }
    field.value()
}

/// Tells the clean text when the field is left, where that is another one.
pub(super) fn cleaned_when_left(told: &Callback<String>, lines: Option<Lines>) -> Callback<Event> {
    let told = told.clone();
    Callback::from(move |event: Event| {
        let value = field(&event).value();
        if let Some(Cow::Owned(cleaned)) = lines.map(|lines| clean(&value, lines)).filter(|cleaned| *cleaned != value) {
            told.emit(cleaned);
        }
    })
}

/// The field; an area of text has what is asked of it here too.
fn field(event: &impl TargetCast) -> HtmlInputElement {
    event.target_unchecked_into()
}

fn clean_in_place(field: &HtmlInputElement, lines: Lines) {
    let value = field.value();
    let Cow::Owned(cleaned) = clean(&value, lines) else { return };
    // An address of mail has no caret to ask for.
    let caret = field.selection_start().ok().flatten();
    field.set_value(&cleaned);
    if let Some(caret) = caret {
        let caret = place_in_clean(&value, caret, lines);
        let _ = field.set_selection_range(caret, caret);
    }
}

/// Where a place in a text lies once it is cleaned. Browsers count in UTF-16.
fn place_in_clean(text: &str, place: u32, lines: Lines) -> u32 {
    let before: Vec<u16> = text.encode_utf16().take(usize::try_from(place).unwrap_or(usize::MAX)).collect();
    let cleaned = clean(&String::from_utf16_lossy(&before), lines).encode_utf16().count();
    u32::try_from(cleaned).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stays_behind_what_was_pasted() {
        let text = "Før \u{F0B7}\u{200B} bla\u{30A}\u{B}og så 👩 efter";
        let place = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap();
        let before = "Før \u{F0B7}\u{200B} bla\u{30A}\u{B}";
        assert_eq!(place_in_clean(text, place(before), Lines::Many), place("Før • blå\n"));
        assert_eq!(place_in_clean(text, 0, Lines::Many), 0);
        assert_eq!(place_in_clean("ren", 9, Lines::One), 3);
    }
}
