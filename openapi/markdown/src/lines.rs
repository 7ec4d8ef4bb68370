//! The text's lines as a parser of Markdown cannot misread them. Each line is written anew: what contains it (quotes,
//! items of lists) in one form, then the line itself, with a backslash before what would be read as markup and is none,
//! and an empty line before what does not go on with the line above.

use crate::{
    leaves::{self, Leaf, Marker},
    work,
};

/// Quotes and items within each other deeper than anybody writes. What would lie deeper is text.
const NESTED: usize = 8;

/// Columns right of an item's marker from which a line below belongs to it, though its words begin further right.
const BELOW: usize = 2;

/// What a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Quote,
    Item {
        /// Columns in front of a line that belongs to it.
        needed: usize,
        /// Columns in front of its own words.
        indent: usize,
        /// Blanks that lines below it are written with.
        written: usize,
        ordered: bool,
    },
}

/// What the line above was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Nothing that goes on.
    Nothing,
    /// Words of a paragraph; whether they could head a table.
    Words { bars: bool },
    /// A row of a table.
    Row,
}

/// A line that is being read: what is left of it, and at which column that begins.
#[derive(Debug, Clone, Copy)]
struct Rest<'a> {
    text: &'a str,
    column: usize,
}

impl<'a> Rest<'a> {
    fn is_blank(self) -> bool {
        self.unindented().text.is_empty()
    }

    /// Columns of white space in front.
    fn indent(self) -> usize {
        self.unindented().column - self.column
    }

    fn unindented(self) -> Self {
        let mut rest = self;
        while let Some(inner) = rest.without_blank() {
            rest = inner;
        }
        rest
    }

    fn without_blank(self) -> Option<Self> {
        work::done(1);
        let tab = self.text.strip_prefix('\t').map(|text| Self { text, column: self.column / 4 * 4 + 4 });
        tab.or_else(|| self.text.strip_prefix(' ').map(|text| Self { text, column: self.column + 1 }))
    }

    /// Without so many columns of white space. A tab that reaches further goes whole.
    fn without(self, columns: usize) -> Self {
        let mut rest = self;
        while let Some(inner) = rest.without_blank().filter(|_| rest.column < self.column + columns) {
            rest = inner;
        }
        rest
    }

    /// Behind so many bytes, which are no white space.
    fn behind(self, bytes: usize) -> Self {
        Self { text: self.text.get(bytes..).unwrap_or_default(), column: self.column + bytes }
    }

    /// What a quote says, behind its sign.
    fn quoted(self) -> Option<Self> {
        let line = self.unindented();
        line.text.starts_with('>').then(|| line.behind(1).without(1))
    }
}

/// Writes each line so that it is read as it was meant.
pub(crate) fn unmistakable(text: &str) -> String {
    let (plus, fences) = (leaves::beside_plus(text), leaves::closing_fences(text));
    let source = String::with_capacity(text.len() + 64);
    let mut writing = Writing { source, open: Vec::new(), above: Above::Nothing, fence: None };
    for ((line, plus), closing) in text.split('\n').zip(plus).zip(fences) {
        writing.line(Rest { text: line, column: 0 }, plus, closing);
    }
    writing.source
}

struct Writing {
    source: String,
    open: Vec<Container>,
    above: Above,
    /// The open block of code: how many containers it lies in, and how many backticks end it.
    fence: Option<(usize, usize)>,
}

impl Writing {
    /// Writes a line. `plus`: a line close to it begins with `+`. `closing`: the most backticks that a line further
    /// down has to itself.
    fn line(&mut self, line: Rest<'_>, plus: bool, closing: usize) {
        work::done(line.text.len());
        let (matched, rest) = self.matched(line);
        if let Some((containers, backticks)) = self.fence {
            if matched >= containers {
                return self.code(containers, backticks, rest);
            }
            (self.fence, self.above) = (None, Above::Nothing);
        }
        let closed = self.open.get(matched).copied();
        self.open.truncate(matched);
        if rest.is_blank() {
            self.above = Above::Nothing;
            return self.write(&prefix(&self.open), "");
        }
        let goes_on = matches!(self.above, Above::Words { .. });
        let sibling = matches!(closed, Some(Container::Item { ordered: true, .. }));
        let Opened { any: opened, marker, rest } = self.opened(rest, goes_on && closed.is_none(), plus);
        let above = if opened || closed.is_some() { Above::Nothing } else { self.above };
        let leaf = leaves::leaf(rest.text, matches!(above, Above::Words { bars: true }), above == Above::Row, closing);
        // What follows a list or a quote at the margin is outside of it, and a line across underlines nothing.
        let apart = match &leaf {
            _ if opened => goes_on && closed.is_some() && !sibling && marker.is_some_and(|marker| marker.starts_late()),
            Leaf::Words | Leaf::Escaped(_) => goes_on && closed.is_some() || above == Above::Row,
            Leaf::Rule => goes_on,
            _ => false,
        };
        if apart {
            self.write(&prefix(self.open.get(..matched).unwrap_or_default()), "");
        }
        let prefix = match marker {
            Some(marker) => prefix(self.open.split_last().map_or(&[], |(_, outer)| outer)) + marker.text + " ",
            None => prefix(&self.open),
        };
        self.above = match leaf {
            Leaf::Words | Leaf::Escaped(_) => Above::Words { bars: rest.text.contains('|') },
            Leaf::Row => Above::Row,
            Leaf::Heading(_) | Leaf::Rule | Leaf::Fence(_) => Above::Nothing,
        };
        if let Leaf::Fence(backticks) = leaf {
            self.fence = Some((self.open.len(), backticks));
        }
        match leaf {
            Leaf::Escaped(text) | Leaf::Heading(text) => self.write(&prefix, &text),
            _ => self.write(&prefix, rest.text),
        }
    }

    /// A line of code, as it was written.
    fn code(&mut self, containers: usize, backticks: usize, rest: Rest<'_>) {
        self.open.truncate(containers);
        let end = rest.text.trim();
        if rest.indent() < 4 && end.len() >= backticks && end.bytes().all(|byte| byte == b'`') {
            (self.fence, self.above) = (None, Above::Nothing);
        }
        work::done(rest.text.len());
        self.source.push_str(&prefix(&self.open));
        self.source.push_str(rest.text);
        self.source.push('\n');
    }

    fn write(&mut self, prefix: &str, text: &str) {
        work::done(text.len());
        self.source.push_str(if text.is_empty() { prefix.trim_end() } else { prefix });
        self.source.push_str(text);
        self.source.push('\n');
    }

    /// How many of the open containers the line goes on with, and what is left of it behind their signs.
    fn matched<'a>(&self, line: Rest<'a>) -> (usize, Rest<'a>) {
        let mut rest = line;
        for (index, container) in self.open.iter().enumerate() {
            let inner = match container {
                Container::Quote => rest.quoted(),
                Container::Item { .. } if rest.is_blank() => Some(rest),
                Container::Item { needed, indent, .. } => {
                    (rest.indent() >= *needed).then(|| rest.without((*indent).min(rest.indent())))
                }
            };
            match inner {
                Some(inner) => rest = inner,
                None => return (index, rest),
            }
        }
        (self.open.len(), rest)
    }

    /// Opens the containers that begin in the line: quotes, then one item. `within_words`: the line goes on with a
    /// paragraph, which only a list that starts with 1 may end.
    fn opened<'a>(&mut self, rest: Rest<'a>, within_words: bool, plus: bool) -> Opened<'a> {
        let (mut rest, mut any) = (rest, false);
        while let Some(inner) = rest.quoted() {
            if self.open.len() >= NESTED || !leaves::begins_quote(rest.unindented().text) {
                break;
            }
            self.open.push(Container::Quote);
            (rest, any) = (inner, true);
        }
        let line = rest.unindented();
        let marker = leaves::marker(line.text, plus).filter(|_| self.open.len() < NESTED);
        let Some(marker) = marker.filter(|marker| any || !within_words || !marker.starts_late()) else {
            return Opened { any, marker: None, rest: line };
        };
        let inner = line.behind(marker.text.len()).unindented();
        self.open.push(Container::Item {
            needed: line.column - rest.column + BELOW,
            indent: inner.column - rest.column,
            written: marker.text.len() + 1,
            ordered: marker.number.is_some(),
        });
        Opened { any: true, marker: Some(marker), rest: inner }
    }
}

/// What begins in a line.
struct Opened<'a> {
    /// Whether anything does.
    any: bool,
    marker: Option<Marker<'a>>,
    /// What is left of the line.
    rest: Rest<'a>,
}

/// What a line within containers is written with.
fn prefix(containers: &[Container]) -> String {
    work::done(containers.len());
    let sign = |container: &Container| match container {
        Container::Quote => "> ".to_owned(),
        Container::Item { written, .. } => " ".repeat(*written),
    };
    containers.iter().map(sign).collect()
}
