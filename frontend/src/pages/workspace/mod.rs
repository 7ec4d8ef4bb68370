//! The workspace's pages, for staff.

mod case;
mod new;
mod overview;

use yew::prelude::*;

use self::case::{Case, Tab};
use super::{
    NotFound,
    admin::{Integrations, Jobs},
    audit::AuditLog,
};
use crate::route::Route;

/// The page at an address. Pages of the audit log and of administration belong to this app as well.
pub fn page(route: Route) -> Html {
    // One frame for all tabs of a hearing: what it knows stays while one goes from tab to tab.
    let case = |id: openapi::ids::HearingId, tab: Tab| html! { <Case key={id.to_string()} {id} {tab} /> };
    match route {
        Route::Workspace => html! { <overview::Overview /> },
        Route::NewHearing => html! { <new::NewHearing /> },
        Route::CaseContent { id } => case(id, Tab::Content),
        Route::CaseParticipants { id } => case(id, Tab::Participants),
        Route::CaseResponses { id } => case(id, Tab::Responses),
        Route::CaseOutcome { id } => case(id, Tab::Outcome),
        Route::CaseHistory { id } => case(id, Tab::History),
        Route::Audit => html! { <AuditLog /> },
        Route::Jobs => html! { <Jobs /> },
        Route::Integrations => html! { <Integrations /> },
        _ => html! { <NotFound /> },
    }
}
