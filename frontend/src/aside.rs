//! Words that were put aside where two versions of a text competed: on this device, with their author, until the author
//! takes them back or drops them. They lie there as the other copies do (`kept.rs`), and go with them at the logout.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::kept::Kept;

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
}

/// The place for what is put aside of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsidePlace(Kept);

impl AsidePlace {
    /// The place beside that of the copy which lies here until it is saved.
    pub fn new(kept: Kept) -> AsidePlace {
        AsidePlace(kept)
    }

    /// Drops all that lies there.
    pub fn forget(&self) {
        self.0.forget();
    }

    /// All that lies there, the oldest first.
    pub fn find<W: DeserializeOwned>(&self) -> Vec<Aside<W>> {
        self.0.find().unwrap_or_default()
    }

    /// Lays all of it there. Another tab may have put something aside too: ask before what is there.
    fn keep<W: Serialize>(&self, all: &Vec<Aside<W>>) {
        if all.is_empty() {
            self.0.forget();
        } else {
            // Where the browser keeps nothing, it stands on the page all the same.
            let _ = self.0.keep(all);
        }
    }

    /// Puts words aside, and tells what lies there then. Where the browser keeps nothing that is `shown` and the new words.
    pub fn put<W>(&self, aside: Aside<W>, shown: &[Aside<W>]) -> Vec<Aside<W>>
    where
        W: Clone + PartialEq + Serialize + DeserializeOwned,
    {
        let mut all = self.find();
        all.extend(shown.iter().filter(|known| !all.contains(known)).cloned().collect::<Vec<_>>());
        all.retain(|known| known.written != aside.written);
        all.push(aside);
        all.sort_by_key(|known| known.put_at);
        self.keep(&all);
        all
    }

    /// Takes words away, and tells what lies there then.
    pub fn take<W>(&self, put_at: DateTime<Utc>, shown: &[Aside<W>]) -> Vec<Aside<W>>
    where
        W: Clone + PartialEq + Serialize + DeserializeOwned,
    {
        let left = |all: Vec<Aside<W>>| all.into_iter().filter(|known| known.put_at != put_at).collect();
        self.keep::<W>(&left(self.find()));
        left(shown.to_vec())
    }
}
