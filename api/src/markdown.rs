//! Markdown of users becomes HTML that is safe to show: the one place where that happens.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use quick_cache::{Weighter, sync::Cache};

/// What is kept of texts and their HTML at the most, in bytes.
const WEIGHT: u64 = 8 * 1024 * 1024;

/// About what a text weighs with its HTML, in bytes.
const USUAL: u64 = 4 * 1024;

/// What was made lately. A hearing is read by everybody in its first hours, and its text gives the same HTML each time.
static MADE: LazyLock<Cache<Box<str>, Arc<str>, Weight>> =
    LazyLock::new(|| Cache::with_weighter(usize::try_from(WEIGHT / USUAL).unwrap_or_default(), WEIGHT, Weight));

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(sanitiser);

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<Box<str>, Arc<str>> for Weight {
    fn weight(&self, markdown: &Box<str>, html: &Arc<str>) -> u64 {
        u64::try_from(64 + markdown.len() + html.len()).unwrap_or(u64::MAX)
    }
}

/// Sanitised HTML. Headings start at level 3, below the page's title and the section's, and leave no level out; raw
/// HTML, images, scripts and styles do not come through.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    if let Some(html) = MADE.get(markdown) {
        return html.as_ref().to_owned();
    }
    let html = made_of(markdown);
    MADE.insert(markdown.into(), html.as_str().into());
    html
}

fn made_of(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut outline = Outline::default();
    let events = shallow(Parser::new_ext(markdown, options)).map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => {
            let level = outline.enter(level);
            Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(outline.level())),
        // What looks like HTML is shown as it was written.
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut written = String::new();
    html::push_html(&mut written, events);
    // A heading of a column has to say something: the corner of a table is no heading.
    let written = written.replace("<th></th>", "<td></td>");
    SANITISER.clean(&written).to_string()
}

fn sanitiser() -> ammonia::Builder<'static> {
    let mut sanitiser = ammonia::Builder::default();
    sanitiser
        .rm_tags(["img"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        // A wide table is scrolled on a phone, with the keyboard too.
        .set_tag_attribute_value("table", "tabindex", "0");
    sanitiser
}

/// The levels of headings that are open, as they were written. How they lie in each other is kept; which numbers people
/// took for that is not.
#[derive(Default)]
struct Outline(Vec<HeadingLevel>);

impl Outline {
    fn enter(&mut self, written: HeadingLevel) -> HeadingLevel {
        self.0.retain(|open| *open < written);
        self.0.push(written);
        self.level()
    }

    fn level(&self) -> HeadingLevel {
        match self.0.len() {
            0 | 1 => HeadingLevel::H3,
            2 => HeadingLevel::H4,
            3 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{sanitiser, to_html};
    use crate::foreign::spoiled;

    #[test]
    fn what_people_write_comes_through() {
        let html = to_html("# Baggrund\n\nEn **ny** [plan](https://eksempel.dk).\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        assert!(html.contains("<h3>Baggrund</h3>"), "{html}");
        assert!(html.contains("<strong>ny</strong>"), "{html}");
        assert!(html.contains("<td>1</td>"), "{html}");
    }

    #[test]
    fn headings_leave_no_level_out() {
        let html = to_html("## A\n\n#### B\n\n## C\n\n# D\n\n### E");
        let levels: Vec<&str> = html.split("<h").skip(1).map(|rest| &rest[..1]).collect();
        assert_eq!(levels, ["3", "4", "3", "3", "4"], "{html}");
    }

    #[test]
    fn the_corner_of_a_table_is_no_heading_and_the_table_can_be_scrolled() {
        let html = to_html("| | Nu |\n|---|---|\n| Elever | 312 |");
        assert!(html.contains("<td></td>") && html.contains("<th>Nu</th>"), "{html}");
        assert!(html.contains("tabindex=\"0\""), "{html}");
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
            for bad in ["<script", "href=\"javascript:", "<img", "<style", "<a href=\"x\""] {
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

    const SPECIMENS: [&str; 6] = [
        "# Baggrund\n\nEn **ny** [plan](https://eksempel.dk \"titel\").\n\n| a | b |\n|---|:-:|\n| 1 | ~~2~~ |",
        "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://sporing.dk/x.png)",
        "<svg><style><!--</style><a title=\"--><img src onerror=alert(1)>\">\n<math><mtext></form><form>\n<noscript><p>",
        "> 1. a\n>    - b\n>\n>      ```html\n>      <b onclick=x>\n>      ```\n\n[x]: <data:text/html,x> 'y'\n\n[x]",
        "&lt;script&gt; &#106;avascript: <https://a.dk> <mailto:a@b.dk> `<i>` \\<b> <!-- c --> <?php ?> <![CDATA[x]]>",
        "[a](  JaVa\tScRiPt:alert(1)) [b](vbscript:x) [c](//evil.dk) [d](tel:1) <a href='data:x' style='x'>d</a>",
    ];

    /// Nothing of what a browser runs, loads or shows in other ways is left, as a parser of HTML sees it.
    fn harms(html: &str) -> Option<&str> {
        let tags = ["<script", "<img", "<style", "<svg", "<math", "<iframe", "<form", "<h1", "<h2", "<!--"];
        let addresses = ["href=\"javascript:", "href=\"data:", "href=\"vbscript:", " onerror=", " onclick=", " style="];
        let in_tags = html.split('<').skip(1).filter_map(|piece| piece.split('>').next());
        let of_tags = in_tags.flat_map(|tag| addresses.into_iter().filter(move |bad| tag.to_lowercase().contains(bad)));
        tags.into_iter().filter(|bad| html.to_lowercase().contains(bad)).chain(of_tags).next()
    }

    proptest! {
        #[test]
        fn fuzz_text(text in "\\PC{0,300}") {
            let html = to_html(&text);
            prop_assert_eq!(harms(&html), None, "{}", html);
        }

        /// What was made safe is safe: to the sanitiser nothing is left to do, whatever the text.
        #[test]
        fn fuzz_markdown(text in spoiled(SPECIMENS.map(Into::into).into())) {
            let html = to_html(&String::from_utf8_lossy(&text));
            prop_assert_eq!(harms(&html), None, "{}", html);
            prop_assert_eq!(sanitiser().clean(&html).to_string(), html);
        }
    }
}
