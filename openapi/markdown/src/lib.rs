//! What becomes of the text that staff write in Markdown. The server's HTML, the preview in the page and documents are
//! written from the same tree, so that they cannot disagree.
//!
//! People write lines, not Markdown. What they see while they write is what others read:
//!
//! - A line break stays one. Indentation and lines below others (`---`, `===`) make neither code nor headings.
//! - A number stays the number that was typed. A date at the start of a line is text, and so are `1)`, `007.`, years
//!   and numbers that stand alone. The numbers of a list are those typed, whether they count up or not.
//! - Signs that nobody means as markup stay: `5*3*2`, `_navn_`, `~30~`, `+45`, `>5 kg`, `<navn>`, `&sect;`,
//!   `C:\mappe\`, a reference that would vanish (`[1]: se bilag`), an image, a link that leads nowhere.
//! - What follows a list or a quote at the margin is outside of it.
//!
//! Markup is `**strong**`, `*emphasis*`, `~~struck~~`, `[link](https://…)`, `# heading`, lists by `-`, `*` and `1.`,
//! quotes by `> `, tables, rules, code in backticks. Time and memory grow with the text's length and no faster.

mod address;
mod building;
mod dates;
mod frames;
mod html;
mod leaves;
mod lines;
mod plain;
#[cfg(any(test, feature = "testing"))]
pub mod specimens;
#[cfg(test)]
mod tests;
mod tree;
mod work;

pub use html::html;
pub use plain::{PlainBlock, plain};
pub use tree::{Block, Inline, Item, List, Numbering, Table};

/// The tree of a text. It is at most 30 deep, and has at most about two nodes a character.
#[must_use]
pub fn parse(text: &str) -> Vec<Block> {
    // One kind of line break, and no character that HTML cannot hold.
    work::done(text.len());
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}");
    let source = lines::unmistakable(&text);
    building::build(&source).unwrap_or_else(|_too_much| tree::paragraphs(&text))
}
