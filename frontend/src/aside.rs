//! Words that were put aside where two versions of a text competed: on this device, with their author, until the author
//! takes them back or drops them. They lie there as the other copies do (`kept.rs`), and go with them at the logout.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{clock, kept::Kept};

/// Who had saved a version, and when, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedBy {
    /// The name; absent for the reader's own, and where the server does not tell it.
    pub name: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
}

/// Whose words were put aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Whose {
    /// What the author had written and not saved.
    Own,
    /// What stood in the form when something else came into it.
    InForm,
    /// What was saved, and was replaced from here.
    Saved(SavedBy),
}

/// Words that were put aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Aside<W> {
    /// When; names them among the others.
    pub put_at: DateTime<Utc>,
    /// Whose they are.
    pub whose: Whose,
    /// The words.
    pub written: W,
    #[serde(skip)]
    is_loose: bool,
}

impl<W> Aside<W> {
    /// Words that are put aside now.
    pub fn new(whose: Whose, written: W) -> Aside<W> {
        Aside { put_at: clock::now(), whose, written, is_loose: true }
    }

    /// Whether they stand on the page alone, because the browser keeps nothing.
    pub fn is_loose(&self) -> bool {
        self.is_loose
    }
}

/// The place for what is put aside of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsidePlace(Kept);

/// What lies in a place: what is understood, and what another build has put there.
struct Lying<W> {
    known: Vec<Aside<W>>,
    other: Vec<Value>,
}

impl AsidePlace {
    /// The place beside that of the copy which lies here until it is saved.
    pub fn beside(kept: &Kept) -> AsidePlace {
        AsidePlace(kept.beside("aside"))
    }

    /// Drops all that lies there.
    pub fn forget(&self) {
        self.0.forget();
    }

    /// All that lies there, the oldest first.
    pub fn find<W: DeserializeOwned>(&self) -> Vec<Aside<W>> {
        self.lying().known
    }

    fn lying<W: DeserializeOwned>(&self) -> Lying<W> {
        let mut lying = Lying { known: Vec::new(), other: Vec::new() };
        for entry in self.0.find::<Vec<Value>>().unwrap_or_default() {
            // One by one: what another build wrote in another way hides nothing else.
            match Aside::deserialize(&entry) {
                Ok(aside) => lying.known.push(aside),
                Err(_) => lying.other.push(entry),
            }
        }
        lying
    }

    /// Lays all of it there. False when the browser refuses. Another tab may have put something aside too: ask before what
    /// is there.
    fn keep<W: Serialize>(&self, all: Lying<W>) -> bool {
        let Ok(known) = all.known.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>() else { return false };
        let entries = [all.other, known].concat();
        if entries.is_empty() {
            self.0.forget();
            return true;
        }
        self.0.keep(&entries)
    }

    /// Puts words aside, and tells what is aside then and whether all of it lies there. What the browser did not keep
    /// before is among what is `shown`, and goes along.
    pub fn put<W>(&self, aside: Aside<W>, shown: &[Aside<W>]) -> (Vec<Aside<W>>, bool)
    where
        W: Clone + PartialEq + Serialize + DeserializeOwned,
    {
        let Lying { mut known, other } = self.lying();
        // What lay there and does not any more was dropped in another tab.
        known.extend(shown.iter().filter(|shown| shown.is_loose).cloned());
        known.retain(|known| known.written != aside.written);
        known.push(aside);
        known.sort_by_key(|known| known.put_at);
        let is_stored = self.keep(Lying { known: known.clone(), other });
        if is_stored {
            known.iter_mut().for_each(|aside| aside.is_loose = false);
        }
        (known, is_stored)
    }

    /// Takes words away, and tells what is aside then.
    pub fn take<W>(&self, put_at: DateTime<Utc>, shown: &[Aside<W>]) -> Vec<Aside<W>>
    where
        W: Clone + PartialEq + Serialize + DeserializeOwned,
    {
        let mut lying = self.lying::<W>();
        lying.known.retain(|known| known.put_at != put_at);
        self.keep(lying);
        shown.iter().filter(|known| known.put_at != put_at).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::device;

    fn aside(text: &str, seconds: i64) -> Aside<String> {
        let put_at = DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(seconds);
        Aside { put_at, ..Aside::new(Whose::Own, text.to_owned()) }
    }

    fn texts(all: &[Aside<String>]) -> Vec<&str> {
        all.iter().map(|aside| aside.written.as_str()).collect()
    }

    #[test]
    fn what_another_build_put_aside_hides_nothing_and_stays() {
        let kept = Kept::of_a_test("answer-1");
        let place = AsidePlace::beside(&kept);
        let earlier = serde_json::json!({ "putAt": "2026-12-04T10:00:00Z", "words": "en anden form" });
        assert!(kept.beside("aside").keep(&[earlier.clone(), serde_json::to_value(aside("mit", 1)).unwrap()]));
        assert_eq!(texts(&place.find()), ["mit"]);
        let (all, is_stored) = place.put(aside("nyt", 2), &place.find());
        assert_eq!((texts(&all), is_stored), (vec!["mit", "nyt"], true));
        place.take::<String>(all[0].put_at, &all);
        place.take::<String>(all[1].put_at, &all);
        assert_eq!(kept.beside("aside").find::<Vec<Value>>(), Some(vec![earlier]));
    }

    #[test]
    fn what_was_dropped_in_another_tab_does_not_come_back() {
        let place = AsidePlace::beside(&Kept::of_a_test("answer-1"));
        let (shown, _) = place.put(aside("gammelt", 1), &[]);
        place.take(shown[0].put_at, &shown);
        assert_eq!(texts(&place.put(aside("nyt", 2), &shown).0), ["nyt"]);
    }

    #[test]
    fn what_the_browser_did_not_keep_stays_on_the_page_and_is_kept_as_soon_as_it_can_be() {
        let place = AsidePlace::beside(&Kept::of_a_test("answer-1"));
        device::refuse(true);
        let (shown, is_stored) = place.put(aside("første", 1), &[]);
        assert_eq!((texts(&shown), is_stored, shown[0].is_loose()), (vec!["første"], false, true));
        device::refuse(false);
        let (shown, is_stored) = place.put(aside("andet", 2), &shown);
        assert_eq!((texts(&shown), is_stored), (vec!["første", "andet"], true));
        assert!(!shown.iter().any(Aside::is_loose));
        assert_eq!(texts(&place.find()), ["første", "andet"]);
    }
}
