//! Whether the person whose page this is, is still the one who is logged in; and hearing of it when that changes in
//! another tab.

use std::hash::{DefaultHasher, Hash, Hasher};

use gloo_events::EventListener;
use openapi::{ids::AccountId, session::Session};
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;
use yew::prelude::*;

use crate::dom;

/// Written anew at each login, so that the other tabs hear of it.
const LOGGED_IN: &str = "agora-logged-in";

/// Who is logged in now, seen from a page that is somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// The same person, or the page is nobody's.
    Here,
    /// Nobody.
    Gone,
    /// Another person, by this name.
    SomebodyElse(String),
}

impl Presence {
    /// What a session means for the page of `owner`.
    pub(super) fn of(owner: Option<AccountId>, session: &Session) -> Presence {
        match (owner, session.account.as_ref()) {
            (None, _) => Presence::Here,
            (Some(owner), Some(account)) if owner == account.id => Presence::Here,
            (Some(_), Some(account)) => Presence::SomebodyElse(account.name.clone()),
            (Some(_), None) => Presence::Gone,
        }
    }
}

/// Tells the other tabs of a session, and looks again when another tab tells of one; while the person is away, also
/// whenever the reader comes back to this tab.
#[hook]
pub(super) fn use_word_of_logins(session: Option<&Session>, away: bool, look: Callback<()>) {
    let owned = session.filter(|session| session.account.is_some());
    let mark = owned.map(|session| digest(&session.csrf_token));
    {
        let mark = mark.clone();
        use_effect_with(mark, move |mark| {
            if let Some(mark) = mark {
                // The same mark again tells nobody anything.
                dom::store(LOGGED_IN, mark);
            }
        });
    }
    use_effect_with((mark.is_some(), away, look), |(owned, away, look)| {
        let window = owned.then(web_sys::window).flatten();
        let told = window.as_ref().map(|window| {
            let look = look.clone();
            EventListener::new(window, "storage", move |event| {
                if event.dyn_ref::<StorageEvent>().is_some_and(|event| event.key().as_deref() == Some(LOGGED_IN)) {
                    look.emit(());
                }
            })
        });
        let back = window.filter(|_| *away).and_then(|window| window.document()).map(|document| {
            let look = look.clone();
            EventListener::new(&document.clone(), "visibilitychange", move |_| {
                if !document.hidden() {
                    look.emit(());
                }
            })
        });
        move || drop((told, back))
    });
}

/// What tells one session or person from another and nothing about either.
pub(super) fn digest(of: &str) -> String {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use openapi::session::{Capacity, SessionAccount};

    use super::*;

    fn session(id: Option<&str>) -> Session {
        let account = id.map(|id| SessionAccount {
            id: id.parse().unwrap(),
            name: "Poul".to_owned(),
            email: "poul@eksempel-kommune.dk".to_owned(),
            department: None,
            capacity: Capacity::Employee,
            roles: Vec::new(),
        });
        Session { account, csrf_token: "t".to_owned(), expires_at: None, now: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn a_page_is_one_persons_and_tells_the_others_apart() {
        let [mette, poul] = ["01938a5e-0000-7000-8000-000000000001", "01938a5e-0000-7000-8000-000000000002"];
        let owner = mette.parse().ok();
        assert_eq!(Presence::of(owner, &session(Some(mette))), Presence::Here);
        assert_eq!(Presence::of(owner, &session(Some(poul))), Presence::SomebodyElse("Poul".to_owned()));
        assert_eq!(Presence::of(owner, &session(None)), Presence::Gone);
        assert_eq!(Presence::of(None, &session(Some(poul))), Presence::Here, "a visitor's page is everybody's");
    }

    #[test]
    fn a_mark_is_a_sessions_own_and_not_its_token() {
        assert_eq!(digest("hemmelig"), digest("hemmelig"));
        assert_ne!(digest("hemmelig"), digest("anden"));
        assert!(!digest("hemmelig").contains("hemmelig"));
    }
}
