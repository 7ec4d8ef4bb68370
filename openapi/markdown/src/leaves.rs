//! What a line is, behind the signs of what contains it.

use crate::{dates, work};

/// The largest number of a list's item. A year at the start of a line is text.
const LARGEST: u32 = 999;

/// The longest name of a language behind the backticks that begin code.
const LANGUAGE: usize = 20;

/// A line without what contains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// Words, to be read as they are.
    Words,
    /// Words whose beginning would be read as markup, with backslashes before it.
    Escaped(String),
    /// A heading.
    Heading(String),
    /// A line across.
    Rule,
    /// A row of a table, or the line that makes the line above its head.
    Row,
    /// The beginning of code, with so many backticks.
    Fence(usize),
}

/// The marker of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marker<'a> {
    /// `-`, `*` or `12.`.
    pub(crate) text: &'a str,
    /// The number, where there is one.
    pub(crate) number: Option<u32>,
}

impl Marker<'_> {
    /// Whether it has a number that no list starts with of itself.
    pub(crate) fn starts_late(&self) -> bool {
        self.number.is_some_and(|number| number != 1)
    }
}

/// What a line is. `below_bars`: the line above may head a table. `in_table`: it is a row of one. `closing`: the most
/// backticks that a line further down has to itself.
pub(crate) fn leaf(text: &str, below_bars: bool, in_table: bool, closing: usize) -> Leaf {
    work::done(text.len());
    let is_delimiter = || text.contains('-') && text.contains('|') && text.chars().all(|sign| "|:- \t".contains(sign));
    let escaped = |at: usize| {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        Leaf::Escaped(format!("{before}\\{after}"))
    };
    if in_table && text.contains('|') || below_bars && is_delimiter() {
        return Leaf::Row;
    }
    if is_rule(text) {
        return Leaf::Rule;
    }
    match text.as_bytes().first() {
        Some(b'=' | b'-') if is_line_below(text) => escaped(0),
        Some(b'#') => heading(text),
        Some(sign @ (b'`' | b'~')) => fence(text, *sign, closing),
        Some(b'[') if !begins_link(text) => escaped(0),
        Some(b'<') if !begins_address(text) => escaped(0),
        Some(b'>') => escaped(0),
        Some(b'-' | b'*' | b'+') if text.get(1..).is_some_and(ends_marker) => escaped(0),
        Some(b'0'..=b'9') => match digits(text) {
            (length, rest) if rest.starts_with(['.', ')']) && rest.get(1..).is_some_and(ends_marker) => escaped(length),
            _ => Leaf::Words,
        },
        _ => Leaf::Words,
    }
}

/// The marker of the item that begins in a line, if one does. `plus`: a line close to it begins with `+`, so that `-`
/// says the contrary of that.
pub(crate) fn marker(text: &str, plus: bool) -> Option<Marker<'_>> {
    work::done(text.len());
    let says = |rest: &str| rest.starts_with([' ', '\t']) && !rest.trim().is_empty();
    if text.starts_with('*') || text.starts_with('-') && !plus {
        let (text, rest) = text.split_at_checked(1)?;
        return (says(rest) && !is_rule(&format!("{text}{rest}"))).then_some(Marker { text, number: None });
    }
    let (length, rest) = digits(text);
    let number: u32 = text.get(..length)?.parse().ok().filter(|&number| number <= LARGEST)?;
    let (marker, words) = (text.get(..=length)?, rest.strip_prefix('.')?);
    let counts = (length == 1 || !text.starts_with('0')) && says(words) && !dates::goes_on_as_date(words);
    counts.then_some(Marker { text: marker, number: Some(number) })
}

/// Whether a line that begins with `>` is a quote, rather than more than something: the sign has a blank behind it, and
/// no number behind that.
pub(crate) fn begins_quote(text: &str) -> bool {
    work::done(text.len());
    let words = text.trim_start_matches(['>', ' ', '\t']);
    let signs = text.strip_suffix(words).unwrap_or_default();
    words.is_empty() || !signs.ends_with('>') && !words.starts_with(|sign: char| sign.is_ascii_digit() || sign == '=')
}

/// For each line whether it stands close to one that begins with `+`: for and against, one below the other.
pub(crate) fn beside_plus(text: &str) -> Vec<bool> {
    let mut beside = Vec::new();
    let (mut length, mut plus) = (0_usize, false);
    for line in text.split('\n') {
        work::done(line.len() + 1);
        if line.trim().is_empty() {
            beside.extend(std::iter::repeat_n(plus, length));
            beside.push(false);
            (length, plus) = (0, false);
        } else {
            length += 1;
            plus |= line.trim_start().starts_with("+ ");
        }
    }
    beside.extend(std::iter::repeat_n(plus, length));
    beside
}

/// For each line the most backticks that one further down has to itself: without those, no code ends.
pub(crate) fn closing_fences(text: &str) -> Vec<usize> {
    let mut most = 0;
    let mut closing: Vec<usize> = text
        .rsplit('\n')
        .map(|line| {
            work::done(line.len() + 1);
            let below = most;
            let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
            if line.bytes().all(|byte| byte == b'`') {
                most = most.max(line.len());
            }
            below
        })
        .collect();
    closing.reverse();
    closing
}

fn ends_marker(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

fn digits(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    (text.len() - rest.len(), rest)
}

fn is_rule(text: &str) -> bool {
    let mut signs = text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let first = signs.next();
    let others = |first| signs.try_fold(1_usize, |count, sign| (sign == first).then_some(count + 1));
    first.filter(|first| b"-*_".contains(first)).and_then(others).is_some_and(|count| count >= 3)
}

/// Whether it would make a heading of the line above.
fn is_line_below(text: &str) -> bool {
    let text = text.trim_end();
    text.bytes().all(|byte| byte == b'=') || text.bytes().all(|byte| byte == b'-')
}

/// A line that begins with `#`. Signs at a heading's end are words too, and alone they are no heading.
fn heading(text: &str) -> Leaf {
    let words = text.trim_start_matches('#');
    let level = text.strip_suffix(words).unwrap_or_default();
    if level.len() > 6 || !ends_marker(words) {
        return Leaf::Words;
    }
    let name = words.trim().trim_end_matches('#');
    if name.is_empty() {
        return Leaf::Escaped(format!("\\{text}"));
    }
    let end = words.trim().strip_prefix(name).unwrap_or_default();
    let escape = if end.is_empty() { "" } else { "\\" };
    Leaf::Heading(format!("{level} {name}{escape}{end}"))
}

fn fence(text: &str, sign: u8, closing: usize) -> Leaf {
    let rest = text.trim_start_matches(char::from(sign));
    let length = text.len() - rest.len();
    let language = rest.trim();
    let is_language = language.len() <= LANGUAGE
        && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#-".contains(&byte));
    match length {
        0..3 => Leaf::Words,
        _ if sign == b'`' && is_language && closing >= length => Leaf::Fence(length),
        _ => Leaf::Escaped(format!("\\{}", char::from(sign)).repeat(length) + rest),
    }
}

/// Whether a line that begins with `[` begins with a link that says where it leads. Everything else could vanish as the
/// definition of a reference.
fn begins_link(text: &str) -> bool {
    text.split_once(']').is_some_and(|(words, rest)| rest.starts_with('(') && !words.ends_with('\\'))
}

/// Whether a line that begins with `<` begins with an address rather than with what looks like HTML.
fn begins_address(text: &str) -> bool {
    text.split_once('>')
        .is_some_and(|(address, _)| address.contains([':', '@']) && !address.contains([' ', '\t', '"', '\'']))
}
