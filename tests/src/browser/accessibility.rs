//! What every page must be in every state: without anything that axe-core finds, as wide as its window, with one heading,
//! with a title in its tab, and with links and buttons apart.

use std::{fs, sync::LazyLock};

use serde_json::Value;

use super::{Browser, driver};

static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = driver::frontend().join("node_modules/axe-core/axe.min.js");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask setup`", path.display()))
});

/// What axe finds, each with its places. Nothing but `null` where axe is not in the page yet.
const RUN: &str = "const done = arguments[0]; \
    if (!window.axe) { done(null); return } \
    axe.run().then(found => done(found.violations.map(violation => \
        `${violation.id} (${violation.help}): ${violation.nodes.map(node => node.html).join(' | ').slice(0, 600)}`)), \
        error => done([String(error)]))";

const FRAME: &str = "return { \
    headings: [...document.querySelectorAll('h1')].map(heading => heading.innerText), \
    title: document.title, \
    needs: document.documentElement.scrollWidth, \
    has: document.documentElement.clientWidth, \
    glued: glued(), \
}";

/// Links and buttons beside each other whose words run together.
const GLUED: &str = "const ACTS = 'a[href], button'; \
    const words = element => { \
        const range = document.createRange(); \
        range.selectNodeContents(element); \
        return range.getBoundingClientRect() \
    }; \
    const glued = () => [...document.querySelectorAll(ACTS)].filter(one => { \
        const next = one.nextElementSibling; \
        if (!next || !next.matches(ACTS)) return false; \
        const [left, right] = [words(one), words(next)]; \
        const beside = left.width && right.width && left.top < right.bottom && right.top < left.bottom; \
        return beside && right.left >= left.left && right.left - left.right < 6 \
    }).map(one => `${one.innerText} ${one.nextElementSibling.innerText}`); ";

impl Browser {
    /// Asserts all of it.
    pub async fn is_accessible(&self, what: &str) {
        let found = self.violations().await;
        assert_eq!(found, Value::Array(vec![]), "axe on {what}");
        let frame = self.run(&format!("{GLUED}{FRAME}"), vec![]).await;
        assert!(frame["needs"].as_i64() <= frame["has"].as_i64(), "{what} has to be scrolled sideways: {frame}");
        assert_eq!(frame["glued"], Value::Array(vec![]), "{what} has words of two links or buttons run together");
        let headings: Vec<&str> = frame["headings"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(matches!(headings[..], [heading] if !heading.is_empty()), "{what} has one heading: {headings:?}");
        let title = frame["title"].as_str().unwrap_or_default();
        let (page, site) = title.split_once(" – ").unwrap_or_default();
        assert!(!page.is_empty() && !site.is_empty(), "{what} says in its tab what it is and whose: »{title}«");
    }

    async fn violations(&self) -> Value {
        let found = self.client.execute_async(RUN, vec![]).await.unwrap();
        if !found.is_null() {
            return found;
        }
        self.run(&AXE, vec![]).await;
        self.client.execute_async(RUN, vec![]).await.unwrap()
    }
}
