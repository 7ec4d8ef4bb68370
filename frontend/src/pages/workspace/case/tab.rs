//! The tabs of a hearing in the workspace, and whom each is for.

use openapi::{
    hearings::{Hearing, HearingRole},
    ids::HearingId,
    session::{GlobalRole, SessionAccount},
};

use crate::{
    components,
    i18n::{I18n, key},
    route::Route,
    t,
};

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages::workspace) enum Tab {
    /// Its text and settings.
    Content,
    /// Who works on it and who is asked.
    Participants,
    /// The answers with their senders.
    Responses,
    /// What comes of it.
    Outcome,
    /// What was done to it.
    History,
}

impl Tab {
    const ALL: [Tab; 5] = [Tab::Content, Tab::Participants, Tab::Responses, Tab::Outcome, Tab::History];

    /// Its page.
    pub(super) fn route(self, id: HearingId) -> Route {
        match self {
            Tab::Content => Route::CaseContent { id },
            Tab::Participants => Route::CaseParticipants { id },
            Tab::Responses => Route::CaseResponses { id },
            Tab::Outcome => Route::CaseOutcome { id },
            Tab::History => Route::CaseHistory { id },
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Tab::Content => key("tab-content"),
            Tab::Participants => key("tab-participants"),
            Tab::Responses => key("tab-responses"),
            Tab::Outcome => key("tab-outcome"),
            Tab::History => key("tab-history"),
        }
    }

    /// Whether it is there for somebody. The server decides again; this only spares people pages that would be empty.
    pub(super) fn is_open_to(self, hearing: &Hearing, account: Option<&SessionAccount>) -> bool {
        let has = |role: HearingRole| hearing.your_roles.contains(&role);
        let works_on_it = has(HearingRole::Owner) || has(HearingRole::CaseWorker) || has(HearingRole::Reviewer);
        let administers = account.is_some_and(|account| account.has(GlobalRole::Administrator));
        match self {
            Tab::Content | Tab::Participants | Tab::Outcome => works_on_it || administers,
            Tab::Responses => hearing.may.process,
            Tab::History => has(HearingRole::Owner),
        }
    }
}

/// The tabs that are there for somebody.
pub(super) fn tabs(hearing: &Hearing, account: Option<&SessionAccount>, i18n: &I18n) -> Vec<components::Tab> {
    Tab::ALL
        .into_iter()
        .filter(|tab| tab.is_open_to(hearing, account))
        .map(|tab| components::Tab { to: tab.route(hearing.id), text: t!(i18n, tab.name()) })
        .collect()
}
