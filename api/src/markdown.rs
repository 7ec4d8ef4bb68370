//! Markdown of users becomes HTML that is safe to show: the one place where that happens.

use std::collections::HashSet;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Sanitised HTML. Headings start at level 3, below the page's title and the section's; raw HTML, images, scripts and
/// styles do not come through.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = shallow(Parser::new_ext(markdown, options)).map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: below(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        // What looks like HTML is shown as it was written.
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut written = String::new();
    html::push_html(&mut written, events);
    ammonia::Builder::default()
        .rm_tags(["img"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&written)
        .to_string()
}

/// Blocks within blocks deeper than anybody writes. Whoever nests fifty thousand quotations means to keep the sanitiser
/// busy, and gets their text without them.
const DEEPEST: usize = 20;

/// The events without the blocks that lie too deep; their text stays.
fn shallow<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut depth = 0_usize;
    events.filter(move |event| match event {
        Event::Start(_) => {
            depth += 1;
            depth <= DEEPEST
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            depth < DEEPEST
        }
        _ => true,
    })
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::to_html;

    #[test]
    fn what_people_write_comes_through() {
        let html = to_html("# Baggrund\n\nEn **ny** [plan](https://eksempel.dk).\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        assert!(html.contains("<h3>Baggrund</h3>"), "{html}");
        assert!(html.contains("<strong>ny</strong>"), "{html}");
        assert!(html.contains("<td>1</td>"), "{html}");
    }

    #[test]
    fn scripts_and_images_do_not() {
        for text in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "![x](https://sporing.dk/x.png)",
            "<a href=\"x\" onclick=\"alert(1)\">x</a>",
            "<style>body{display:none}</style>",
        ] {
            let html = to_html(text);
            for bad in ["<script", "href=\"javascript", "<img", "<style", "<a href=\"x\""] {
                assert!(!html.contains(bad), "{text} became {html}");
            }
        }
    }

    #[test]
    fn deep_nesting_is_flattened_and_its_text_stays() {
        for text in [">".repeat(49_990) + " a", "- ".repeat(24_990) + "a", "*a ".repeat(16_000)] {
            let html = to_html(&text);
            assert!(html.contains('a') && html.matches("<blockquote>").count() <= 20, "{}", html.len());
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,300}") {
            prop_assert!(!to_html(&text).contains("<script"));
        }
    }
}
