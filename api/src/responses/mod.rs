//! Answers: written as drafts that their author alone sees, numbered when sent.
//!
//! What happens when an answer is sent is `actions::send`; what others see of it is decided by which type it is read
//! into.

pub mod actions;
mod attachments;
mod drafts;
mod error;
pub mod jobs;
pub mod queries;
mod receipt;
mod routes;
mod rows;
pub mod rules;
mod versions;

pub use self::{error::Error, queries::Given};

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(drafts::routes::list_my_drafts)
        .service(drafts::routes::list_drafts)
        .service(drafts::routes::create_draft)
        .service(drafts::routes::get_draft)
        .service(drafts::routes::update_draft)
        .service(drafts::routes::delete_draft)
        .service(attachments::routes::create_attachment)
        .service(attachments::routes::delete_attachment)
        .service(attachments::routes::get_draft_attachment)
        .service(attachments::routes::get_response_attachment)
        .service(attachments::routes::get_staff_attachment)
        .service(attachments::routes::get_attachment_archive)
        .service(routes::send_draft)
        .service(routes::list_my_responses)
        .service(routes::list_responses)
        .service(routes::get_response)
        .service(routes::get_receipt)
        .service(routes::get_receipt_document)
        .service(routes::list_staff_responses)
        .service(versions::routes::edit_response)
        .service(versions::routes::withdraw_response)
        .service(versions::routes::list_response_versions);
}
