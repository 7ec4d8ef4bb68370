//! The tree: blocks, and the inlines within them.

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Words that stand in an item of a list, close to the next item: no paragraph of their own.
    Words(Vec<Inline>),
    /// A heading. Its level is 3 to 6: below the page's title and the section's, and none is left out.
    Heading {
        /// 3 to 6.
        level: u8,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A quote.
    Quote(Vec<Block>),
    /// A list.
    List(List),
    /// Code, as it was written, with its line breaks.
    Code(String),
    /// A table.
    Table(Table),
    /// A line across.
    Rule,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Whether its items have numbers.
    pub ordered: bool,
    /// Its items, at least one.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number that was typed; 0 in a list without numbers.
    pub number: u32,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// How an item comes by the number that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// By counting on from the item before.
    Counted,
    /// By being told.
    Told(u32),
}

impl List {
    /// The number that the list starts with, where that is not 1.
    #[must_use]
    pub fn start(&self) -> Option<u32> {
        self.items.first().map(|item| item.number).filter(|&number| self.ordered && number != 1)
    }

    /// The items, each with how it comes by its number.
    pub fn numbered(&self) -> impl Iterator<Item = (Numbering, &Item)> {
        let mut expected = self.items.first().map_or(0, |item| item.number);
        self.items.iter().map(move |item| {
            let told = self.ordered && item.number != expected;
            expected = item.number.saturating_add(1);
            (if told { Numbering::Told(item.number) } else { Numbering::Counted }, item)
        })
    }
}

/// A table. A row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns' headings; a heading without words names nothing.
    pub head: Vec<Vec<Inline>>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text without line breaks.
    Text(String),
    /// A line break.
    Break,
    /// `*emphasis*`.
    Emphasis(Vec<Inline>),
    /// `**strong**`.
    Strong(Vec<Inline>),
    /// `~~struck~~`.
    Struck(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link.
    Link {
        /// Where it leads: `http`, `https`, `mailto` or `tel`, or a place on this site.
        address: String,
        /// What is shown when it is pointed at; mostly empty.
        title: String,
        /// Its words.
        words: Vec<Inline>,
    },
}

/// Text in which nothing is markup: empty lines part its paragraphs, line breaks stay.
pub(crate) fn paragraphs(text: &str) -> Vec<Block> {
    let mut paragraphs = Vec::new();
    let mut words = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            paragraphs.extend(Some(std::mem::take(&mut words)).filter(|words| !words.is_empty()));
        } else {
            if !words.is_empty() {
                words.push(Inline::Break);
            }
            words.push(Inline::Text(line.to_owned()));
        }
    }
    paragraphs.extend(Some(words).filter(|words| !words.is_empty()));
    paragraphs.into_iter().map(Block::Paragraph).collect()
}
