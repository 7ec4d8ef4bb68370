//! Markdown of users becomes HTML: kept while it is asked for, and made beside the threads that answer requests. What it
//! becomes, and that it is safe to show, is the crate `markdown`'s.

use std::sync::{Arc, LazyLock};

use quick_cache::{Weighter, sync::Cache};

use crate::heavy::{self, Turns};

/// What is kept of texts and their HTML at the most, in bytes.
const WEIGHT: u64 = 8 * 1024 * 1024;

/// About what a text weighs with its HTML, in bytes.
const USUAL: u64 = 4 * 1024;

/// Bytes of text that are made at once, in less time than another thread would take to begin.
const IN_PLACE: usize = 16 * 1024;

static TURNS: LazyLock<Turns> = LazyLock::new(Turns::one_a_core);

/// What was made lately. A hearing is read by everybody in its first hours, and its text gives the same HTML each time.
static MADE: LazyLock<Cache<Box<str>, Arc<str>, Weight>> =
    LazyLock::new(|| Cache::with_weighter(usize::try_from(WEIGHT / USUAL).unwrap_or_default(), WEIGHT, Weight));

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<Box<str>, Arc<str>> for Weight {
    fn weight(&self, markdown: &Box<str>, html: &Arc<str>) -> u64 {
        u64::try_from(64 + markdown.len() + html.len()).unwrap_or(u64::MAX)
    }
}

/// The HTML of a text of ours, which is short. What people write goes through [`all_to_html`].
#[must_use]
pub fn to_html(markdown: &str) -> String {
    made_before(markdown).unwrap_or_else(|| make(markdown))
}

/// The HTML of texts that people wrote, in their order. What was not made lately and is long is made beside the threads
/// that answer requests.
///
/// # Errors
/// [`heavy::Error`] when too much of it waits.
pub async fn all_to_html(texts: &[&str]) -> Result<Vec<String>, heavy::Error> {
    let made: Vec<_> = texts.iter().map(|text| made_before(text)).collect();
    let missing: Vec<_> = texts.iter().zip(&made).filter(|(_, html)| html.is_none()).map(|(text, _)| *text).collect();
    let new = if missing.iter().map(|text| text.len()).sum::<usize>() <= IN_PLACE {
        missing.into_iter().map(make).collect::<Vec<_>>()
    } else {
        let missing: Vec<_> = missing.into_iter().map(ToOwned::to_owned).collect();
        TURNS.take(move || missing.iter().map(|text| make(text)).collect()).await?
    };
    let mut new = new.into_iter();
    Ok(made.into_iter().filter_map(|html| html.or_else(|| new.next())).collect())
}

fn made_before(markdown: &str) -> Option<String> {
    MADE.get(markdown).map(|html| html.as_ref().to_owned())
}

fn make(markdown: &str) -> String {
    let html = markdown::html(&markdown::parse(markdown));
    MADE.insert(markdown.into(), html.as_str().into());
    html
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use std::collections::HashSet;

    use super::{IN_PLACE, all_to_html, made_before, make, to_html};
    use crate::foreign::spoiled;

    /// Another's judgement of what is safe.
    fn sanitiser() -> ammonia::Builder<'static> {
        let mut sanitiser = ammonia::Builder::default();
        sanitiser
            .rm_tags(["img"])
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
            .link_rel(Some("noopener noreferrer nofollow"))
            .add_tag_attributes("li", ["value"])
            .add_tag_attributes("table", ["tabindex"]);
        sanitiser
    }

    /// The HTML as a browser reads it: the attributes of each tag in the order of their names, without the addresses
    /// that may be led to. Those are judged here, because the sanitiser takes out some that only lead nowhere.
    fn sorted(html: &str) -> Vec<String> {
        let may_be_led_to = |attribute: &str| {
            let address = attribute.strip_prefix("href=\"").map(str::to_lowercase);
            let starts = ["http:", "https:", "mailto:", "tel:", "/", "#"];
            address.is_some_and(|address| starts.iter().any(|start| address.starts_with(start)))
        };
        let tag = |piece: &str| {
            let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let mut attributes: Vec<_> = attributes.split("\" ").map(|part| part.trim_end_matches('"')).collect();
            attributes.retain(|attribute| !attribute.is_empty() && !may_be_led_to(attribute));
            attributes.sort_unstable();
            let text = text.replace("&quot;", "\"").replace("&nbsp;", "\u{a0}");
            format!("{name} {}>{text}", attributes.join(" "))
        };
        html.split('<').map(tag).collect()
    }

    #[tokio::test]
    async fn long_texts_are_made_in_their_order_and_kept() {
        let long = format!("{} **a**", "ord ".repeat(IN_PLACE / 3));
        let texts = ["kort **b**", &long, "# kort", "kort **b**"];
        let [first, second, third, fourth] = all_to_html(&texts).await.unwrap().try_into().unwrap();
        assert_eq!(
            (first.as_str(), third.as_str(), &fourth),
            ("<p>kort <strong>b</strong></p>", "<h3>kort</h3>", &first)
        );
        assert_eq!(second, make(&long));
        assert_eq!(made_before(&long), Some(second));
        assert!(all_to_html(&[]).await.unwrap().is_empty());
    }

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
    fn each_specimen_is_safe_to_another() {
        for (text, html) in markdown::specimens::SPECIMENS {
            assert_eq!(to_html(text), *html, "{text}");
            assert_eq!(sorted(&sanitiser().clean(html).to_string()), sorted(html), "{text}");
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
            prop_assert_eq!(sorted(&sanitiser().clean(&html).to_string()), sorted(&html));
        }
    }
}
