//! Hearings as they are shown, above all domains that have a part in it: the list and its filters, counts, search, one
//! hearing with what the caller has given to it, and the operations that reply with one.

mod detail;
mod facets;
mod filters;
mod list;
mod routes;
mod search;

use actix_web::web;

use crate::http::fallback;

pub use self::{detail::hearing, list::page as list};

/// The operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(routes::list_hearings)
        .service(routes::create_hearing)
        .service(routes::get_hearing_facets)
        // With another method: an address that is known, not a hearing by the name of "facets".
        .route("/hearings/facets", web::to(fallback::unknown))
        .service(routes::get_hearing)
        .service(routes::update_hearing)
        .service(routes::delete_hearing)
        .service(routes::publish_hearing)
        .service(routes::conclude_hearing);
}
