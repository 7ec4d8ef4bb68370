//! The operations as methods, each a line: what it is called with and what it answers.

use std::fmt::Display;

use serde::Serialize;

use super::{
    Client, Error, Request, Transport,
    operations::{self as op, Operation},
};
use crate::{
    BASE_PATH, CSRF_HEADER,
    audit::{AuditEntry, AuditQuery, HistoryEntry},
    drafts::{Draft, DraftPatch, MyDraft, SendDraft},
    employees::{Employee, EmployeeQuery},
    hearings::{
        ConcludeHearing, Hearing, HearingDraft, HearingPatch, HearingQuery, HearingSummary, NewRole, PublishHearing,
        RoleAssignment, RoleList,
    },
    ids::{DraftId, HearingId, JobId, ResponseId, RoleId},
    jobs::{Job, JobQuery},
    operations::{Liveness, Readiness, Version},
    page::{Page, PageQuery},
    responses::{MyResponse, PublicResponse, Receipt, StaffResponse},
    session::{LoginProviders, LoginRequest, Session},
    texts::{Text, TextName},
};

/// A thing that may have been there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent<T> {
    /// The thing.
    pub item: T,
    /// Whether this call made it.
    pub created: bool,
}

/// One call before it becomes a request.
pub(super) struct Call {
    operation: Operation,
    path: String,
    query: Result<String, String>,
    headers: Vec<(&'static str, String)>,
    body: Option<Result<Vec<u8>, String>>,
}

impl Call {
    fn new(operation: Operation) -> Self {
        let path = format!("{BASE_PATH}{}", operation.path);
        Self { operation, path, query: Ok(String::new()), headers: Vec::new(), body: None }
    }

    /// Fills the next `{}` of the path. Ids and names need no escaping.
    fn at(mut self, part: impl Display) -> Self {
        self.path = self.path.replacen("{}", &part.to_string(), 1);
        self
    }

    fn query(mut self, query: &impl Serialize) -> Self {
        self.query = serde_html_form::to_string(query).map_err(|error| error.to_string());
        self
    }

    fn body(mut self, body: &impl Serialize) -> Self {
        self.body = Some(serde_json::to_vec(body).map_err(|error| error.to_string()));
        self
    }

    /// Names the version that was read.
    fn version(mut self, version: i64) -> Self {
        self.headers.push(("If-Match", format!("\"v{version}\"")));
        self
    }

    fn key(mut self, key: &str) -> Self {
        self.headers.push(("Idempotency-Key", key.to_owned()));
        self
    }

    pub(super) fn into_request(self, csrf_token: Option<&str>) -> Result<Request, Error> {
        let unexpected = |reason| Error::Unexpected { status: 0, reason };
        let query = self.query.map_err(unexpected)?;
        let body = self.body.transpose().map_err(unexpected)?;
        let mut headers = self.headers;
        headers.push(("Accept", "application/json, application/problem+json".to_owned()));
        if body.is_some() {
            headers.push(("Content-Type", "application/json".to_owned()));
        }
        if let (Some(token), true) = (csrf_token, self.operation.method != super::Method::Get) {
            headers.push((CSRF_HEADER, token.to_owned()));
        }
        let address = if query.is_empty() { self.path } else { format!("{}?{query}", self.path) };
        Ok(Request { method: self.operation.method, address, headers, body })
    }
}

type Answer<A> = Result<A, Error>;

/// Session.
impl<T: Transport> Client<T> {
    /// Who is logged in, and the CSRF token. Keeps the session alive.
    ///
    /// # Errors
    /// Only [`Error`]'s general reasons.
    pub async fn get_session(&self) -> Answer<Session> {
        self.read(Call::new(op::GET_SESSION)).await
    }

    /// Logs in. The session that comes back has a new CSRF token.
    ///
    /// # Errors
    /// `session.bad_credentials`, `session.throttled`, `request.invalid`.
    pub async fn create_session(&self, request: &LoginRequest) -> Answer<Session> {
        self.read(Call::new(op::LOGIN).body(request)).await
    }

    /// Logs out.
    ///
    /// # Errors
    /// Only [`Error`]'s general reasons.
    pub async fn delete_session(&self) -> Answer<()> {
        self.call(Call::new(op::LOGOUT)).await.map(drop)
    }

    /// The ways to log in.
    ///
    /// # Errors
    /// Only [`Error`]'s general reasons.
    pub async fn list_login_providers(&self) -> Answer<LoginProviders> {
        self.read(Call::new(op::LIST_LOGIN_PROVIDERS)).await
    }

    /// One's own unsent answers, last saved first.
    ///
    /// # Errors
    /// `session.required`.
    pub async fn list_my_drafts(&self, query: &PageQuery) -> Answer<Page<MyDraft>> {
        self.read(Call::new(op::LIST_MY_DRAFTS).query(query)).await
    }

    /// One's own sent answers, last sent first.
    ///
    /// # Errors
    /// `session.required`.
    pub async fn list_my_responses(&self, query: &PageQuery) -> Answer<Page<MyResponse>> {
        self.read(Call::new(op::LIST_MY_RESPONSES).query(query)).await
    }
}

/// Hearings.
impl<T: Transport> Client<T> {
    /// The hearings one may see.
    ///
    /// # Errors
    /// `request.malformed` for a filter that is none; `request.invalid`.
    pub async fn list_hearings(&self, query: &HearingQuery) -> Answer<Page<HearingSummary>> {
        self.read(Call::new(op::LIST_HEARINGS).query(query)).await
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

    /// What was done to a hearing, newest first, for its owners.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    pub async fn list_hearing_history(&self, id: HearingId, query: &PageQuery) -> Answer<Page<HistoryEntry>> {
        self.read(Call::new(op::LIST_HEARING_HISTORY).at(id).query(query)).await
    }

    /// Everybody with a role on a hearing.
    ///
    /// # Errors
    /// `permission.denied` for those who see the hearing without working on it.
    pub async fn list_roles(&self, id: HearingId) -> Answer<RoleList> {
        self.read(Call::new(op::LIST_ROLES).at(id)).await
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
    pub async fn delete_role(&self, id: HearingId, version: i64, role: RoleId) -> Answer<()> {
        self.call(Call::new(op::DELETE_ROLE).at(id).at(role).version(version)).await.map(drop)
    }
}

/// Drafts and responses.
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
        let item = serde_json::from_slice(&reply.body)
            .map_err(|error| Error::Unexpected { status: reply.status, reason: error.to_string() })?;
        Ok(Sent { item, created: reply.status == 201 })
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

    /// All answers to a hearing with their senders, by number, for its staff.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    pub async fn list_staff_responses(&self, hearing: HearingId, query: &PageQuery) -> Answer<Page<StaffResponse>> {
        self.read(Call::new(op::LIST_STAFF_RESPONSES).at(hearing).query(query)).await
    }
}

/// Directory, texts, audit log, jobs and operations.
impl<T: Transport> Client<T> {
    /// Employees, by name.
    ///
    /// # Errors
    /// `permission.denied` for those who do not pick people.
    pub async fn list_employees(&self, query: &EmployeeQuery) -> Answer<Page<Employee>> {
        self.read(Call::new(op::LIST_EMPLOYEES).query(query)).await
    }

    /// A text of the municipality in its current version.
    ///
    /// # Errors
    /// Only [`Error`]'s general reasons.
    pub async fn get_text(&self, name: TextName) -> Answer<Text> {
        self.read(Call::new(op::GET_TEXT).at(name)).await
    }

    /// The audit log, newest first.
    ///
    /// # Errors
    /// `permission.denied` for those who are no auditors.
    pub async fn list_audit_entries(&self, query: &AuditQuery) -> Answer<Page<AuditEntry>> {
        self.read(Call::new(op::LIST_AUDIT_ENTRIES).query(query)).await
    }

    /// The jobs that are not done, newest first.
    ///
    /// # Errors
    /// `permission.denied` for those who are no administrators.
    pub async fn list_jobs(&self, query: &JobQuery) -> Answer<Page<Job>> {
        self.read(Call::new(op::LIST_JOBS).query(query)).await
    }

    /// Sets a dead job going again.
    ///
    /// # Errors
    /// `request.not_found`, `request.precondition_failed` when it is not dead any more.
    pub async fn retry_job(&self, id: JobId, version: i64) -> Answer<Job> {
        self.read(Call::new(op::RETRY_JOB).at(id).version(version)).await
    }

    /// Whether the process answers.
    ///
    /// # Errors
    /// Only [`Error`]'s general reasons.
    pub async fn get_liveness(&self) -> Answer<Liveness> {
        self.read(Call::new(op::GET_LIVENESS)).await
    }

    /// Whether the service can do its work.
    ///
    /// # Errors
    /// [`Error::Unexpected`] with status 503 when it cannot.
    pub async fn get_readiness(&self) -> Answer<Readiness> {
        self.read(Call::new(op::GET_READINESS)).await
    }

    /// Which build answers.
    ///
    /// # Errors
    /// Only [`Error`]'s general reasons.
    pub async fn get_version(&self) -> Answer<Version> {
        self.read(Call::new(op::GET_VERSION)).await
    }
}
