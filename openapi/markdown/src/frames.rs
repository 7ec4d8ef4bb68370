//! What is open while the tree is built: a node that is not whole yet.

use crate::{
    tree::{Block, Inline, Item, List, Table},
    work,
};

/// What a node becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Whole,
    Paragraph,
    Heading(u8),
    Quote,
    Code,
    List {
        ordered: bool,
        marker: Option<char>,
    },
    Item(u32),
    Table,
    Head,
    Row,
    Cell,
    Emphasis,
    Strong,
    Struck,
    /// A link; what stands around it stays.
    Link {
        address: String,
        title: String,
        around: (&'static str, &'static str),
    },
    /// No node: its signs are text.
    Typed(&'static str, &'static str),
    /// No node: its first sign is text, and what follows its words in the source.
    AsTyped(&'static str),
}

impl Kind {
    /// How many bytes of the source begin it that are not its words.
    pub(crate) fn typed_before(&self) -> usize {
        match self {
            Self::AsTyped(sign) | Self::Typed(sign, _) => sign.len(),
            _ => 0,
        }
    }

    pub(crate) fn is_inline(&self) -> bool {
        use Kind::{AsTyped, Emphasis, Link, Strong, Struck, Typed};
        matches!(self, Emphasis | Strong | Struck | Link { .. } | Typed(..) | AsTyped(_))
    }
}

/// A node that is not whole yet.
#[derive(Debug)]
pub(crate) struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    words: Vec<Inline>,
    items: Vec<Item>,
    rows: Vec<Vec<Vec<Inline>>>,
    cells: Vec<Vec<Inline>>,
}

impl Frame {
    pub(crate) fn new(kind: Kind) -> Self {
        let (blocks, words, items) = (Vec::new(), Vec::new(), Vec::new());
        Self { kind, blocks, words, items, rows: Vec::new(), cells: Vec::new() }
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    pub(crate) fn add(&mut self, inline: Inline) {
        match (self.words.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => {
                work::done(text.len());
                before.push_str(&text);
            }
            (_, inline) => self.words.push(inline),
        }
    }

    /// Adds a text with its line breaks.
    pub(crate) fn add_text(&mut self, text: &str) {
        work::done(text.len());
        if self.kind == Kind::Code {
            return self.add(Inline::Text(text.to_owned()));
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.add(Inline::Break);
            }
            if !line.is_empty() {
                self.add(Inline::Text(line.to_owned()));
            }
        }
    }

    pub(crate) fn push(&mut self, block: Block) {
        self.end_words();
        self.blocks.push(block);
    }

    /// Adds what stands in a row beyond the table's columns to the last of them.
    pub(crate) fn add_cells(&mut self, rest: &str) {
        work::done(rest.len());
        let rest = rest.trim().trim_matches('|').trim();
        if let (Some(cell), false) = (self.cells.last_mut(), rest.is_empty()) {
            cell.push(Inline::Text(format!(" | {rest}")));
        }
    }

    pub(crate) fn into_blocks(mut self) -> Vec<Block> {
        self.end_words();
        self.blocks
    }

    /// Makes the node whole and gives it to the one that it lies in.
    pub(crate) fn close_into(mut self, outer: &mut Self) {
        let words = |frame: &mut Self| std::mem::take(&mut frame.words);
        match std::mem::replace(&mut self.kind, Kind::Whole) {
            Kind::Whole => self.into_blocks().into_iter().for_each(|block| outer.push(block)),
            Kind::Paragraph => outer.push(Block::Paragraph(trimmed(words(&mut self)))),
            Kind::Heading(level) => outer.push(Block::Heading { level, words: words(&mut self) }),
            Kind::Quote => outer.push(Block::Quote(self.into_blocks())),
            Kind::Code => outer.push(Block::Code(self.words.iter().map(shown).collect())),
            Kind::Item(number) => outer.items.push(Item { number, blocks: self.into_blocks() }),
            Kind::List { ordered, marker } => outer.push_list(ordered, marker, self.items),
            Kind::Table => {
                let mut rows = self.rows.into_iter();
                outer.push(Block::Table(Table { head: rows.next().unwrap_or_default(), rows: rows.collect() }));
            }
            Kind::Head | Kind::Row => outer.rows.push(self.cells),
            Kind::Cell => outer.cells.push(self.words),
            Kind::Emphasis => outer.add(Inline::Emphasis(self.words)),
            Kind::Strong => outer.add(Inline::Strong(self.words)),
            Kind::Struck => outer.add(Inline::Struck(self.words)),
            Kind::Link { address, title, around: (before, after) } => {
                outer.add_text(before);
                outer.add(Inline::Link { address, title, words: self.words });
                outer.add_text(after);
            }
            Kind::Typed(before, after) => {
                outer.add_text(before);
                self.words.into_iter().for_each(|inline| outer.add(inline));
                outer.add_text(after);
            }
            Kind::AsTyped(before) => {
                outer.add_text(before);
                self.words.into_iter().for_each(|inline| outer.add(inline));
            }
        }
    }

    /// A list; an item that stands alone behind a number or a star is none, but a sentence or a note.
    fn push_list(&mut self, ordered: bool, marker: Option<char>, mut items: Vec<Item>) {
        if items.len() > 1 || !ordered && marker != Some('*') {
            return self.push(Block::List(List { ordered, items }));
        }
        let Some(item) = items.pop() else { return };
        let sign = if ordered { format!("{}. ", item.number) } else { "* ".to_owned() };
        let mut blocks = item.blocks.into_iter();
        let first = match blocks.next() {
            Some(Block::Paragraph(words) | Block::Words(words)) => words,
            other => {
                self.push(Block::Paragraph(vec![Inline::Text(sign.trim_end().to_owned())]));
                return other.into_iter().chain(blocks).for_each(|block| self.push(block));
            }
        };
        let mut sentence = Self::new(Kind::Paragraph);
        sentence.add(Inline::Text(sign));
        first.into_iter().for_each(|inline| sentence.add(inline));
        sentence.close_into(self);
        blocks.for_each(|block| self.push(block));
    }

    fn end_words(&mut self) {
        let words = trimmed(std::mem::take(&mut self.words));
        if !words.is_empty() {
            self.blocks.push(Block::Words(words));
        }
    }
}

/// Without line breaks at the end, where there is nothing to part.
fn trimmed(mut words: Vec<Inline>) -> Vec<Inline> {
    while words.last() == Some(&Inline::Break) {
        words.pop();
    }
    words
}

fn shown(inline: &Inline) -> &str {
    if let Inline::Text(text) = inline { text } else { "" }
}
