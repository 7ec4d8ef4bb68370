//! The audit log, the queue of jobs, health and version.

use super::{Answer, Call};
use crate::{
    audit::{AuditEntry, AuditQuery, AuditVerification},
    client::{Client, Transport, operations as op},
    ids::JobId,
    integrations::IntegrationList,
    jobs::{Job, JobQuery},
    operations::{Liveness, Readiness, Version},
    page::Page,
};

impl<T: Transport> Client<T> {
    /// The audit log, newest first.
    ///
    /// # Errors
    /// `permission.denied` for those who are no auditors.
    pub async fn list_audit_entries(&self, query: &AuditQuery) -> Answer<Page<AuditEntry>> {
        self.read(Call::new(op::LIST_AUDIT_ENTRIES).query(query)).await
    }

    /// How far the audit log is sealed.
    ///
    /// # Errors
    /// `permission.denied` for those who are no auditors.
    pub async fn get_audit_verification(&self) -> Answer<AuditVerification> {
        self.read(Call::new(op::GET_AUDIT_VERIFICATION)).await
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

    /// What the installation is connected to, and whether it works.
    ///
    /// # Errors
    /// `permission.denied` for those who are no administrators.
    pub async fn list_integrations(&self) -> Answer<IntegrationList> {
        self.read(Call::new(op::LIST_INTEGRATIONS)).await
    }

    /// Whether the process answers.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    pub async fn get_liveness(&self) -> Answer<Liveness> {
        self.read(Call::new(op::GET_LIVENESS)).await
    }

    /// Whether the service can do its work.
    ///
    /// # Errors
    /// [`Error::Unexpected`](crate::client::Error::Unexpected) with status 503 when it cannot.
    pub async fn get_readiness(&self) -> Answer<Readiness> {
        self.read(Call::new(op::GET_READINESS)).await
    }

    /// Which build answers.
    ///
    /// # Errors
    /// Only [`Error`](crate::client::Error)'s general reasons.
    pub async fn get_version(&self) -> Answer<Version> {
        self.read(Call::new(op::GET_VERSION)).await
    }
}
