//! The audit log, the queue of jobs, health and version.

use super::{Answer, Call, operations};
use crate::{
    audit::{AuditEntry, AuditQuery, AuditVerification},
    client::{Client, Transport},
    ids::JobId,
    integrations::IntegrationList,
    jobs::{Job, JobQuery},
    operations::{Liveness, Readiness, Version},
    page::Page,
};

operations! {
    /// The audit log, newest first.
    ///
    /// # Errors
    /// `permission.denied` for those who are no auditors.
    LIST_AUDIT_ENTRIES = Get "/audit-log", list_audit_entries(query query: &AuditQuery) reads Page<AuditEntry>;

    /// How far the audit log is sealed.
    ///
    /// # Errors
    /// `permission.denied` for those who are no auditors.
    GET_AUDIT_VERIFICATION = Get "/audit-log/verification", get_audit_verification() reads AuditVerification;

    /// The jobs that are not done, newest first.
    ///
    /// # Errors
    /// `permission.denied` for those who are no administrators.
    LIST_JOBS = Get "/jobs", list_jobs(query query: &JobQuery) reads Page<Job>;

    /// Sets a dead job going again.
    ///
    /// # Errors
    /// `request.not_found`, `request.precondition_failed` when it is not dead any more.
    RETRY_JOB = Post "/jobs/{}/retry", retry_job(at id: JobId, version version: i64) reads Job;

    /// What the installation is connected to, and whether it works.
    ///
    /// # Errors
    /// `permission.denied` for those who are no administrators.
    LIST_INTEGRATIONS = Get "/integrations", list_integrations() reads IntegrationList;

    /// Whether the process answers.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    GET_LIVENESS = Get "/health/live", get_liveness() reads Liveness;

    /// Whether the service can do its work.
    ///
    /// # Errors
    /// [`Error::Unexpected`](crate::client::Error::Unexpected) with status 503 when it cannot.
    GET_READINESS = Get "/health/ready", get_readiness() reads Readiness;

    /// Which build answers.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    GET_VERSION = Get "/version", get_version() reads Version;
}
