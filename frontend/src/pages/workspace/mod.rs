//! The workspace's pages, for staff.

use yew::prelude::*;

use super::NotFound;
use crate::route::Route;

/// The page at an address. Pages of the audit log and of administration belong to this app as well.
pub fn page(route: Route) -> Html {
    match route {
        Route::Workspace
        | Route::NewHearing
        | Route::CaseContent { .. }
        | Route::CaseResponses { .. }
        | Route::CaseOutcome { .. }
        | Route::CaseHistory { .. }
        | Route::Audit
        | Route::Jobs => html! { <NotFound /> },
        _ => html! { <NotFound /> },
    }
}
