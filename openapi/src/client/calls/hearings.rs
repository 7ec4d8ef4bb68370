//! Hearings, the people on them, and their history.

use super::{Answer, Call};
use crate::{
    audit::HistoryEntry,
    client::{Client, Transport, operations as op},
    hearings::{
        ConcludeHearing, ConclusionDraft, ConclusionText, ConclusionVersion, FacetQuery, Hearing, HearingDraft,
        HearingFacets, HearingPatch, HearingQuery, HearingSummary, NewRole, PublishHearing, RevokeRole, RoleAssignment,
    },
    ids::{HearingId, RoleId},
    page::{Page, PageQuery},
};

impl<T: Transport> Client<T> {
    /// The hearings one may see.
    ///
    /// # Errors
    /// `request.malformed` for a filter that is none; `request.invalid`.
    pub async fn list_hearings(&self, query: &HearingQuery) -> Answer<Page<HearingSummary>> {
        self.read(Call::new(op::LIST_HEARINGS).query(query)).await
    }

    /// How many hearings each value of a filter would leave.
    ///
    /// # Errors
    /// `request.malformed` for a filter that is none; `request.invalid`.
    pub async fn get_hearing_facets(&self, query: &FacetQuery) -> Answer<HearingFacets> {
        self.read(Call::new(op::GET_HEARING_FACETS).query(query)).await
    }

    /// Begins a hearing; the same `key` and body give the same hearing again.
    ///
    /// # Errors
    /// `permission.denied`, `request.invalid`.
    pub async fn create_hearing(&self, draft: &HearingDraft, key: &str) -> Answer<Hearing> {
        self.read(Call::new(op::CREATE_HEARING).key(key).body(draft)).await
    }

    /// A hearing.
    ///
    /// # Errors
    /// `request.not_found` when it does not exist for the caller.
    pub async fn get_hearing(&self, id: HearingId) -> Answer<Hearing> {
        self.read(Call::new(op::GET_HEARING).at(id)).await
    }

    /// Changes a hearing.
    ///
    /// # Errors
    /// `request.precondition_failed` when somebody else was faster, `hearing.wrong_status`, `request.invalid`.
    pub async fn update_hearing(&self, id: HearingId, version: i64, patch: &HearingPatch) -> Answer<Hearing> {
        self.read(Call::new(op::UPDATE_HEARING).at(id).version(version).body(patch)).await
    }

    /// Deletes a draft.
    ///
    /// # Errors
    /// `hearing.wrong_status` when it is published, `request.precondition_failed`.
    pub async fn delete_hearing(&self, id: HearingId, version: i64) -> Answer<()> {
        self.call(Call::new(op::DELETE_HEARING).at(id).version(version)).await.map(drop)
    }

    /// Publishes a hearing.
    ///
    /// # Errors
    /// `hearing.incomplete` with all that is missing, `hearing.wrong_status`, `request.precondition_failed`.
    pub async fn publish_hearing(&self, id: HearingId, version: i64, request: &PublishHearing) -> Answer<Hearing> {
        self.read(Call::new(op::PUBLISH_HEARING).at(id).version(version).body(request)).await
    }

    /// Concludes a hearing.
    ///
    /// # Errors
    /// `hearing.wrong_status`, `request.invalid`, `request.precondition_failed`.
    pub async fn conclude_hearing(&self, id: HearingId, version: i64, request: &ConcludeHearing) -> Answer<Hearing> {
        self.read(Call::new(op::CONCLUDE_HEARING).at(id).version(version).body(request)).await
    }

    /// The conclusion of a hearing as far as its staff has written it.
    ///
    /// # Errors
    /// `permission.denied` for those who see the hearing and neither own it nor work on its responses.
    pub async fn get_conclusion_draft(&self, id: HearingId) -> Answer<ConclusionDraft> {
        self.read(Call::new(op::GET_CONCLUSION_DRAFT).at(id)).await
    }

    /// Saves the conclusion of a hearing while it is written.
    ///
    /// # Errors
    /// `request.precondition_failed` when a colleague was faster, `hearing.wrong_status`, `request.invalid`.
    pub async fn replace_conclusion_draft(
        &self,
        id: HearingId,
        version: i64,
        text: &ConclusionText,
    ) -> Answer<ConclusionDraft> {
        self.read(Call::new(op::REPLACE_CONCLUSION_DRAFT).at(id).version(version).body(text)).await
    }

    /// What the draft of a hearing's conclusion said before, newest first.
    ///
    /// # Errors
    /// `permission.denied` for those who see the hearing and neither own it nor work on its responses.
    pub async fn list_conclusion_versions(&self, id: HearingId, query: &PageQuery) -> Answer<Page<ConclusionVersion>> {
        self.read(Call::new(op::LIST_CONCLUSION_VERSIONS).at(id).query(query)).await
    }

    /// What was done to a hearing, newest first, for its owners.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    pub async fn list_hearing_history(&self, id: HearingId, query: &PageQuery) -> Answer<Page<HistoryEntry>> {
        self.read(Call::new(op::LIST_HEARING_HISTORY).at(id).query(query)).await
    }

    /// Those with a role on a hearing: the responsible owner first, then role by role, and by name.
    ///
    /// # Errors
    /// `permission.denied` for those who see the hearing without working on it.
    pub async fn list_roles(&self, id: HearingId, query: &PageQuery) -> Answer<Page<RoleAssignment>> {
        self.read(Call::new(op::LIST_ROLES).at(id).query(query)).await
    }

    /// Gives a person a role.
    ///
    /// # Errors
    /// `hearing.role_taken`, `hearing.wrong_status`, `request.invalid` when there is no such person.
    pub async fn create_role(&self, id: HearingId, version: i64, role: &NewRole, key: &str) -> Answer<RoleAssignment> {
        self.read(Call::new(op::CREATE_ROLE).at(id).version(version).key(key).body(role)).await
    }

    /// Takes a role away.
    ///
    /// # Errors
    /// `hearing.owner_needed` for the responsible owner, `hearing.wrong_status`, `request.precondition_failed`.
    pub async fn delete_role(&self, id: HearingId, version: i64, role: RoleId) -> Answer<RoleAssignment> {
        self.read(Call::new(op::DELETE_ROLE).at(id).at(role).version(version)).await
    }

    /// Revokes an invitee's access, for a reason.
    ///
    /// # Errors
    /// `hearing.not_an_invitee`, `request.precondition_failed`.
    pub async fn revoke_role(
        &self,
        id: HearingId,
        version: i64,
        role: RoleId,
        request: &RevokeRole,
    ) -> Answer<RoleAssignment> {
        self.read(Call::new(op::REVOKE_ROLE).at(id).at(role).version(version).body(request)).await
    }
}
