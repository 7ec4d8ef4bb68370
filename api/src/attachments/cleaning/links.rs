//! Where links lead that a reader clicks, and places on their writer's own machine.
//!
//! A link does nothing by itself. One that leads to the web, to a person or to another place in the document stays; one that
//! would have a program do something is no business of a document's, and the document is refused; every other one, such as
//! those to files on the writer's drives that Word makes of what is pasted, leads nowhere in the copy.

use percent_encoding::percent_decode_str;

use crate::attachments::refusal::Refusal;

/// What a link leads to that leads nowhere.
pub(super) const NOWHERE: &str = "about:blank";

/// What a link may begin with.
const KEPT: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What hands a link to a program that does as it says. All that begins with `ms-` is one too, but for [`OFFICE`].
const HANDLERS: [&str; 19] = [
    "javascript",
    "vbscript",
    "livescript",
    "jscript",
    "data",
    "view-source",
    "search",
    "search-ms",
    "mk",
    "mhtml",
    "its",
    "res",
    "hcp",
    "shell",
    "macro",
    "service",
    "slot",
    ".uno",
    "vnd.sun.star.script",
];

/// What opens a document that lies elsewhere, as copied links do.
const OFFICE: [&str; 7] =
    ["ms-word", "ms-excel", "ms-powerpoint", "ms-visio", "ms-access", "ms-project", "ms-publisher"];

/// What becomes of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// It stays.
    Kept,
    /// It leads [`NOWHERE`] in the copy.
    Lost,
}

/// Judges where a link leads.
///
/// # Errors
/// [`Refusal::Active`] for one that has a program do something.
pub(super) fn judge(target: &str) -> Result<Link, Refusal> {
    let target = read(target);
    let scheme = scheme(&target);
    let is_address = target.starts_with("www.") && !target.contains('\\');
    if target.is_empty() || target.starts_with('#') || is_address || scheme.is_some_and(|scheme| KEPT.contains(&scheme))
    {
        return Ok(Link::Kept);
    }
    let decoded = read(&percent_decode_str(&target).decode_utf8_lossy());
    match self::scheme(&decoded) {
        Some(handler) if is_handler(handler) => {
            Err(Refusal::active(format!("a link that has a program do something ({handler}:)")))
        }
        _ => Ok(Link::Lost),
    }
}

/// As [`judge`], for what may be a link and may be something else: a name within the document stays.
///
/// # Errors
/// As [`judge`].
pub(super) fn judge_beginning(target: &str) -> Result<Link, Refusal> {
    let read = read(target);
    let leads_away = read.contains(':') || read.starts_with(['/', '\\']);
    if leads_away { judge(target) } else { Ok(Link::Kept) }
}

/// As [`judge`], for what may be a piece of a link and may be words: what has nothing of a link stays.
///
/// # Errors
/// As [`judge`].
pub(super) fn judge_piece(piece: &str) -> Result<Link, Refusal> {
    let decoded = read(&percent_decode_str(&read(piece)).decode_utf8_lossy());
    let rest = decoded.split_once(':').map_or("", |(_, rest)| rest);
    let is_place = decoded.starts_with("//") || decoded.starts_with("\\\\") || rest.starts_with(['/', '\\']);
    let leads_away = match scheme(&decoded) {
        _ if is_place => true,
        Some("file") => true,
        // "Data: 2026" are words.
        Some(scheme) if is_handler(scheme) || OFFICE.contains(&scheme) => {
            scheme.ends_with("script") || !rest.starts_with(char::is_whitespace)
        }
        _ => false,
    };
    if leads_away { judge(piece) } else { Ok(Link::Kept) }
}

/// A link as programs read it: in lower case, without what nobody sees.
fn read(target: &str) -> String {
    target.chars().filter(|sign| is_seen(*sign)).collect::<String>().trim().to_lowercase()
}

/// Whether a sign is one that a reader sees, or a blank.
pub(super) fn is_seen(sign: char) -> bool {
    !sign.is_control() && !matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// What stands before the colon. A single letter is a drive.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let is_one = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic() || first == '.')
        && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '+' | '-' | '.'));
    is_one.then_some(scheme)
}

fn is_handler(scheme: &str) -> bool {
    HANDLERS.contains(&scheme) || (scheme.starts_with("ms-") && !OFFICE.contains(&scheme))
}

/// What people have written, up to where a place on a person's own machine begins: programs put one where nobody has written
/// what an image shows.
pub(super) fn without_place(text: &str) -> &str {
    place(text).and_then(|at| text.get(..at)).map_or(text, str::trim_end)
}

/// Folders of people.
const FOLDERS: [&str; 4] = ["/users/", "/home/", "/volumes/", "file:"];

fn place(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let mut before = None;
    for (at, sign) in lower.char_indices() {
        let rest = lower.get(at..).unwrap_or_default();
        let begins_a_word = before.is_none_or(|before: char| !before.is_alphanumeric() && !matches!(before, '/' | '.'));
        let mut next = rest.chars().skip(1);
        let is_drive =
            sign.is_ascii_alphabetic() && next.next() == Some(':') && matches!(next.next(), Some('\\' | '/'));
        let is_server =
            rest.strip_prefix("\\\\").is_some_and(|name| name.starts_with(|sign: char| sign.is_alphanumeric()));
        if begins_a_word && (is_drive || is_server || FOLDERS.iter().any(|folder| rest.starts_with(folder))) {
            return Some(at);
        }
        before = Some(sign);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_web_to_a_person_or_nowhere() {
        for kept in [
            "https://x.example/å?a=1",
            "HTTP://x.example",
            "mailto:a@x.example",
            "tel:+4512345678",
            "#Bilag|region",
            "",
            "www.aarhus.dk",
        ] {
            assert_eq!(judge(kept), Ok(Link::Kept), "{kept}");
        }
        for lost in [
            "file:///C:/Users/Jens/x.docx",
            "\\\\server\\jens\\x.docx",
            "//server/x",
            "C:\\Users\\Jens\\x.docx",
            "../Jens/x.docx",
            "Bilag.docx",
            "ftp://x.example",
            "ms-word:ofe|u|https://x.example/x.docx",
            "onenote:///x",
            NOWHERE,
        ] {
            assert_eq!(judge(lost), Ok(Link::Lost), "{lost}");
        }
        for handed_on in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\tscript:x",
            "java\u{200b}script:x",
            "%6Aavascript:x",
            "vbscript:x",
            "data:text/html,x",
            "ms-msdt:/id x",
            "search-ms:query=x",
            "MS-Settings:x",
            "macro:///x",
            "vnd.sun.star.script:x",
            ".uno:Quit",
        ] {
            assert!(matches!(judge(handed_on), Err(Refusal::Active { .. })), "{handed_on}");
        }
    }

    #[test]
    fn words_stay_and_places_do_not() {
        for words in [
            "Kort over Ørby, 1:1000",
            "Se https://x.example/home/a",
            "a\\b og og/eller",
            "1/2",
            "Navn: Kort/plan",
            "A:B",
        ] {
            assert_eq!(without_place(words), words);
        }
        for (text, kept) in [
            ("C:\\Users\\Jens Hemmelig\\Billeder\\kort.png", ""),
            ("Kort over Ørby c:/Jens/kort.png", "Kort over Ørby"),
            ("Kort (\\\\server\\jens\\kort.png)", "Kort ("),
            ("FILE:///home/jens/x", ""),
            ("/Users/jens/x.png", ""),
        ] {
            assert_eq!(without_place(text), kept, "{text}");
        }
    }
}
