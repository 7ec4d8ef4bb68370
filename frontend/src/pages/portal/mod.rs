//! The portal's pages, for whoever reads and answers.

mod answer;
mod front;
mod hearing;
mod hearings;
mod login;
mod mine;

use yew::prelude::*;

use super::NotFound;
use crate::route::Route;

/// The page at an address. Another hearing is another page, which begins anew.
pub fn page(route: Route) -> Html {
    match route {
        Route::Front => html! { <front::Front /> },
        Route::Hearings => html! { <hearings::Hearings /> },
        Route::HearingById { id } | Route::Hearing { id, .. } => {
            html! { <hearing::HearingPage key={id.to_string()} {id} /> }
        }
        Route::Answer { id } => html! { <answer::Write key={id.to_string()} {id} /> },
        Route::AnswerCheck { id } => html! { <answer::Check key={id.to_string()} {id} /> },
        Route::AnswerReceipt { id } => html! { <answer::ReceiptPage key={id.to_string()} {id} /> },
        Route::Mine => html! { <mine::Mine /> },
        Route::Login => html! { <login::Login /> },
        _ => html! { <NotFound /> },
    }
}
