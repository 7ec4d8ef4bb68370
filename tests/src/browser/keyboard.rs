//! Somebody who uses the keyboard alone: goes from stop to stop, and must always see where he is.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
pub use fantoccini::key::Key;
use serde_json::Value;
use tokio::time::Instant;

use super::{Browser, PATIENCE};

/// More stops than any page has on the way to something.
const MOST_STOPS: usize = 120;

/// What has the focus, and whether that is seen: a ring round it, and at least some of it within the window with nothing
/// over it. A heading takes the focus for being read out, not for being used, and needs no ring.
const FOCUSED: &str = "const focused = document.activeElement; \
    if (!focused || focused === document.body) return null; \
    const style = getComputedStyle(focused); \
    const box = focused.getBoundingClientRect(); \
    const points = [[.5, .5], [.05, .5], [.95, .5], [.5, .1], [.5, .9]] \
        .map(([x, y]) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)); \
    return { \
        element: focused, \
        ring: focused.matches('h1') || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, \
        seen: points.some(point => point && (focused.contains(point) || point.contains(focused))), \
        html: focused.outerHTML.slice(0, 200), \
    }";

impl Browser {
    /// Presses and lets go of a key.
    pub async fn key(&self, key: Key) {
        self.type_keys(&char::from(key).to_string()).await;
    }

    /// Types on whatever has the focus.
    pub async fn type_keys(&self, text: &str) {
        let typed = text.chars().fold(KeyActions::new("keyboard".to_owned()), |typed, value| {
            typed.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(typed).await.unwrap();
    }

    /// Goes on with the tabulator until it is at what is called this. Every stop on the way must be seen.
    pub async fn tab_to(&self, name: &str) {
        // Nobody goes on before there is something to go to.
        self.sees(name).await;
        let mut passed = Vec::new();
        while passed.len() < MOST_STOPS {
            self.key(Key::Tab).await;
            let here = self.focused().await;
            if here.starts_with(name) {
                return;
            }
            passed.push(here);
        }
        panic!("»{name}« cannot be reached by keyboard: {passed:?}");
    }

    /// The name of what has the focus, as assistive technology hears it; empty when nothing has it. It must be seen that
    /// it has the focus, at the latest when what slides into the window has come to rest.
    pub async fn focused(&self) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let focused = self.run(FOCUSED, vec![]).await;
            if focused.is_null() {
                return String::new();
            }
            if focused["ring"] == true && focused["seen"] == true {
                // It can be gone again: a page that was left, a form that was drawn anew.
                let Some(name) = self.computed_name(reference(&focused["element"])).await else { continue };
                return name;
            }
            let wrong = if focused["ring"] == true { "is out of sight" } else { "has no ring" };
            assert!(Instant::now() < deadline, "the focus {wrong}: {}", focused["html"]);
        }
    }

    /// Waits until the focus is on what is called this.
    pub async fn focus_comes_to(&self, name: &str) {
        let deadline = Instant::now() + PATIENCE;
        let mut focused = self.focused().await;
        while focused != name {
            assert!(Instant::now() < deadline, "the focus is on »{focused}« and not on »{name}«");
            focused = self.focused().await;
        }
    }
}

/// What WebDriver calls an element by.
fn reference(element: &Value) -> &str {
    let reference = element.as_object().and_then(|element| element.values().next()).and_then(Value::as_str);
    reference.unwrap_or_else(|| panic!("no element: {element}"))
}
