//! The tree as HTML. Every text and every address is escaped here, and no tag but these is written.

use crate::tree::{Block, Inline, List, Numbering, Table};

/// The tree as HTML: no scripts, no styles, no images, links by [`Inline::Link`]'s addresses alone.
#[must_use]
pub fn html(blocks: &[Block]) -> String {
    let mut html = String::new();
    write_blocks(blocks, &mut html);
    html
}

fn write_blocks(blocks: &[Block], html: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(words) => element("p", words, html),
            Block::Words(words) => write_inlines(words, html),
            Block::Heading { level, words } => element(&format!("h{level}"), words, html),
            Block::Quote(blocks) => {
                html.push_str("<blockquote>");
                write_blocks(blocks, html);
                html.push_str("</blockquote>");
            }
            Block::List(list) => write_list(list, html),
            Block::Code(code) => {
                html.push_str("<pre><code>");
                escape(code, html);
                html.push_str("</code></pre>");
            }
            Block::Table(table) => write_table(table, html),
            Block::Rule => html.push_str("<hr>"),
        }
    }
}

fn write_list(list: &List, html: &mut String) {
    match list.start() {
        Some(start) => html.push_str(&format!("<ol start=\"{start}\">")),
        None => html.push_str(if list.ordered { "<ol>" } else { "<ul>" }),
    }
    for (numbering, item) in list.numbered() {
        match numbering {
            Numbering::Counted => html.push_str("<li>"),
            Numbering::Told(number) => html.push_str(&format!("<li value=\"{number}\">")),
        }
        write_blocks(&item.blocks, html);
        html.push_str("</li>");
    }
    html.push_str(if list.ordered { "</ol>" } else { "</ul>" });
}

/// A wide table is moved on a phone, with the keyboard too. A heading without words names nothing and is none.
fn write_table(table: &Table, html: &mut String) {
    html.push_str("<table tabindex=\"0\"><thead><tr>");
    for cell in &table.head {
        element(if cell.is_empty() { "td" } else { "th" }, cell, html);
    }
    html.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        html.push_str("<tr>");
        row.iter().for_each(|cell| element("td", cell, html));
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
}

fn element(tag: &str, words: &[Inline], html: &mut String) {
    html.push_str(&format!("<{tag}>"));
    write_inlines(words, html);
    html.push_str(&format!("</{tag}>"));
}

fn write_inlines(words: &[Inline], html: &mut String) {
    for inline in words {
        match inline {
            Inline::Text(text) => escape(text, html),
            Inline::Break => html.push_str("<br>"),
            Inline::Emphasis(words) => element("em", words, html),
            Inline::Strong(words) => element("strong", words, html),
            Inline::Struck(words) => element("del", words, html),
            Inline::Code(code) => element("code", &[Inline::Text(code.clone())], html),
            Inline::Link { address, title, words } => {
                html.push_str("<a href=\"");
                escape(address, html);
                html.push_str("\" rel=\"noopener noreferrer nofollow");
                if !title.is_empty() {
                    html.push_str("\" title=\"");
                    escape(title, html);
                }
                html.push_str("\">");
                write_inlines(words, html);
                html.push_str("</a>");
            }
        }
    }
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}
