//! Copies of what is being written, on this device: of what lies nowhere else, and of what could not be saved because
//! the session had ended or the network was gone. A copy belongs to one person, and goes when what it holds is saved or
//! when that person logs out.

use std::fmt::Display;

use openapi::ids::AccountId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::dom;

fn prefix(owner: AccountId) -> String {
    format!("agora-kept-{owner}-")
}

/// The place of one copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    name: Option<String>,
}

impl Kept {
    /// The place for what a person writes: `conclusion-<hearing>`. For nobody there is no place, and nothing is kept.
    pub fn new(owner: Option<AccountId>, what: impl Display) -> Kept {
        Kept { name: owner.map(|owner| format!("{}{what}", prefix(owner))) }
    }

    /// Keeps a copy. False when the browser refuses.
    pub fn keep<T: Serialize>(&self, value: &T) -> bool {
        match (&self.name, serde_json::to_string(value)) {
            (Some(name), Ok(text)) => dom::store(name, &text),
            _ => false,
        }
    }

    /// The copy; none when it was made by another build that wrote it in another way.
    pub fn find<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&dom::stored(self.name.as_deref()?)?).ok()
    }

    /// Drops the copy.
    pub fn forget(&self) {
        if let Some(name) = &self.name {
            dom::drop_stored(name);
        }
    }
}

/// Drops every copy of a person.
pub fn forget_all(owner: AccountId) {
    let prefix = prefix(owner);
    for name in dom::stored_names().iter().filter(|name| name.starts_with(&prefix)) {
        dom::drop_stored(name);
    }
}

/// A copy of what is also kept on the server, with the version there that it was written on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versioned<W> {
    /// The version.
    pub version: i64,
    /// What was written.
    pub written: W,
}

/// What a copy means for what is on the server now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<W> {
    /// There is none, or it says the same.
    Nothing,
    /// It goes on from what is on the server: a form starts with it.
    GoesOn(W),
    /// What is on the server was changed somewhere else since: both are shown, and the author chooses.
    Competes(W),
}

impl<W> Found<W> {
    /// Judges a copy by the version on the server now. `is_saved` says whether what it holds is what is there.
    pub fn judge(copy: Option<Versioned<W>>, version: i64, is_saved: impl FnOnce(&W) -> bool) -> Found<W> {
        match copy {
            Some(copy) if is_saved(&copy.written) => Found::Nothing,
            Some(copy) if copy.version == version => Found::GoesOn(copy.written),
            Some(copy) => Found::Competes(copy.written),
            None => Found::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(version_of_copy: i64, version_on_server: i64, saved: &str) -> Found<&'static str> {
        let copy = Versioned { version: version_of_copy, written: "kopi" };
        Found::judge(Some(copy), version_on_server, |written| *written == saved)
    }

    #[test]
    fn a_copy_never_replaces_what_was_saved_somewhere_else_since() {
        assert_eq!(judge(3, 3, "gemt"), Found::GoesOn("kopi"));
        assert_eq!(judge(3, 4, "gemt"), Found::Competes("kopi"));
    }

    #[test]
    fn a_copy_that_says_the_same_is_no_news() {
        assert_eq!(judge(3, 4, "kopi"), Found::Nothing);
        assert_eq!(Found::judge(None, 4, |_: &&str| false), Found::Nothing);
    }

    #[test]
    fn a_place_is_one_persons_and_nobody_has_none() {
        let [mette, poul] = ["01938a5e-0000-7000-8000-000000000001", "01938a5e-0000-7000-8000-000000000002"]
            .map(|id| id.parse().unwrap());
        assert_ne!(Kept::new(Some(mette), "title"), Kept::new(Some(poul), "title"));
        assert_eq!(Kept::new(None, "title").name, None);
    }
}
