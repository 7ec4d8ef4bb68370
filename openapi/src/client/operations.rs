//! Every operation with its method and path: what a test compares with `openapi.json`, in both directions.

use std::fmt::Display;

use super::Method::{self, Delete, Get, Patch, Post, Put};
use crate::BASE_PATH;

/// An operation of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its `operationId`.
    pub id: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path below [`crate::BASE_PATH`], with `{}` for what is filled in.
    pub path: &'static str,
}

impl Operation {
    /// Its address from the root of the service, with the path's `{}` filled in, in order.
    #[must_use]
    pub fn address(&self, parts: &[&dyn Display]) -> String {
        let path = format!("{BASE_PATH}{}", self.path);
        parts.iter().fold(path, |path, part| path.replacen("{}", &part.to_string(), 1))
    }
}

macro_rules! operations {
    ($( $name:ident = $id:literal $method:ident $path:literal; )+) => {
        $(
            #[doc = concat!("`", $id, "`: ", $path)]
            pub const $name: Operation = Operation { id: $id, method: $method, path: $path };
        )+

        /// All of them.
        pub const ALL: &[Operation] = &[ $( $name ),+ ];
    };
}

operations! {
    GET_SESSION = "get_session" Get "/session";
    LOGIN = "create_session" Post "/session/login";
    LOGOUT = "delete_session" Delete "/session";
    LOGOUT_EVERYWHERE = "delete_sessions" Delete "/sessions";
    LIST_LOGIN_PROVIDERS = "list_login_providers" Get "/session/providers";
    LIST_MY_DRAFTS = "list_my_drafts" Get "/me/drafts";
    LIST_MY_RESPONSES = "list_my_responses" Get "/me/responses";
    GET_HEARING_FACETS = "get_hearing_facets" Get "/hearings/facets";
    LIST_HEARINGS = "list_hearings" Get "/hearings";
    CREATE_HEARING = "create_hearing" Post "/hearings";
    GET_HEARING = "get_hearing" Get "/hearings/{}";
    UPDATE_HEARING = "update_hearing" Patch "/hearings/{}";
    DELETE_HEARING = "delete_hearing" Delete "/hearings/{}";
    PUBLISH_HEARING = "publish_hearing" Post "/hearings/{}/publish";
    CONCLUDE_HEARING = "conclude_hearing" Post "/hearings/{}/conclude";
    GET_CONCLUSION_DRAFT = "get_conclusion_draft" Get "/hearings/{}/conclusion-draft";
    REPLACE_CONCLUSION_DRAFT = "replace_conclusion_draft" Put "/hearings/{}/conclusion-draft";
    LIST_CONCLUSION_VERSIONS = "list_conclusion_versions" Get "/hearings/{}/conclusion-draft/versions";
    LIST_HEARING_HISTORY = "list_hearing_history" Get "/hearings/{}/history";
    LIST_ROLES = "list_roles" Get "/hearings/{}/roles";
    CREATE_ROLE = "create_role" Post "/hearings/{}/roles";
    DELETE_ROLE = "delete_role" Delete "/hearings/{}/roles/{}";
    REVOKE_ROLE = "revoke_role" Post "/hearings/{}/roles/{}/revoke";
    CREATE_DOCUMENT = "create_document" Post "/hearings/{}/documents";
    UPDATE_DOCUMENT = "update_document" Patch "/hearings/{}/documents/{}";
    DELETE_DOCUMENT = "delete_document" Delete "/hearings/{}/documents/{}";
    GET_DOCUMENT_CONTENT = "get_document_content" Get "/hearings/{}/documents/{}/content";
    REPLACE_IMAGE = "replace_image" Put "/hearings/{}/image";
    DELETE_IMAGE = "delete_image" Delete "/hearings/{}/image";
    GET_IMAGE_CONTENT = "get_image_content" Get "/hearings/{}/image/{}/content";
    LIST_DRAFTS = "list_drafts" Get "/hearings/{}/drafts";
    CREATE_DRAFT = "create_draft" Post "/hearings/{}/drafts";
    GET_DRAFT = "get_draft" Get "/hearings/{}/drafts/{}";
    UPDATE_DRAFT = "update_draft" Patch "/hearings/{}/drafts/{}";
    DELETE_DRAFT = "delete_draft" Delete "/hearings/{}/drafts/{}";
    SEND_DRAFT = "send_draft" Post "/hearings/{}/drafts/{}/send";
    CREATE_ATTACHMENT = "create_attachment" Post "/hearings/{}/drafts/{}/attachments";
    DELETE_ATTACHMENT = "delete_attachment" Delete "/hearings/{}/drafts/{}/attachments/{}";
    GET_DRAFT_ATTACHMENT = "get_draft_attachment" Get "/hearings/{}/drafts/{}/attachments/{}/content";
    LIST_RESPONSES = "list_responses" Get "/hearings/{}/responses";
    GET_RESPONSE = "get_response" Get "/hearings/{}/responses/{}";
    GET_RECEIPT = "get_receipt" Get "/hearings/{}/responses/{}/receipt";
    GET_RECEIPT_DOCUMENT = "get_receipt_document" Get "/hearings/{}/responses/{}/receipt.pdf";
    EDIT_RESPONSE = "edit_response" Post "/hearings/{}/responses/{}/edit";
    WITHDRAW_RESPONSE = "withdraw_response" Post "/hearings/{}/responses/{}/withdraw";
    LIST_RESPONSE_VERSIONS = "list_response_versions" Get "/hearings/{}/processing/responses/{}/versions";
    GET_RESPONSE_ATTACHMENT = "get_response_attachment" Get "/hearings/{}/responses/{}/attachments/{}/content";
    LIST_STAFF_RESPONSES = "list_staff_responses" Get "/hearings/{}/processing/responses";
    GET_STAFF_ATTACHMENT = "get_staff_attachment" Get "/hearings/{}/processing/responses/{}/attachments/{}/content";
    GET_ATTACHMENT_ARCHIVE = "get_attachment_archive" Get "/hearings/{}/processing/attachments.zip";
    LIST_EMPLOYEES = "list_employees" Get "/employees";
    GET_TEXT = "get_text" Get "/texts/{}";
    LIST_AUDIT_ENTRIES = "list_audit_entries" Get "/audit-log";
    GET_AUDIT_VERIFICATION = "get_audit_verification" Get "/audit-log/verification";
    LIST_JOBS = "list_jobs" Get "/jobs";
    RETRY_JOB = "retry_job" Post "/jobs/{}/retry";
    LIST_INTEGRATIONS = "list_integrations" Get "/integrations";
    GET_LIVENESS = "get_liveness" Get "/health/live";
    GET_READINESS = "get_readiness" Get "/health/ready";
    GET_VERSION = "get_version" Get "/version";
}
