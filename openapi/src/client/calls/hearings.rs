//! Hearings, the people on them, and their history.

use super::{Answer, Call, operations};
use crate::{
    audit::HistoryEntry,
    client::{Client, Transport},
    hearings::{
        ConcludeHearing, ConclusionDraft, ConclusionText, ConclusionVersion, FacetQuery, Hearing, HearingDraft,
        HearingFacets, HearingPatch, HearingQuery, HearingSummary, NewRole, PublishHearing, RevokeRole, RoleAssignment,
    },
    ids::{HearingId, RoleId},
    page::{Page, PageQuery},
};

operations! {
    /// The hearings one may see.
    ///
    /// # Errors
    /// `request.malformed` for a filter that is none; `request.invalid`.
    LIST_HEARINGS = Get "/hearings", list_hearings(query query: &HearingQuery) reads Page<HearingSummary>;

    /// How many hearings each value of a filter would leave.
    ///
    /// # Errors
    /// `request.malformed` for a filter that is none; `request.invalid`.
    GET_HEARING_FACETS = Get "/hearings/facets", get_hearing_facets(query query: &FacetQuery) reads HearingFacets;

    /// Begins a hearing; the same `key` and body give the same hearing again.
    ///
    /// # Errors
    /// `permission.denied`, `request.invalid`.
    CREATE_HEARING = Post "/hearings", create_hearing(body draft: &HearingDraft, key key: &str) reads Hearing;

    /// A hearing.
    ///
    /// # Errors
    /// `request.not_found` when it does not exist for the caller.
    GET_HEARING = Get "/hearings/{}", get_hearing(at id: HearingId) reads Hearing;

    /// Changes a hearing.
    ///
    /// # Errors
    /// `request.precondition_failed` when somebody else was faster, `hearing.wrong_status`, `request.invalid`.
    UPDATE_HEARING = Patch "/hearings/{}",
        update_hearing(at id: HearingId, version version: i64, body patch: &HearingPatch) reads Hearing;

    /// Deletes a draft.
    ///
    /// # Errors
    /// `hearing.wrong_status` when it is published, `request.precondition_failed`.
    DELETE_HEARING = Delete "/hearings/{}", delete_hearing(at id: HearingId, version version: i64) ends ();

    /// Publishes a hearing.
    ///
    /// # Errors
    /// `hearing.incomplete` with all that is missing, `hearing.wrong_status`, `request.precondition_failed`.
    PUBLISH_HEARING = Post "/hearings/{}/publish",
        publish_hearing(at id: HearingId, version version: i64, body request: &PublishHearing) reads Hearing;

    /// Concludes a hearing.
    ///
    /// # Errors
    /// `hearing.wrong_status`, `request.invalid`, `request.precondition_failed`.
    CONCLUDE_HEARING = Post "/hearings/{}/conclude",
        conclude_hearing(at id: HearingId, version version: i64, body request: &ConcludeHearing) reads Hearing;

    /// The conclusion of a hearing as far as its staff has written it.
    ///
    /// # Errors
    /// `permission.denied` for those who see the hearing and neither own it nor work on its responses.
    GET_CONCLUSION_DRAFT = Get "/hearings/{}/conclusion-draft",
        get_conclusion_draft(at id: HearingId) reads ConclusionDraft;

    /// Saves the conclusion of a hearing while it is written.
    ///
    /// # Errors
    /// `request.precondition_failed` when a colleague was faster, `hearing.wrong_status`, `request.invalid`.
    REPLACE_CONCLUSION_DRAFT = Put "/hearings/{}/conclusion-draft",
        replace_conclusion_draft(
            at id: HearingId,
            version version: i64,
            body text: &ConclusionText,
        ) reads ConclusionDraft;

    /// What the draft of a hearing's conclusion said before, newest first.
    ///
    /// # Errors
    /// `permission.denied` for those who see the hearing and neither own it nor work on its responses.
    LIST_CONCLUSION_VERSIONS = Get "/hearings/{}/conclusion-draft/versions",
        list_conclusion_versions(at id: HearingId, query query: &PageQuery) reads Page<ConclusionVersion>;

    /// What was done to a hearing, newest first, for its owners.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    LIST_HEARING_HISTORY = Get "/hearings/{}/history",
        list_hearing_history(at id: HearingId, query query: &PageQuery) reads Page<HistoryEntry>;

    /// Those with a role on a hearing: the responsible owner first, then role by role, and by name.
    ///
    /// # Errors
    /// `permission.denied` for those who see the hearing without working on it.
    LIST_ROLES = Get "/hearings/{}/roles",
        list_roles(at id: HearingId, query query: &PageQuery) reads Page<RoleAssignment>;

    /// Gives a person a role.
    ///
    /// # Errors
    /// `hearing.role_taken`, `hearing.wrong_status`, `request.invalid` when there is no such person.
    CREATE_ROLE = Post "/hearings/{}/roles",
        create_role(at id: HearingId, version version: i64, body role: &NewRole, key key: &str) reads RoleAssignment;

    /// Takes a role away.
    ///
    /// # Errors
    /// `hearing.owner_needed` for the responsible owner, `hearing.wrong_status`, `request.precondition_failed`.
    DELETE_ROLE = Delete "/hearings/{}/roles/{}",
        delete_role(at id: HearingId, version version: i64, at role: RoleId) reads RoleAssignment;

    /// Revokes an invitee's access, for a reason.
    ///
    /// # Errors
    /// `hearing.not_an_invitee`, `request.precondition_failed`.
    REVOKE_ROLE = Post "/hearings/{}/roles/{}/revoke",
        revoke_role(
            at id: HearingId,
            version version: i64,
            at role: RoleId,
            body request: &RevokeRole,
        ) reads RoleAssignment;
}
