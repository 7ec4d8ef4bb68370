//! What text may hold, and the smallest checks of it.

/// A text that is none of an enum's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown value")]
pub struct UnknownValue;

/// Whether a text is written on one line or may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// A title, a name: no line breaks.
    One,
    /// A paragraph, Markdown: line breaks and tabs.
    Many,
}

/// The first character that a text may not hold, if there is one.
///
/// Refused are control characters, which PostgreSQL (the null byte) or a reader cannot take, and the marks that
/// override the direction of writing, with which a name can be made to look like another. Everything else is kept as
/// written, right-to-left scripts, emoji and all.
#[must_use]
pub fn forbidden_character(text: &str, lines: Lines) -> Option<char> {
    text.chars().find(|&character| {
        let line_break = matches!(character, '\n' | '\r' | '\t');
        let overrides_direction = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        (character.is_control() && !(line_break && lines == Lines::Many)) || overrides_direction
    })
}

/// Whether a text has the shape of an e-mail address: one `@`, something on both sides, no white space.
///
/// Whether anybody reads mail there, only mail can tell; the server parses it once more before it sends any.
#[must_use]
pub fn looks_like_email(text: &str) -> bool {
    match text.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains("..")
                && !domain.contains('@')
                && !text.contains(char::is_whitespace)
        }
        None => false,
    }
}

/// The readable end of a hearing's address: lower case, Danish letters spelled out, hyphens for the rest.
///
/// Only for people: the id decides which hearing is meant.
///
/// ```
/// assert_eq!(openapi::text::slug("Ny struktur på skoleområdet – høring"), "ny-struktur-paa-skoleomraadet-hoering");
/// ```
#[must_use]
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.chars().flat_map(char::to_lowercase) {
        match character {
            'æ' => slug.push_str("ae"),
            'ø' => slug.push_str("oe"),
            'å' => slug.push_str("aa"),
            'a'..='z' | '0'..='9' => slug.push(character),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(80);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_bytes_and_direction_overrides_are_refused_and_named() {
        assert_eq!(forbidden_character("a\0b", Lines::Many), Some('\0'));
        assert_eq!(forbidden_character("a\u{202E}b", Lines::Many), Some('\u{202E}'));
        assert_eq!(forbidden_character("to\nlinjer", Lines::One), Some('\n'));
    }

    #[test]
    fn what_people_write_is_kept() {
        assert_eq!(forbidden_character("Blåbærgrød\n\t👩‍⚕️ 𝒳 שלום\u{200F} %'\"", Lines::Many), None);
    }

    #[test]
    fn an_address_needs_both_sides() {
        assert!(looks_like_email("mette.sørensen@kommune.dk"));
        for wrong in ["", "a", "a@", "@b.dk", "a@b", "a b@c.dk", "a@b@c.dk", "a@b..dk", "a@.dk"] {
            assert!(!looks_like_email(wrong), "{wrong}");
        }
    }
}
