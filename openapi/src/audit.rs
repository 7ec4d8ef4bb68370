//! The audit log: who did what, on which object, when, from where.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    enums::wire_enum,
    ids::{AccountId, AuditEntryId, HearingId},
    limits, page,
    session::Capacity,
    time,
    validation::{FieldErrors, Validate},
};

wire_enum! {
    /// What was done. New ones may come.
    pub enum AuditAction {
        /// A person logged in.
        LoggedIn = "session.logged_in",
        /// A login failed.
        LoginFailed = "session.login_failed",
        /// A person logged out.
        LoggedOut = "session.logged_out",
        /// A person ended all of their own sessions at once.
        LoggedOutEverywhere = "session.logged_out_everywhere",
        /// Attempts to log in were not looked at, because there were too many.
        LoginThrottled = "session.throttled",
        /// An account was made or changed: a name, roles, a password.
        AccountChanged = "account.changed",
        /// A caller was refused.
        AccessDenied = "access.denied",
        /// A hearing was begun.
        HearingCreated = "hearing.created",
        /// A hearing was changed.
        HearingChanged = "hearing.changed",
        /// A hearing was published.
        HearingPublished = "hearing.published",
        /// A hearing's start was reached.
        HearingOpened = "hearing.opened",
        /// A hearing's deadline passed.
        HearingDeadlinePassed = "hearing.deadline_passed",
        /// The conclusion of a hearing was begun, as a draft that its staff writes.
        ConclusionBegun = "hearing.conclusion_begun",
        /// A hearing was concluded.
        HearingConcluded = "hearing.concluded",
        /// An owner read the history of a hearing.
        HistoryRead = "hearing.history_read",
        /// A draft of a hearing was deleted.
        HearingDeleted = "hearing.deleted",
        /// A role on a hearing was given.
        RoleGiven = "hearing.role_given",
        /// A role on a hearing was taken away.
        RoleTaken = "hearing.role_taken",
        /// An invitee's access to a hearing was revoked.
        AccessRevoked = "role.access_revoked",
        /// An answer was begun.
        DraftCreated = "draft.created",
        /// An unsent answer was thrown away.
        DraftDiscarded = "draft.discarded",
        /// An answer was sent.
        ResponseSent = "response.sent",
        /// A sent answer was replaced by its edit.
        ResponseEdited = "response.edited",
        /// A sent answer was withdrawn.
        ResponseWithdrawn = "response.withdrawn",
        /// Staff read answers with their senders.
        ResponsesRead = "response.read_by_staff",
        /// A hearing got a document or a picture.
        DocumentAdded = "document.added",
        /// A hearing's document was changed.
        DocumentChanged = "document.changed",
        /// A document or the picture was taken from a hearing.
        DocumentRemoved = "document.removed",
        /// An unsent answer got a file.
        AttachmentAdded = "attachment.added",
        /// A file was taken from an unsent answer.
        AttachmentRemoved = "attachment.removed",
        /// Staff fetched files of answers.
        AttachmentsRead = "attachment.read_by_staff",
        /// Staff looked people up.
        EmployeesRead = "employee.read",
        /// An auditor read the audit log.
        AuditLogRead = "audit.read",
        /// An administrator read the queue of jobs.
        JobsRead = "job.read",
        /// A job was set going again.
        JobRetried = "job.retried",
        /// The personal values that the audit log kept of a person were erased.
        ValuesErased = "audit.values_erased",
    }
}

wire_enum! {
    /// What an entry is about.
    pub enum AuditObject {
        /// A person's account.
        Account = "account",
        /// A login.
        Session = "session",
        /// A hearing.
        Hearing = "hearing",
        /// A role on a hearing.
        Role = "role",
        /// An unsent answer.
        Draft = "draft",
        /// An answer.
        Response = "response",
        /// A document or the picture of a hearing.
        Document = "document",
        /// A file of an answer.
        Attachment = "attachment",
        /// The directory of employees.
        Employee = "employee",
        /// The audit log.
        AuditLog = "audit_log",
        /// A job.
        Job = "job",
        /// An address of the service.
        Address = "address",
    }
}

wire_enum! {
    /// How it went.
    pub enum AuditOutcome {
        /// It was done.
        Done = "done",
        /// It was refused.
        Denied = "denied",
    }
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// The entry.
    pub id: AuditEntryId,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Who; absent for the service itself and for visitors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<AuditActor>,
    /// What.
    pub action: AuditAction,
    /// How it went.
    pub outcome: AuditOutcome,
    /// On what kind of thing.
    pub object: AuditObject,
    /// On which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_id: Option<String>,
    /// The name today of the person whose account it is about; absent when it is about something else, and when the
    /// person was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// The hearing it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing: Option<AuditHearing>,
    /// The request's id, as in the service's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// From where: a keyed digest of the client's address, the same for the same address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How often, when alike events of one minute were counted together; of a reading how many rows, of
    /// `session.logged_out_everywhere` how many sessions.
    pub count: i32,
    /// What was decided: fields with old and new values.
    pub changes: Vec<AuditChange>,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditActor {
    /// The account.
    pub id: AccountId,
    /// The name today; absent when the person was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// In what role.
    pub capacity: Capacity,
}

/// The hearing an entry belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditHearing {
    /// The hearing.
    pub id: HearingId,
    /// Its title today; absent when it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// One field's change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditChange {
    /// The field's name in the contract.
    pub field: String,
    /// Its value before, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// Its value after, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Whether the values were personal and have been erased.
    pub erased: bool,
}

/// Something that was done to a hearing, as its owners read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// The entry of the audit log.
    pub id: AuditEntryId,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Who, by name today; absent for the service itself and for people who were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What.
    pub action: AuditAction,
    /// What was decided: fields with old and new values.
    pub changes: Vec<AuditChange>,
}

/// How far the audit log is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditVerification {
    /// The chain's newest seal; absent before there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<AuditHead>,
    /// How many entries wait for their seal.
    pub waiting: i64,
    /// Since when the oldest of them waits; absent when none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<DateTime<Utc>>,
    /// Whether it waits so long that sealing must stand still: more than a minute, where seconds are usual.
    pub delayed: bool,
}

/// The newest seal of the audit log's chain, as the service also shows it outside of its database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditHead {
    /// Its place in the chain, from 1: how many entries are sealed.
    pub position: i64,
    /// What ties it to all the seals before, in hexadecimal.
    pub mac: String,
    /// When it was made.
    pub sealed_at: DateTime<Utc>,
}

/// Which entries to list: newest first. Several values of one filter are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditQuery {
    /// Only these actions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", param(max_items = 20))]
    pub action: Vec<AuditAction>,
    /// Only this outcome.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", param(max_items = 20))]
    pub outcome: Vec<AuditOutcome>,
    /// Only what this person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<AccountId>,
    /// Only what belongs to this hearing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing: Option<HearingId>,
    /// From the start of this day, in Copenhagen.
    #[serde(default, deserialize_with = "time::day", skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// To the end of this day, in Copenhagen.
    #[serde(default, deserialize_with = "time::day", skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Rows, 1 to 100.
    #[serde(default, deserialize_with = "page::rows", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u16>,
    /// Where the page starts: `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(pattern = "^[A-Za-z0-9_-]+$"))]
    pub cursor: Option<String>,
}

impl Validate for AuditQuery {
    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for (name, values) in [("action", self.action.len()), ("outcome", self.outcome.len())] {
            errors.require(values <= limits::FILTER_VALUES, name, "list.too_long", "may have at most 20 values");
        }
        for (name, day) in [("from", self.from), ("to", self.to)] {
            if let Some(day) = day {
                errors.date(name, day);
            }
        }
        if let (Some(from), Some(to)) = (self.from, self.to) {
            errors.require(from <= to, "to", "date.before_start", "must not be before `from`");
        }
        page::validate(&mut errors, self.limit);
        errors.finish()
    }
}
