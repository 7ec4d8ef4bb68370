//! What surrounds the story: texts, the audit log, jobs, health, problems.

use uuid::uuid;

use super::{at, hearings, people};
use crate::{
    audit::{
        AuditAction, AuditActor, AuditChange, AuditEntry, AuditHead, AuditHearing, AuditObject, AuditOutcome,
        AuditVerification, HistoryEntry,
    },
    ids::{AuditEntryId, JobId},
    integrations::{Integration, IntegrationList, IntegrationState, Port},
    jobs::{Job, JobState},
    operations::{HealthPart, HealthStatus, Liveness, Readiness, Version},
    problem::{Problem, ProblemCode},
    session::Capacity,
    texts::{Text, TextName},
    validation::FieldError,
};

const REQUEST: &str = "019a9d60-11c4-7a08-b0de-9f3c5e7a1d02";

pub(super) fn text() -> Text {
    Text {
        name: TextName::ResponseTerms,
        version: "7d1f0c4b92ae".to_owned(),
        title: "Sådan bruger vi dit svar".to_owned(),
        body_html: "<p>Vi bruger dit svar til at behandle det forslag, der er i høring.</p>".to_owned(),
    }
}

pub(super) fn audit_entries() -> Vec<AuditEntry> {
    let owner = people::owner();
    vec![AuditEntry {
        id: AuditEntryId(uuid!("019a9d60-11d9-7c55-a3b7-4e8d2f6b0c71")),
        occurred_at: at(11, 5, 12, 15),
        actor: Some(AuditActor { id: owner.id, name: Some(owner.name), capacity: Capacity::Employee }),
        action: AuditAction::HearingPublished,
        outcome: AuditOutcome::Done,
        object: AuditObject::Hearing,
        object_id: Some(hearings::HEARING.to_string()),
        account_name: None,
        hearing: Some(AuditHearing { id: hearings::HEARING, title: Some(hearings::TITLE.to_owned()) }),
        request_id: Some(REQUEST.to_owned()),
        source: Some("8c1d5f0a37e24b96a0d1c3e5f7921b4d".to_owned()),
        count: 1,
        changes: vec![change("startsAt", "2026-11-09T23:00:00+00:00"), change("deadlineOn", "2026-12-04")],
    }]
}

pub(super) fn history() -> Vec<HistoryEntry> {
    let entries = audit_entries().into_iter();
    let known = |AuditEntry { id, occurred_at, actor, action, changes, .. }| HistoryEntry {
        id,
        occurred_at,
        actor: actor.and_then(|actor| actor.name),
        action,
        changes,
    };
    entries.map(known).collect()
}

fn change(field: &str, new: &str) -> AuditChange {
    AuditChange { field: field.to_owned(), old: None, new: Some(new.to_owned()), erased: false }
}

pub(super) fn audit_verification() -> AuditVerification {
    let head = AuditHead {
        position: 4_312,
        mac: "5d1c0f8e7a3b49d2860f4c5b7e9a13d06c2f81b4a97e5d30c6b8f214e0a7935d".to_owned(),
        sealed_at: at(11, 23, 9, 32),
    };
    AuditVerification { head: Some(head), waiting: 1, waiting_since: Some(at(11, 23, 9, 33)), delayed: false }
}

pub(super) fn job() -> Job {
    Job {
        id: JobId(uuid!("019a9f44-9c1b-7d30-8f62-5a9e1c4b7d80")),
        version: 5,
        kind: "mail.receipt".to_owned(),
        state: JobState::Waiting,
        attempts: 1,
        created_at: at(11, 23, 9, 40),
        run_at: at(11, 23, 9, 41),
        last_error: Some("the mail adapter refused the receipt".to_owned()),
    }
}

pub(super) fn integrations() -> IntegrationList {
    let integration = |port, adapter: &str, state, detail: Option<&str>| Integration {
        port,
        adapter: adapter.to_owned(),
        state,
        detail: detail.map(ToOwned::to_owned),
        lost_files: (port == Port::FileStore).then_some(0),
    };
    let nobody_looks = Some("files are marked as not scanned");
    let items = vec![
        integration(Port::IdentityProvider, "built_in", IntegrationState::Ok, None),
        integration(Port::Mail, "file", IntegrationState::Ok, None),
        integration(Port::FileStore, "s3", IntegrationState::Ok, None),
        integration(Port::VirusScanner, "none", IntegrationState::Off, nobody_looks),
    ];
    IntegrationList { items }
}

pub(super) fn liveness() -> Liveness {
    Liveness { status: HealthStatus::Ok }
}

pub(super) fn readiness() -> Readiness {
    let part = |name: &str| HealthPart { name: name.to_owned(), status: HealthStatus::Ok, detail: None };
    Readiness {
        status: HealthStatus::Ok,
        parts: ["database", "migrations", "clock", "audit_log", "audit_seal", "file_store", "jobs"].map(part).to_vec(),
    }
}

pub(super) fn version() -> Version {
    Version { version: "0.1.0".to_owned() }
}

pub(super) fn problem() -> Problem {
    let code = ProblemCode::RequestInvalid;
    Problem {
        kind: format!("urn:agora:problem:{code}"),
        title: code.title().to_owned(),
        status: code.status(),
        detail: "Some fields are invalid.".to_owned(),
        instance: REQUEST.to_owned(),
        code,
        errors: vec![FieldError {
            pointer: "/title".to_owned(),
            code: "text.required".to_owned(),
            detail: "must be filled in".to_owned(),
        }],
    }
}
