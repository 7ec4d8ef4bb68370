//! A text as plain blocks, for documents that have no markup.

use crate::tree::{Block, Inline};

/// A piece of a document, as it is read: signs of lists and quotes are part of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainBlock {
    /// Whether it is a heading.
    pub heading: bool,
    /// Its lines, at least one.
    pub lines: Vec<String>,
}

/// The tree as plain blocks. Items begin with `– ` or their number, cells are parted by ` | `.
#[must_use]
pub fn plain(blocks: &[Block]) -> Vec<PlainBlock> {
    blocks.iter().flat_map(one).filter(|block| !block.lines.is_empty()).collect()
}

fn one(block: &Block) -> Vec<PlainBlock> {
    let text = |heading, lines| vec![PlainBlock { heading, lines }];
    match block {
        Block::Paragraph(words) | Block::Words(words) => text(false, lines(words)),
        Block::Heading { words, .. } => text(true, lines(words)),
        Block::Code(code) => text(false, code.lines().map(ToOwned::to_owned).collect()),
        Block::Rule => text(false, vec!["—".to_owned()]),
        Block::Quote(blocks) => within(plain(blocks), "> ", "> "),
        Block::List(list) => {
            let items = list.items.iter().map(|item| {
                let sign = if list.ordered { format!("{}. ", item.number) } else { "– ".to_owned() };
                within(plain(&item.blocks), &sign, "  ")
            });
            text(false, items.flatten().flat_map(|block| block.lines).collect())
        }
        Block::Table(table) => {
            let row =
                |row: &Vec<Vec<Inline>>| row.iter().map(|cell| lines(cell).join(" ")).collect::<Vec<_>>().join(" | ");
            text(false, std::iter::once(&table.head).chain(&table.rows).map(row).collect())
        }
    }
}

/// The blocks with a sign before the first line and another before the rest.
fn within(mut blocks: Vec<PlainBlock>, first: &str, rest: &str) -> Vec<PlainBlock> {
    let lines = blocks.iter_mut().flat_map(|block| &mut block.lines);
    for (index, line) in lines.enumerate() {
        line.insert_str(0, if index == 0 { first } else { rest });
    }
    blocks
}

fn lines(words: &[Inline]) -> Vec<String> {
    let mut text = String::new();
    write(words, &mut text);
    text.lines().map(ToOwned::to_owned).collect()
}

fn write(words: &[Inline], text: &mut String) {
    for inline in words {
        match inline {
            Inline::Text(piece) | Inline::Code(piece) => text.push_str(piece),
            Inline::Break => text.push('\n'),
            Inline::Emphasis(words) | Inline::Strong(words) | Inline::Struck(words) | Inline::Link { words, .. } => {
                write(words, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lines_are_read_as_they_were_typed() {
        let text = "# Plan\n\n3. a\n7. b\n   - c\n\nJens\nVej **1**\n\n> x\n\n| a | b |\n|---|---|\n| 1 | 2 |";
        let blocks = plain(&crate::parse(text));
        let lines: Vec<_> = blocks.iter().map(|block| block.lines.join("\n")).collect();
        assert_eq!(lines, ["Plan", "3. a\n7. b\n  – c", "Jens\nVej 1", "> x", "a | b\n1 | 2"]);
        assert_eq!(blocks.iter().filter(|block| block.heading).count(), 1);
    }
}
