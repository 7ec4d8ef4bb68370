//! Copies of what is being written, on this device: of what lies nowhere else, and of what could not be saved because
//! the session had ended or the network was gone. A copy belongs to one person. It goes when what it holds is saved, when
//! that person is logged out, and when it is older than two weeks; after logging out none is kept any more.

use std::{cell::Cell, fmt::Display};

use chrono::{DateTime, TimeDelta, Utc};
use openapi::ids::AccountId;
use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IgnoredAny},
};

use crate::{clock, dom};

const PREFIX: &str = "agora-kept-";
/// How long a copy waits for its author.
const LONGEST: TimeDelta = TimeDelta::days(14);

thread_local! {
    static LOGGED_OUT: Cell<bool> = const { Cell::new(false) };
}

fn prefix(owner: AccountId) -> String {
    format!("{PREFIX}{owner}-")
}

/// A copy as it lies on the device.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dated<T> {
    kept_at: DateTime<Utc>,
    copy: T,
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

    /// The place of something that belongs to this: `conclusion-<hearing>-aside`.
    pub fn beside(&self, what: &str) -> Kept {
        Kept { name: self.name.as_ref().map(|name| format!("{name}-{what}")) }
    }

    /// Keeps a copy. False when the browser refuses, and after logging out.
    pub fn keep<T: Serialize>(&self, copy: &T) -> bool {
        if LOGGED_OUT.get() {
            return false;
        }
        match (&self.name, serde_json::to_string(&Dated { kept_at: clock::now(), copy })) {
            (Some(name), Ok(text)) => dom::store(name, &text),
            _ => false,
        }
    }

    /// The copy; none when it was made by another build that wrote it in another way.
    pub fn find<T: DeserializeOwned>(&self) -> Option<T> {
        let dated: Dated<T> = serde_json::from_str(&dom::stored(self.name.as_deref()?)?).ok()?;
        Some(dated.copy)
    }

    /// Drops the copy.
    pub fn forget(&self) {
        if let Some(name) = &self.name {
            dom::drop_stored(name);
        }
    }
}

/// Whether there is a copy of a person's.
pub fn has_any(owner: AccountId) -> bool {
    !names(&prefix(owner)).is_empty()
}

/// Drops every copy of a person who is logged out. From then on this page keeps none.
pub fn forget_all(owner: AccountId) {
    LOGGED_OUT.set(true);
    for name in names(&prefix(owner)) {
        dom::drop_stored(&name);
    }
}

/// Drops the copies that nobody has come back for, whoever's they are.
pub fn drop_old() {
    let now = clock::now();
    for name in names(PREFIX) {
        if dom::stored(&name).is_some_and(|text| is_old(&text, now)) {
            dom::drop_stored(&name);
        }
    }
}

fn names(prefix: &str) -> Vec<String> {
    dom::stored_names().into_iter().filter(|name| name.starts_with(prefix)).collect()
}

/// Whether a copy has waited for too long. One without a date may have.
fn is_old(text: &str, now: DateTime<Utc>) -> bool {
    serde_json::from_str::<Dated<IgnoredAny>>(text).map_or(true, |dated| now - dated.kept_at > LONGEST)
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
impl Kept {
    /// A place of a person of a test.
    pub fn of_a_test(what: &str) -> Kept {
        Kept::new("01938a5e-0000-7000-8000-000000000001".parse().ok(), what)
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
    fn a_copy_is_old_after_two_weeks_and_without_a_date() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(100);
        let kept =
            |days: i64| serde_json::to_string(&Dated { kept_at: now - TimeDelta::days(days), copy: "kopi" }).unwrap();
        assert!(!is_old(&kept(0), now) && !is_old(&kept(14), now) && is_old(&kept(15), now));
        assert!(is_old("\"kopi\"", now), "made by a build that did not date them");
    }

    #[test]
    fn a_place_is_one_persons_and_nobody_has_none() {
        let [mette, poul] = ["01938a5e-0000-7000-8000-000000000001", "01938a5e-0000-7000-8000-000000000002"]
            .map(|id| id.parse().unwrap());
        assert_ne!(Kept::new(Some(mette), "title"), Kept::new(Some(poul), "title"));
        assert_eq!(Kept::new(None, "title").name, None);
    }
}
