//! Every address of the interface, and which of the two apps shows it.

use openapi::{ids::HearingId, text::slug};
use yew_router::Routable;

/// The two apps: whoever only reads and answers never loads the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// For whoever reads and answers.
    Portal,
    /// For staff.
    Workspace,
}

/// A part of the site, as the main menu has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What is in hearing.
    Hearings,
    /// The reader's own.
    Mine,
    /// Making and processing hearings.
    Workspace,
    /// The audit log.
    Audit,
    /// The queue of jobs.
    Operations,
    /// What the installation is connected to.
    Integrations,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    /// What is open now, and what waits for the reader.
    #[at("/")]
    Front,
    /// All hearings; search and filters in the query.
    #[at("/hoeringer")]
    Hearings,
    /// A hearing by its id alone; leads to its full address.
    #[at("/hoeringer/:id")]
    HearingById {
        /// The hearing.
        id: HearingId,
    },
    /// First step of answering: write.
    #[at("/hoeringer/:id/svar")]
    Answer {
        /// The hearing.
        id: HearingId,
    },
    /// Second step: check what was written.
    #[at("/hoeringer/:id/svar/tjek")]
    AnswerCheck {
        /// The hearing.
        id: HearingId,
    },
    /// Last step: the receipt.
    #[at("/hoeringer/:id/svar/kvittering")]
    AnswerReceipt {
        /// The hearing.
        id: HearingId,
    },
    /// A hearing, for its whole life.
    #[at("/hoeringer/:id/:slug")]
    Hearing {
        /// The hearing.
        id: HearingId,
        /// Its title, for people; the id decides.
        slug: String,
    },
    /// The reader's own hearings: waiting, drafts, sent.
    #[at("/mine")]
    Mine,
    /// Logging in; `?retur=` says where to afterwards.
    #[at("/log-ind")]
    Login,
    /// The workspace's start.
    #[at("/sag")]
    Workspace,
    /// A new hearing.
    #[at("/sag/ny")]
    NewHearing,
    /// A hearing's text and settings.
    #[at("/sag/:id/indhold")]
    CaseContent {
        /// The hearing.
        id: HearingId,
    },
    /// Who works on a hearing and who is asked to answer.
    #[at("/sag/:id/deltagere")]
    CaseParticipants {
        /// The hearing.
        id: HearingId,
    },
    /// The answers to a hearing, for its staff.
    #[at("/sag/:id/svar")]
    CaseResponses {
        /// The hearing.
        id: HearingId,
    },
    /// A hearing's conclusion.
    #[at("/sag/:id/resultat")]
    CaseOutcome {
        /// The hearing.
        id: HearingId,
    },
    /// What was done to a hearing.
    #[at("/sag/:id/historik")]
    CaseHistory {
        /// The hearing.
        id: HearingId,
    },
    /// The audit log.
    #[at("/revision")]
    Audit,
    /// Jobs that failed.
    #[at("/admin/job")]
    Jobs,
    /// What the installation is connected to.
    #[at("/admin/integrationer")]
    Integrations,
    /// Everything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// A hearing's full address.
    pub fn hearing(id: HearingId, title: &str) -> Route {
        let slug = slug(title);
        // A title of signs alone still needs an address; so does one that spells a step of answering.
        match slug.as_str() {
            "" | "svar" => Route::Hearing { id, slug: "hoering".to_owned() },
            _ => Route::Hearing { id, slug },
        }
    }

    /// The part of the site that the page lies in.
    pub fn section(&self) -> Option<Section> {
        match self {
            Route::Hearings
            | Route::Hearing { .. }
            | Route::HearingById { .. }
            | Route::Answer { .. }
            | Route::AnswerCheck { .. }
            | Route::AnswerReceipt { .. } => Some(Section::Hearings),
            Route::Mine => Some(Section::Mine),
            Route::Workspace
            | Route::NewHearing
            | Route::CaseContent { .. }
            | Route::CaseParticipants { .. }
            | Route::CaseResponses { .. }
            | Route::CaseOutcome { .. }
            | Route::CaseHistory { .. } => Some(Section::Workspace),
            Route::Audit => Some(Section::Audit),
            Route::Jobs => Some(Section::Operations),
            Route::Integrations => Some(Section::Integrations),
            Route::Front | Route::Login | Route::NotFound => None,
        }
    }

    /// The app that shows the page. Both can say that there is no such page.
    pub fn area(&self) -> Area {
        match self.section() {
            Some(Section::Workspace | Section::Audit | Section::Operations | Section::Integrations) => Area::Workspace,
            Some(Section::Hearings | Section::Mine) | None => Area::Portal,
        }
    }

    /// The log-in page that comes back to `address`.
    pub fn login_address(address: &str) -> String {
        let query = serde_html_form::to_string([("retur", address)]).unwrap_or_default();
        format!("{}?{query}", Route::Login.to_path())
    }
}

/// Where log-in returns to: an address of this site, never of another.
pub fn safe_return(address: &str) -> Option<&str> {
    let on_this_site = address.starts_with('/')
        && !address.starts_with("//")
        && !address.starts_with("/\\")
        && !address.contains(char::is_control);
    let is_login = address.starts_with("/log-ind");
    (on_this_site && !is_login).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01938a5e-0000-7000-8000-000000000001";

    #[test]
    fn addresses_are_understood_and_written_alike() {
        for address in [
            "/".to_owned(),
            "/hoeringer".to_owned(),
            format!("/hoeringer/{ID}"),
            format!("/hoeringer/{ID}/ny-skolestruktur"),
            format!("/hoeringer/{ID}/svar"),
            format!("/hoeringer/{ID}/svar/tjek"),
            format!("/hoeringer/{ID}/svar/kvittering"),
            "/mine".to_owned(),
            "/log-ind".to_owned(),
            "/sag".to_owned(),
            "/sag/ny".to_owned(),
            format!("/sag/{ID}/indhold"),
            format!("/sag/{ID}/deltagere"),
            format!("/sag/{ID}/historik"),
            "/revision".to_owned(),
            "/admin/job".to_owned(),
            "/admin/integrationer".to_owned(),
        ] {
            let route = Route::recognize(&address).unwrap();
            assert_ne!(route, Route::NotFound, "{address}");
            assert_eq!(route.to_path(), address);
        }
    }

    #[test]
    fn what_is_no_page_is_not_found() {
        for address in ["/findes-ikke", "/hoeringer/42", "/sag/42/indhold", "/hoeringer/42/x/y"] {
            assert_eq!(Route::recognize(address), Some(Route::NotFound), "{address}");
        }
    }

    #[test]
    fn a_title_never_collides_with_a_step_of_answering() {
        let id = ID.parse().unwrap();
        let path = Route::hearing(id, "Svar").to_path();
        assert!(matches!(Route::recognize(&path), Some(Route::Hearing { .. })), "{path}");
        assert!(matches!(Route::recognize(&Route::hearing(id, "!!!").to_path()), Some(Route::Hearing { .. })));
    }

    #[test]
    fn login_returns_only_to_this_site() {
        assert_eq!(safe_return("/mine?a=1#svar-2"), Some("/mine?a=1#svar-2"));
        for address in ["https://ond.dk", "//ond.dk", "/\\ond.dk", "mine", "/log-ind?retur=/", "/a\nb"] {
            assert_eq!(safe_return(address), None, "{address}");
        }
        assert_eq!(Route::login_address("/mine?a=æ"), "/log-ind?retur=%2Fmine%3Fa%3D%C3%A6");
    }
}
