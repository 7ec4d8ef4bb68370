//! Drafts and answers.

use super::{Answer, Call, Sent};
use crate::{
    client::{Client, Transport, operations as op, parse},
    drafts::{Draft, DraftPatch, SendDraft},
    ids::{DraftId, HearingId, ResponseId},
    page::{Page, PageQuery},
    responses::{PublicResponse, Receipt, ResponseVersion, StaffResponse},
};

impl<T: Transport> Client<T> {
    /// One's own unsent answers to a hearing.
    ///
    /// # Errors
    /// `session.required`, `request.not_found`.
    pub async fn list_drafts(&self, hearing: HearingId) -> Answer<Page<Draft>> {
        self.read(Call::new(op::LIST_DRAFTS).at(hearing)).await
    }

    /// Begins an answer, or finds the one begun earlier.
    ///
    /// # Errors
    /// `hearing.not_open`, `hearing.deadline_passed`, `response.limit_reached`.
    pub async fn create_draft(&self, hearing: HearingId) -> Answer<Sent<Draft>> {
        let reply = self.call(Call::new(op::CREATE_DRAFT).at(hearing)).await?;
        Ok(Sent { item: parse(&reply)?, created: reply.status == 201 })
    }

    /// One's own unsent answer.
    ///
    /// # Errors
    /// `request.not_found`.
    pub async fn get_draft(&self, hearing: HearingId, id: DraftId) -> Answer<Draft> {
        self.read(Call::new(op::GET_DRAFT).at(hearing).at(id)).await
    }

    /// Saves an unsent answer.
    ///
    /// # Errors
    /// `request.precondition_failed` when another tab was faster, `draft.sent`, `request.invalid`.
    pub async fn update_draft(
        &self,
        hearing: HearingId,
        id: DraftId,
        version: i64,
        patch: &DraftPatch,
    ) -> Answer<Draft> {
        self.read(Call::new(op::UPDATE_DRAFT).at(hearing).at(id).version(version).body(patch)).await
    }

    /// Throws an unsent answer away.
    ///
    /// # Errors
    /// `request.precondition_failed`, `draft.sent`.
    pub async fn delete_draft(&self, hearing: HearingId, id: DraftId, version: i64) -> Answer<()> {
        self.call(Call::new(op::DELETE_DRAFT).at(hearing).at(id).version(version)).await.map(drop)
    }

    /// Sends an answer. Sending a sent one again with the same `key` gives its receipt again.
    ///
    /// # Errors
    /// `hearing.deadline_passed`, `draft.sent`, `response.terms_changed`, `response.limit_reached`, `request.invalid`
    /// for an empty one, `request.precondition_failed`.
    pub async fn send_draft(
        &self,
        hearing: HearingId,
        id: DraftId,
        version: i64,
        request: &SendDraft,
        key: &str,
    ) -> Answer<Receipt> {
        self.read(Call::new(op::SEND_DRAFT).at(hearing).at(id).version(version).key(key).body(request)).await
    }

    /// The answers to a hearing, as far as others than staff see them, by number.
    ///
    /// # Errors
    /// `request.not_found`; `permission.denied` when the hearing does not show answers now.
    pub async fn list_responses(&self, hearing: HearingId, query: &PageQuery) -> Answer<Page<PublicResponse>> {
        self.read(Call::new(op::LIST_RESPONSES).at(hearing).query(query)).await
    }

    /// One answer as others than staff see it.
    ///
    /// # Errors
    /// `request.not_found`.
    pub async fn get_response(&self, hearing: HearingId, id: ResponseId) -> Answer<PublicResponse> {
        self.read(Call::new(op::GET_RESPONSE).at(hearing).at(id)).await
    }

    /// The receipt of one's own answer.
    ///
    /// # Errors
    /// `request.not_found` for others' answers.
    pub async fn get_receipt(&self, hearing: HearingId, id: ResponseId) -> Answer<Receipt> {
        self.read(Call::new(op::GET_RECEIPT).at(hearing).at(id)).await
    }

    /// The receipt of one's own answer as PDF.
    ///
    /// # Errors
    /// `request.not_found` for others' answers; `service.unavailable` when too many are asked for at once.
    pub async fn get_receipt_document(&self, hearing: HearingId, id: ResponseId) -> Answer<Vec<u8>> {
        self.fetch(Call::new(op::GET_RECEIPT_DOCUMENT).at(hearing).at(id)).await
    }

    /// All answers to a hearing with their senders, by number, for its staff.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    pub async fn list_staff_responses(&self, hearing: HearingId, query: &PageQuery) -> Answer<Page<StaffResponse>> {
        self.read(Call::new(op::LIST_STAFF_RESPONSES).at(hearing).query(query)).await
    }

    /// Begins an edit of one's own answer: a draft that replaces it when it is sent.
    ///
    /// # Errors
    /// `hearing.deadline_passed`, `response.withdrawn`, `request.precondition_failed`.
    pub async fn edit_response(&self, hearing: HearingId, id: ResponseId, version: i64) -> Answer<Draft> {
        self.read(Call::new(op::EDIT_RESPONSE).at(hearing).at(id).version(version)).await
    }

    /// Withdraws one's own answer: its number stays, its words are gone from every public place.
    ///
    /// # Errors
    /// `hearing.deadline_passed`, `response.withdrawn`, `request.precondition_failed`.
    pub async fn withdraw_response(&self, hearing: HearingId, id: ResponseId, version: i64) -> Answer<Receipt> {
        self.read(Call::new(op::WITHDRAW_RESPONSE).at(hearing).at(id).version(version)).await
    }

    /// What an answer said before it was edited or withdrawn, oldest first, for the staff of its hearing.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    pub async fn list_response_versions(
        &self,
        hearing: HearingId,
        id: ResponseId,
        query: &PageQuery,
    ) -> Answer<Page<ResponseVersion>> {
        self.read(Call::new(op::LIST_RESPONSE_VERSIONS).at(hearing).at(id).query(query)).await
    }
}
