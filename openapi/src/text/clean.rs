//! Cleans what people paste: what nobody sees goes, what stands for something becomes it, everything else stays.
//!
//! Word, PDF readers and phones put characters into the clipboard that no page shows. A text that holds them is cleaned and
//! never refused. Form and server run this same function, so that lengths are counted after it on both sides. Cleaning
//! twice gives what cleaning once gave.

use std::borrow::Cow;

use super::{
    Lines, characters,
    characters::{Kind, SOFT_HYPHEN},
    composed,
};

/// The text without what nobody sees.
///
/// - Line breaks of every kind become `\n`; on one line they and tabs become a blank.
/// - Letters are composed (NFC): `a` and a ring become `å`.
/// - Control characters that stand for something become it: what Windows-1252 or Word means by them; the rest goes.
/// - Bullets and arrows of Word's symbol fonts become the characters of Unicode that look so; the rest of the private use
///   area goes.
/// - Marks that override the direction of writing, characters without width, and what Unicode says is no character go.
/// - Joiners, variation selectors, marks of direction and tags stay where they do something: in emoji, in scripts that
///   need them, in text that is written from the right.
/// - A soft hyphen stays: it says where a long word may be divided, and is seen there. Searching leaves it out
///   ([`searched`]).
///
/// ```
/// use openapi::text::{Lines, clean};
/// assert_eq!(clean("F\u{2}orslag\u{B}\u{F0B7} bla\u{30A}", Lines::Many), "Forslag\n• blå");
/// ```
#[must_use]
pub fn clean(text: &str, lines: Lines) -> Cow<'_, str> {
    if text.chars().all(|character| characters::is_plain(character, lines)) {
        return Cow::Borrowed(text);
    }
    // Removing what stands between a letter and its accent lets them compose, so that composing comes last too.
    let kept = keep_in_place(&composed(&replace(text, lines)));
    Cow::Owned(composed(&kept))
}

/// The words that are searched for, or searched through: cleaned, without soft hyphens, with blanks that are blanks.
#[must_use]
pub fn searched(text: &str) -> String {
    let cleaned = clean(text, Lines::One);
    let shown = cleaned.chars().filter(|character| *character != SOFT_HYPHEN);
    shown.map(|character| if character.is_whitespace() { ' ' } else { character }).collect()
}

/// Whether nothing of a clean text is seen: blanks, and what only does something to a letter.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let is_seen = |character| characters::kind(character) == Kind::Letter && character != SOFT_HYPHEN;
    !text.chars().any(|character| !character.is_whitespace() && is_seen(character))
}

/// The name of a file or an address: cleaned, without soft hyphens, which no name needs, and without blanks round it.
#[must_use]
pub fn name(text: &str) -> String {
    clean(text, Lines::One).replace(SOFT_HYPHEN, "").trim().to_owned()
}

/// Replaces and removes what needs no look at its neighbours, but for a line's end of two characters.
fn replace(text: &str, lines: Lines) -> String {
    let (line_break, tab) = if lines == Lines::Many { ('\n', '\t') } else { (' ', ' ') };
    // NEL ends a line; a text with other controls of its block was read in the wrong character set, and there it is "…".
    let misread = text.chars().any(characters::is_misread);
    let mut cleaned = String::with_capacity(text.len());
    let mut before = '\0';
    for character in text.chars() {
        match character {
            '\n' if before == '\r' => {}
            '\u{85}' if misread => cleaned.push('…'),
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{E}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push(line_break),
            // Word's mark between the cells of a table.
            '\t' | '\u{7}' => cleaned.push(tab),
            other => cleaned.extend(characters::meant(other)),
        }
        before = character;
    }
    cleaned
}

/// Keeps joiners, selectors, marks and tags where they do something.
fn keep_in_place(text: &str) -> String {
    let from_right = text.chars().any(characters::is_written_from_right);
    let mut kept = Kept { text: String::with_capacity(text.len()), last: None, joiner: None, tags: None };
    for character in text.chars() {
        match characters::kind(character) {
            Kind::Direction if !from_right => {}
            Kind::Joiner => kept.wait(character),
            Kind::Selector if !kept.is_selected(character) => {}
            Kind::HangulFiller if !kept.last.is_some_and(characters::is_old_hangul) => {}
            Kind::Tag => kept.tag(character),
            Kind::Letter | Kind::Direction | Kind::Selector | Kind::HangulFiller => kept.take(character),
        }
    }
    kept.text
}

/// What is kept so far.
struct Kept {
    text: String,
    last: Option<char>,
    /// A joiner that waits for what it joins.
    joiner: Option<char>,
    /// The tags behind a black flag, which make it the flag of a region.
    tags: Option<String>,
}

/// So many letters name a region; one more tag ends them.
const REGION: std::ops::RangeInclusive<usize> = 3..=6;

impl Kept {
    fn take(&mut self, character: char) {
        if let Some(joiner) = self.joiner.take()
            && self.last.is_some_and(|last| characters::are_joined(last, joiner, character))
        {
            self.text.push(joiner);
        }
        self.text.push(character);
        self.last = Some(character);
        self.tags = (character == characters::BLACK_FLAG).then(String::new);
    }

    fn wait(&mut self, joiner: char) {
        self.joiner.get_or_insert(joiner);
        self.tags = None;
    }

    fn is_selected(&self, selector: char) -> bool {
        self.joiner.is_none() && self.last.is_some_and(|last| characters::has_variants(last, selector))
    }

    fn tag(&mut self, tag: char) {
        let Some(tags) = &mut self.tags else { return };
        if tag != characters::TAGS_END {
            // No more of them than one over what is valid is remembered.
            if tags.chars().count() <= *REGION.end() {
                tags.push(tag);
            }
        } else if REGION.contains(&tags.chars().count()) {
            self.text.push_str(tags);
            self.text.push(tag);
            self.last = Some(tag);
            self.tags = None;
        } else {
            self.tags = None;
        }
    }
}
