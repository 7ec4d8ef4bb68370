//! Markdown as a piece of the page, for the preview while staff write. What it becomes is the crate `markdown`'s, as for
//! what the server publishes; here it is drawn, and no HTML is involved.

use markdown::{Block, Inline, List, Numbering, Table};
use yew::virtual_dom::{VNode, VTag, VText};

/// Draws a text.
pub fn draw(text: &str) -> Vec<VNode> {
    blocks(&markdown::parse(text))
}

fn blocks(blocks: &[Block]) -> Vec<VNode> {
    blocks.iter().flat_map(block).collect()
}

fn block(block: &Block) -> Vec<VNode> {
    let node = match block {
        Block::Words(words) => return inlines(words),
        Block::Paragraph(words) => element("p", inlines(words)),
        Block::Heading { level, words } => {
            let name = match level {
                3 => "h3",
                4 => "h4",
                5 => "h5",
                _ => "h6",
            };
            element(name, inlines(words))
        }
        Block::Quote(quoted) => element("blockquote", blocks(quoted)),
        Block::List(items) => list(items),
        Block::Code(code) => element("pre", [element("code", [text(code)]).into()]),
        Block::Table(rows) => table(rows),
        Block::Rule => VTag::new("hr"),
    };
    vec![node.into()]
}

fn list(list: &List) -> VTag {
    let items = list.numbered().map(|(numbering, item)| {
        let mut node = element("li", blocks(&item.blocks));
        if let Numbering::Told(number) = numbering {
            node.add_attribute("value", number.to_string());
        }
        node.into()
    });
    let mut node = element(if list.ordered { "ol" } else { "ul" }, items);
    if let Some(start) = list.start() {
        node.add_attribute("start", start.to_string());
    }
    node
}

/// A table that can be moved by the keyboard. A heading without words names nothing and is none.
fn table(table: &Table) -> VTag {
    let cell = |name: &'static str, cell: &Vec<Inline>| VNode::from(element(name, inlines(cell)));
    let head = table.head.iter().map(|words| cell(if words.is_empty() { "td" } else { "th" }, words));
    let head = element("thead", [element("tr", head).into()]);
    let row = |row: &Vec<Vec<Inline>>| element("tr", row.iter().map(|words| cell("td", words))).into();
    let body = element("tbody", table.rows.iter().map(row));
    let mut node = element("table", [head.into(), body.into()]);
    node.add_attribute("tabindex", "0");
    node
}

fn inlines(words: &[Inline]) -> Vec<VNode> {
    words.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> VNode {
    let node = match inline {
        Inline::Text(piece) => return text(piece),
        Inline::Break => VTag::new("br"),
        Inline::Emphasis(words) => element("em", inlines(words)),
        Inline::Strong(words) => element("strong", inlines(words)),
        Inline::Struck(words) => element("del", inlines(words)),
        Inline::Code(code) => element("code", [text(code)]),
        Inline::Link { address, title, words } => {
            let mut link = element("a", inlines(words));
            link.add_attribute("href", address.clone());
            link.add_attribute("rel", "noopener noreferrer nofollow");
            if !title.is_empty() {
                link.add_attribute("title", title.clone());
            }
            link
        }
    };
    node.into()
}

fn element(name: &'static str, children: impl IntoIterator<Item = VNode>) -> VTag {
    let mut element = VTag::new(name);
    element.add_children(children);
    element
}

fn text(text: &str) -> VNode {
    VText::new(text.to_owned()).into()
}

#[cfg(test)]
mod tests {
    use yew::{ServerRenderer, prelude::*};

    use super::*;

    async fn html(markdown: &'static str) -> String {
        #[derive(Properties, PartialEq)]
        struct TextProps {
            markdown: &'static str,
        }
        #[component]
        fn Text(props: &TextProps) -> Html {
            html! { <>{ for draw(props.markdown) }</> }
        }
        ServerRenderer::<Text>::with_props(move || TextProps { markdown }).hydratable(false).render().await
    }

    #[tokio::test]
    async fn what_people_write_comes_through() {
        let html =
            html("# Baggrund\n\nEn **ny** [plan](https://eksempel.dk).\n\n3. tre\n4. fire\n\n|a|b|\n|---|---|\n|1|2|")
                .await;
        assert!(html.contains("<h3>Baggrund</h3>"), "{html}");
        assert!(html.contains("<strong>ny</strong>"), "{html}");
        assert!(html.contains(r#"href="https://eksempel.dk""#), "{html}");
        assert!(html.contains(r#"<ol start="3">"#), "{html}");
        assert!(html.contains("<th>a</th>") && html.contains("<td>1</td>"), "{html}");
    }

    #[tokio::test]
    async fn scripts_and_foreign_addresses_do_not() {
        let html = html(
            "<script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](JavaScript:1) ![z](https://sporing.dk/z.png)",
        )
        .await;
        assert!(!html.contains("<script") && !html.contains("href") && !html.contains("<img"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }

    #[tokio::test]
    async fn headings_start_at_the_third_level_and_leave_none_out() {
        let html = html("### Et\n\n# To\n\n### Tre\n\n## Fire").await;
        assert_eq!(html, "<h3>Et</h3><h3>To</h3><h4>Tre</h4><h4>Fire</h4>");
    }

    #[tokio::test]
    async fn fifty_thousand_quotations_are_drawn_as_twenty() {
        static DEEP: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| format!("{}dybt", "> ".repeat(50_000)));
        let html = html(&DEEP).await;
        assert!(html.matches("<blockquote>").count() <= 20 && html.contains("dybt"), "{}", html.len());
    }

    #[tokio::test]
    async fn a_column_without_a_name_has_no_heading() {
        let html = html("| |Ja|\n|---|---|\n|Mail|1|").await;
        assert!(html.contains("<tr><td></td><th>Ja</th></tr>"), "{html}");
    }

    #[tokio::test]
    async fn a_text_that_is_not_finished_is_drawn_as_far_as_it_goes() {
        assert!(html("**fed\n\n- [link](").await.contains("<li>"));
        assert_eq!(html("").await, "");
    }

    /// The preview shows what the server publishes.
    #[tokio::test]
    async fn each_specimen_is_drawn_as_the_server_writes_it() {
        for (text, expected) in markdown::specimens::SPECIMENS {
            let drawn = html(text).await.replace("&#x27;", "'");
            assert_eq!(drawn, *expected, "{text:?}");
        }
    }
}
