//! Hearings: from a draft that only its staff see to a conclusion that everybody may read.
//!
//! Who may see one is decided in [`visibility`], who may do what with one in [`access`], what can be done in which
//! status in [`rules`]. Other domains load a hearing through [`access`] and get a proof of what whoever asks may do.

pub mod access;
mod actions;
mod changes;
mod conclusion;
mod documents;
pub mod error;
mod facets;
mod filters;
mod image;
pub mod jobs;
mod list;
pub mod queries;
mod roles;
mod routes;
mod rows;
pub mod rules;
mod search;
mod sections;
pub mod visibility;

use actix_web::web;

use crate::http::fallback;

pub(crate) use self::actions::{count_answer, count_withdrawal};
pub(crate) use self::list::page as list;
pub(crate) use self::sections::index_words;
pub use self::{
    access::{
        AnswerHearings, EditHearings, HearingFor, ProcessResponses, ReadHearings, ReadWorkspace, RevokeAccess,
        WriteConclusions,
    },
    error::Error,
    rows::HearingRow,
};

/// The domain's operations.
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
        .service(routes::conclude_hearing)
        .service(conclusion::routes::get_conclusion_draft)
        .service(conclusion::routes::replace_conclusion_draft)
        .service(documents::routes::create_document)
        .service(documents::routes::update_document)
        .service(documents::routes::delete_document)
        .service(documents::routes::get_document_content)
        .service(image::routes::replace_image)
        .service(image::routes::delete_image)
        .service(image::routes::get_image_content)
        .service(roles::routes::list_roles)
        .service(roles::routes::create_role)
        .service(roles::routes::delete_role)
        .service(roles::routes::revoke_role);
}
