//! The parser's events become the tree. What the parser took for markup and nobody meant is text again, as it was typed:
//! the events say where in the source they come from.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag};

use crate::{
    address::address,
    frames::{Frame, Kind},
    tree::{Block, Inline},
    work,
};

/// Nodes within nodes deeper than anybody writes; what lies deeper is taken without them.
const DEEPEST: usize = 30;

/// Events for each byte of the source, beside some for a short one. Only a table gives more: it fills its rows with
/// cells that nobody typed.
const EVENTS: usize = 4;

/// Signs that a backslash takes their meaning from. Before every other sign it is a backslash.
const ESCAPED: &str = "\\*_`[]~<>#-.)+=|!";

/// More came of a text than people write.
#[derive(Debug)]
pub(crate) struct TooMuch;

/// The tree of a source.
pub(crate) fn build(source: &str) -> Result<Vec<Block>, TooMuch> {
    let most = source.len() * EVENTS + 1_000;
    let whole = Frame::new(Kind::Whole);
    let mut building = Building { source, whole, open: Vec::new(), above: Vec::new(), skipped: 0, read: 0 };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (index, (event, range)) in Parser::new_ext(source, options).into_offset_iter().enumerate() {
        if index > most {
            return Err(TooMuch);
        }
        work::done(1);
        building.take(event, range);
    }
    Ok(building.whole.into_blocks())
}

struct Building<'a> {
    source: &'a str,
    whole: Frame,
    /// What is open, the outermost first.
    open: Vec<Frame>,
    /// The headings over the present place, as they were written.
    above: Vec<HeadingLevel>,
    /// How much is open that lies too deep.
    skipped: usize,
    /// How far the source has been read.
    read: usize,
}

impl<'a> Building<'a> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(_) => self.end(range.end),
            Event::Text(text) => {
                let text = self.as_typed(&text, &range);
                self.add_text(&text);
                self.read = range.end;
            }
            Event::Code(code) => {
                let typed = self.slice(range.clone());
                work::done(typed.len());
                if self.is_within_word(&range) || typed.contains('\n') {
                    self.add_text(typed);
                } else {
                    self.add(Inline::Code(code.into_string()));
                }
                self.read = range.end;
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.add_text(&text);
                self.read = range.end;
            }
            Event::SoftBreak => self.add(Inline::Break),
            Event::HardBreak => {
                if self.slice(range).starts_with('\\') {
                    self.add_text("\\");
                }
                self.add(Inline::Break);
            }
            Event::Rule => self.frame().push(Block::Rule),
            // Not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        if self.open.len() >= DEEPEST {
            self.skipped += 1;
            return;
        }
        let kind = match tag {
            Tag::Heading { level, .. } => Kind::Heading(self.heading(*level)),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(_) => Kind::Code,
            Tag::List(first) => {
                Kind::List { ordered: first.is_some(), marker: self.slice(range.clone()).chars().next() }
            }
            Tag::Item => Kind::Item(self.number(range.start)),
            Tag::Table(_) => Kind::Table,
            Tag::TableHead => Kind::Head,
            Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => self.marked(range.clone(), 1, Kind::Emphasis),
            Tag::Strong => self.marked(range.clone(), 2, Kind::Strong),
            Tag::Strikethrough if self.slice(range.clone()).starts_with("~~") => Kind::Struck,
            Tag::Strikethrough => Kind::Typed("~", "~"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title, range.clone()),
            Tag::Image { .. } => Kind::AsTyped("!["),
            _ => Kind::Paragraph,
        };
        self.read = self.read.max(range.start + kind.typed_before());
        self.open.push(Frame::new(kind));
    }

    fn end(&mut self, end: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(mut frame) = self.open.pop() else { return };
        match frame.kind() {
            Kind::AsTyped(_) => frame.add_text(self.slice(self.read..end)),
            Kind::Row => frame.add_cells(self.slice(self.read..end)),
            _ => {}
        }
        if frame.kind().is_inline() || *frame.kind() == Kind::Row {
            self.read = self.read.max(end);
        }
        frame.close_into(self.frame());
    }

    /// Emphasis, unless its signs mean something else: between letters or figures, beside a bracket that they would
    /// belong to, as underlines.
    fn marked(&self, range: Range<usize>, signs: usize, kind: Kind) -> Kind {
        let typed = self.slice(range.clone());
        if typed.starts_with('_') {
            return if signs == 1 { Kind::Typed("_", "_") } else { Kind::Typed("__", "__") };
        }
        let inner = typed.get(signs..typed.len().saturating_sub(signs)).unwrap_or_default();
        let footnote =
            inner.starts_with([')', ']', '}', ',', '.', ';', ':', '?', '!']) || inner.ends_with(['(', '[', '{']);
        let (before, after) = self.around(&range);
        let calculated = before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric);
        match kind {
            Kind::Emphasis if footnote || self.is_within_word(&range) => Kind::Typed("*", "*"),
            Kind::Strong if footnote || calculated => Kind::Typed("**", "**"),
            kind => kind,
        }
    }

    fn link(&self, link_type: LinkType, written: &str, title: &str, range: Range<usize>) -> Kind {
        let typed = self.slice(range);
        let pointed = matches!(link_type, LinkType::Autolink | LinkType::Email);
        let written = if link_type == LinkType::Email { format!("mailto:{written}") } else { written.to_owned() };
        match address(&written) {
            // What surrounds an address in the text stays.
            Some(address) if pointed => Kind::Link { address, title: String::new(), around: ("<", ">") },
            Some(address) if !typed.starts_with("[]") => {
                Kind::Link { address, title: title.to_owned(), around: ("", "") }
            }
            None if pointed => Kind::Typed("<", ">"),
            _ => Kind::AsTyped("["),
        }
    }

    /// A heading under those over it, whatever levels they were written with: none is left out.
    fn heading(&mut self, level: HeadingLevel) -> u8 {
        self.above.retain(|above| *above < level);
        self.above.push(level);
        match self.above.len() {
            1 => 3,
            2 => 4,
            3 => 5,
            _ => 6,
        }
    }

    /// The number that was typed in front of an item.
    fn number(&self, start: usize) -> u32 {
        let item = self.source.get(start..).unwrap_or_default();
        let digits = item.trim_start().bytes().take(9).take_while(u8::is_ascii_digit);
        digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
    }

    /// A text as it was typed: no entity is resolved, and a backslash is one where it takes no sign's meaning.
    fn as_typed(&self, text: &str, range: &Range<usize>) -> String {
        let typed = self.slice(range.clone());
        work::done(typed.len());
        let text = if typed.starts_with('&') && typed != text { typed } else { text };
        let behind = range.start.checked_sub(1).filter(|&at| at >= self.read && self.slice(at..range.start) == "\\");
        let shows = |sign: char| sign == '\\' || !ESCAPED.contains(sign);
        match behind {
            Some(_) if text.starts_with(shows) => format!("\\{text}"),
            _ => text.to_owned(),
        }
    }

    /// What stands before and after.
    fn around(&self, range: &Range<usize>) -> (Option<char>, Option<char>) {
        let before = self.source.get(..range.start).and_then(|text| text.chars().next_back());
        (before, self.source.get(range.end..).and_then(|text| text.chars().next()))
    }

    fn is_within_word(&self, range: &Range<usize>) -> bool {
        let (before, after) = self.around(range);
        before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }

    fn add(&mut self, inline: Inline) {
        self.frame().add(inline);
    }

    fn add_text(&mut self, text: &str) {
        self.frame().add_text(text);
    }

    /// The innermost node.
    fn frame(&mut self) -> &mut Frame {
        self.open.last_mut().unwrap_or(&mut self.whole)
    }
}
