//! Hearings: from a draft that only its staff see to a conclusion that everybody may read.
//!
//! Who may see one is decided in [`visibility`], who may do what with one in [`access`], what can be done in which
//! status in [`rules`]. Other domains load a hearing through [`access`] and get a proof of what whoever asks may do.

pub mod access;
pub(crate) mod actions;
mod changes;
mod conclusion;
pub(crate) mod documents;
pub mod error;
pub(crate) mod image;
pub mod jobs;
pub mod queries;
mod rows;
pub mod rules;
mod sections;
pub mod visibility;

pub(crate) use self::actions::{count_answer, count_withdrawal};
pub(crate) use self::rows::RoleRow;
pub(crate) use self::sections::index_words;
pub use self::{
    access::{
        AnswerHearings, EditHearings, HearingFor, ProcessResponses, ReadHearings, ReadWorkspace, RevokeAccess,
        WriteConclusions,
    },
    error::Error,
    rows::{HearingRow, SectionRow},
};

/// The domain's operations, but for those that reply with a whole hearing: they stand in `overview`, which knows what
/// other domains show with it.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(conclusion::routes::get_conclusion_draft)
        .service(conclusion::routes::replace_conclusion_draft)
        .service(conclusion::routes::list_conclusion_versions)
        .service(documents::routes::create_document)
        .service(documents::routes::update_document)
        .service(documents::routes::delete_document)
        .service(documents::routes::get_document_content)
        .service(image::routes::replace_image)
        .service(image::routes::delete_image)
        .service(image::routes::get_image_content);
}
