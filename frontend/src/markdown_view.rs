//! Markdown as a piece of the page, for the preview while somebody writes. No HTML is involved: what would be HTML in
//! the text stays text. What the server publishes follows the same rules (headings from level 3, no images).

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use yew::virtual_dom::{VNode, VTag, VText};

/// Kinds of addresses that a link may have; a link with another is shown as its text.
const SCHEMES: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];

/// Elements within elements deeper than anybody writes; what lies deeper is drawn without them, as the server does it.
const DEEPEST: usize = 20;

/// Draws a text.
pub fn draw(markdown: &str) -> Vec<VNode> {
    let mut drawing = Drawing { open: vec![VTag::new("div")], above: Vec::new(), in_head: false, skipped: 0 };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        drawing.take(event);
    }
    while drawing.open.len() > 1 {
        drawing.close();
    }
    drawing.open.pop().and_then(VTag::into_children).into_iter().collect()
}

/// The elements that are open, the outermost first.
struct Drawing {
    open: Vec<VTag>,
    /// The headings over the present place, as they were written.
    above: Vec<HeadingLevel>,
    in_head: bool,
    /// How many elements are open that lie too deep.
    skipped: usize,
}

impl Drawing {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.add(text_node(&text)),
            Event::Code(text) => {
                let mut code = VTag::new("code");
                code.add_child(text_node(&text));
                self.add(code.into());
            }
            Event::SoftBreak => self.add(text_node("\n")),
            Event::HardBreak => self.add(VTag::new("br").into()),
            Event::Rule => self.add(VTag::new("hr").into()),
            // Not switched on above.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        if self.open.len() > DEEPEST {
            self.skipped += 1;
            return;
        }
        let mut element = VTag::new(match tag {
            Tag::Paragraph => "p",
            Tag::Heading { level, .. } => self.heading(*level),
            Tag::BlockQuote(_) => "blockquote",
            Tag::CodeBlock(_) => "pre",
            Tag::List(Some(_)) => "ol",
            Tag::List(None) => "ul",
            Tag::Item => "li",
            Tag::Table(_) => "table",
            Tag::TableHead => {
                self.in_head = true;
                "tr"
            }
            Tag::TableRow => "tr",
            Tag::TableCell if self.in_head => "th",
            Tag::TableCell => "td",
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strikethrough => "del",
            Tag::Link { dest_url, .. } if may_lead_to(dest_url) => "a",
            _ => "span",
        });
        match tag {
            Tag::Link { dest_url, .. } if may_lead_to(dest_url) => {
                element.add_attribute("href", dest_url.to_string());
                element.add_attribute("rel", "noopener noreferrer nofollow");
            }
            Tag::List(Some(first)) if *first != 1 => element.add_attribute("start", first.to_string()),
            // On a phone a wide table is moved by the keyboard as well.
            Tag::Table(_) => element.add_attribute("tabindex", "0"),
            // What stands for an image is not shown either.
            Tag::Image { .. } => element.add_attribute("hidden", "hidden"),
            _ => {}
        }
        self.open.push(element);
    }

    /// A heading under those over it, whatever levels they were written with: none is left out.
    fn heading(&mut self, level: HeadingLevel) -> &'static str {
        self.above.retain(|above| *above < level);
        self.above.push(level);
        match self.above.len() {
            1 => "h3",
            2 => "h4",
            3 => "h5",
            _ => "h6",
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if tag == TagEnd::TableHead {
            self.in_head = false;
        }
        self.close();
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        // A heading without words names nothing.
        if element.tag() == "th" && element.children().is_none_or(|children| *children == VNode::default()) {
            self.add(VTag::new("td").into());
        } else {
            self.add(element.into());
        }
    }

    fn add(&mut self, node: VNode) {
        if let Some(parent) = self.open.last_mut() {
            parent.add_child(node);
        }
    }
}

fn text_node(text: &str) -> VNode {
    VText::new(text.to_owned()).into()
}

/// An address of this site, or one with a scheme that leads to a page, a mail or a call.
fn may_lead_to(address: &CowStr<'_>) -> bool {
    let scheme = address.split(['/', '?', '#']).next().filter(|start| start.contains(':'));
    scheme.is_none_or(|start| {
        let start = start.to_ascii_lowercase();
        SCHEMES.iter().any(|scheme| start.starts_with(scheme))
    })
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
        assert!(html.matches("<blockquote>").count() <= DEEPEST && html.contains("dybt"), "{}", html.len());
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
}
