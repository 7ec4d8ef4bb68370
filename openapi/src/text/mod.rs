//! What text holds, and the smallest checks of it.

mod characters;
mod clean;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use self::clean::{clean, is_blank, name, searched};

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

/// What can be cleaned in its place, as [`clean()`] says.
pub trait Clean {
    /// Cleans it.
    fn clean(&mut self, lines: Lines);
}

impl Clean for String {
    fn clean(&mut self, lines: Lines) {
        if let Cow::Owned(cleaned) = clean(self, lines) {
            *self = cleaned;
        }
    }
}

impl<T: Clean> Clean for Option<T> {
    fn clean(&mut self, lines: Lines) {
        if let Some(text) = self {
            text.clean(lines);
        }
    }
}

/// How many characters a text has once it is cleaned: what its limit is about.
#[must_use]
pub fn length(text: &str, lines: Lines) -> usize {
    clean(text, lines).chars().count()
}

/// The text in composed form (NFC).
#[cfg(not(target_arch = "wasm32"))]
fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// The text in composed form (NFC), by the browser: the tables would make the page larger by a tenth. A browser test holds
/// the two to the same.
#[cfg(target_arch = "wasm32")]
fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
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
