//! Drafts and answers.

use super::{Answer, Call, Sent, operations};
use crate::{
    client::{Client, Transport, parse},
    drafts::{Draft, DraftPatch, SendDraft},
    ids::{DraftId, HearingId, ResponseId},
    page::{Page, PageQuery},
    responses::{PublicResponse, Receipt, ResponseVersion, StaffResponse},
};

operations! {
    /// One's own unsent answers to a hearing.
    ///
    /// # Errors
    /// `session.required`, `request.not_found`.
    LIST_DRAFTS = Get "/hearings/{}/drafts", list_drafts(at hearing: HearingId) reads Page<Draft>;

    /// One's own unsent answer.
    ///
    /// # Errors
    /// `request.not_found`.
    GET_DRAFT = Get "/hearings/{}/drafts/{}", get_draft(at hearing: HearingId, at id: DraftId) reads Draft;

    /// Saves an unsent answer.
    ///
    /// # Errors
    /// `request.precondition_failed` when another tab was faster, `draft.sent`, `request.invalid`.
    UPDATE_DRAFT = Patch "/hearings/{}/drafts/{}",
        update_draft(at hearing: HearingId, at id: DraftId, version version: i64, body patch: &DraftPatch) reads Draft;

    /// Throws an unsent answer away.
    ///
    /// # Errors
    /// `request.precondition_failed`, `draft.sent`.
    DELETE_DRAFT = Delete "/hearings/{}/drafts/{}",
        delete_draft(at hearing: HearingId, at id: DraftId, version version: i64) ends ();

    /// Sends an answer. Sending a sent one again with the same `key` gives its receipt again.
    ///
    /// # Errors
    /// `hearing.deadline_passed`, `draft.sent`, `response.terms_changed`, `response.limit_reached`, `request.invalid`
    /// for an empty one, `request.precondition_failed`.
    SEND_DRAFT = Post "/hearings/{}/drafts/{}/send",
        send_draft(
            at hearing: HearingId,
            at id: DraftId,
            version version: i64,
            body request: &SendDraft,
            key key: &str,
        ) reads Receipt;

    /// The answers to a hearing, as far as others than staff see them, by number.
    ///
    /// # Errors
    /// `request.not_found`; `permission.denied` when the hearing does not show answers now.
    LIST_RESPONSES = Get "/hearings/{}/responses",
        list_responses(at hearing: HearingId, query query: &PageQuery) reads Page<PublicResponse>;

    /// One answer as others than staff see it.
    ///
    /// # Errors
    /// `request.not_found`.
    GET_RESPONSE = Get "/hearings/{}/responses/{}",
        get_response(at hearing: HearingId, at id: ResponseId) reads PublicResponse;

    /// The receipt of one's own answer.
    ///
    /// # Errors
    /// `request.not_found` for others' answers.
    GET_RECEIPT = Get "/hearings/{}/responses/{}/receipt",
        get_receipt(at hearing: HearingId, at id: ResponseId) reads Receipt;

    /// The receipt of one's own answer as PDF.
    ///
    /// # Errors
    /// `request.not_found` for others' answers; `service.unavailable` when too many are asked for at once.
    GET_RECEIPT_DOCUMENT = Get "/hearings/{}/responses/{}/receipt.pdf",
        get_receipt_document(at hearing: HearingId, at id: ResponseId) fetches Vec<u8>;

    /// All answers to a hearing with their senders, by number, for its staff.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    LIST_STAFF_RESPONSES = Get "/hearings/{}/processing/responses",
        list_staff_responses(at hearing: HearingId, query query: &PageQuery) reads Page<StaffResponse>;

    /// Begins an edit of one's own answer: a draft that replaces it when it is sent.
    ///
    /// # Errors
    /// `hearing.deadline_passed`, `response.withdrawn`, `request.precondition_failed`.
    EDIT_RESPONSE = Post "/hearings/{}/responses/{}/edit",
        edit_response(at hearing: HearingId, at id: ResponseId, version version: i64) reads Draft;

    /// Withdraws one's own answer: its number stays, its words are gone from every public place.
    ///
    /// # Errors
    /// `hearing.deadline_passed`, `response.withdrawn`, `request.precondition_failed`.
    WITHDRAW_RESPONSE = Post "/hearings/{}/responses/{}/withdraw",
        withdraw_response(at hearing: HearingId, at id: ResponseId, version version: i64) reads Receipt;

    /// What an answer said before it was edited or withdrawn, oldest first, for the staff of its hearing.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    LIST_RESPONSE_VERSIONS = Get "/hearings/{}/processing/responses/{}/versions",
        list_response_versions(
            at hearing: HearingId,
            at id: ResponseId,
            query query: &PageQuery,
        ) reads Page<ResponseVersion>;

    @by_hand
    CREATE_DRAFT = Post "/hearings/{}/drafts", create_draft;
}

impl<T: Transport> Client<T> {
    /// Begins an answer, or finds the one begun earlier.
    ///
    /// # Errors
    /// `hearing.not_open`, `hearing.deadline_passed`, `response.limit_reached`.
    pub async fn create_draft(&self, hearing: HearingId) -> Answer<Sent<Draft>> {
        let reply = self.call(Call::new(CREATE_DRAFT).at(hearing)).await?;
        Ok(Sent { item: parse(&reply)?, created: reply.status == 201 })
    }
}
