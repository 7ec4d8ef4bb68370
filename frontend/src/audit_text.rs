//! What the audit log's codes mean in plain words: for auditors, and for owners in their hearing's history.

use chrono::{DateTime, NaiveDate, Utc};
use openapi::{
    audit::{AuditAction, AuditObject, AuditOutcome},
    hearings::{Audience, HearingRole, RespondentShown, ResponsesShown},
    session::Capacity,
};
use yew::AttrValue;

use crate::{
    case_text,
    i18n::{I18n, key},
    t,
};

/// What was done.
pub fn action(action: AuditAction) -> &'static str {
    match action {
        AuditAction::LoggedIn => key("audit-action-logged-in"),
        AuditAction::LoginFailed => key("audit-action-login-failed"),
        AuditAction::LoggedOut => key("audit-action-logged-out"),
        AuditAction::LoggedOutEverywhere => key("audit-action-logged-out-everywhere"),
        AuditAction::LoginThrottled => key("audit-action-login-throttled"),
        AuditAction::AccountChanged => key("audit-action-account-changed"),
        AuditAction::AccessDenied => key("audit-action-access-denied"),
        AuditAction::HearingCreated => key("audit-action-hearing-created"),
        AuditAction::HearingChanged => key("audit-action-hearing-changed"),
        AuditAction::HearingPublished => key("audit-action-hearing-published"),
        AuditAction::HearingOpened => key("audit-action-hearing-opened"),
        AuditAction::HearingDeadlinePassed => key("audit-action-hearing-deadline-passed"),
        AuditAction::ConclusionBegun => key("audit-action-conclusion-begun"),
        AuditAction::HearingConcluded => key("audit-action-hearing-concluded"),
        AuditAction::HistoryRead => key("audit-action-history-read"),
        AuditAction::HearingDeleted => key("audit-action-hearing-deleted"),
        AuditAction::RoleGiven => key("audit-action-role-given"),
        AuditAction::RoleTaken => key("audit-action-role-taken"),
        AuditAction::AccessRevoked => key("audit-action-access-revoked"),
        AuditAction::DraftCreated => key("audit-action-draft-created"),
        AuditAction::DraftDiscarded => key("audit-action-draft-discarded"),
        AuditAction::ResponseSent => key("audit-action-response-sent"),
        AuditAction::ResponseEdited => key("audit-action-response-edited"),
        AuditAction::ResponseWithdrawn => key("audit-action-response-withdrawn"),
        AuditAction::ResponsesRead => key("audit-action-responses-read"),
        AuditAction::DocumentAdded => key("audit-action-document-added"),
        AuditAction::DocumentChanged => key("audit-action-document-changed"),
        AuditAction::DocumentRemoved => key("audit-action-document-removed"),
        AuditAction::AttachmentAdded => key("audit-action-attachment-added"),
        AuditAction::AttachmentRemoved => key("audit-action-attachment-removed"),
        AuditAction::AttachmentsRead => key("audit-action-attachments-read"),
        AuditAction::EmployeesRead => key("audit-action-employees-read"),
        AuditAction::AuditLogRead => key("audit-action-audit-log-read"),
        AuditAction::JobsRead => key("audit-action-jobs-read"),
        AuditAction::JobRetried => key("audit-action-job-retried"),
        AuditAction::ValuesErased => key("audit-action-values-erased"),
        AuditAction::Unknown => key("unknown-value"),
    }
}

/// On what kind of thing.
pub fn object(object: AuditObject) -> &'static str {
    match object {
        AuditObject::Account => key("audit-object-account"),
        AuditObject::Session => key("audit-object-session"),
        AuditObject::Hearing => key("audit-object-hearing"),
        AuditObject::Role => key("audit-object-role"),
        AuditObject::Draft => key("audit-object-draft"),
        AuditObject::Response => key("audit-object-response"),
        AuditObject::Document => key("audit-object-document"),
        AuditObject::Attachment => key("audit-object-attachment"),
        AuditObject::Employee => key("audit-object-employee"),
        AuditObject::AuditLog => key("audit-object-audit-log"),
        AuditObject::Job => key("audit-object-job"),
        AuditObject::Address => key("audit-object-address"),
        AuditObject::Unknown => key("unknown-value"),
    }
}

/// How it went.
pub fn outcome(outcome: AuditOutcome) -> &'static str {
    match outcome {
        AuditOutcome::Done => key("audit-outcome-done"),
        AuditOutcome::Denied => key("audit-outcome-denied"),
        AuditOutcome::Unknown => key("unknown-value"),
    }
}

/// In what role it was done.
pub fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Employee => key("capacity-employee"),
        Capacity::Citizen => key("capacity-citizen"),
        Capacity::Company => key("capacity-company"),
        Capacity::Unknown => key("unknown-value"),
    }
}

/// A field by the name it has in the contract; one that is unknown here keeps that name.
pub fn field(name: &str, i18n: &I18n) -> AttrValue {
    let key = match name {
        "title" => key("audit-field-title"),
        "summary" => key("audit-field-summary"),
        "sections" => key("audit-field-sections"),
        "audience" => key("audit-field-audience"),
        "invitationOnly" => key("audit-field-invitation-only"),
        "startsOn" | "startsAt" => key("audit-field-start"),
        "deadlineOn" => key("audit-field-deadline"),
        "contactName" => key("audit-field-contact-name"),
        "contactDepartment" => key("audit-field-contact-department"),
        "contactEmail" => key("audit-field-contact-email"),
        "contactPhone" => key("audit-field-contact-phone"),
        "responsesShown" => key("audit-field-responses-shown"),
        "respondentShown" => key("audit-field-respondent-shown"),
        "image" => key("audit-field-image"),
        "imageAlternativeText" => key("audit-field-image-alternative-text"),
        "conclusion" => key("audit-field-conclusion"),
        "role" => key("audit-field-role"),
        "account" => key("audit-field-account"),
        "name" => key("audit-field-name"),
        "email" => key("audit-field-email"),
        "department" => key("audit-field-department"),
        "roles" => key("audit-field-roles"),
        "password" => key("audit-field-password"),
        "reason" => key("audit-field-reason"),
        "minute" => key("audit-field-minute"),
        _ => return name.to_owned().into(),
    };
    i18n.text(key, &[])
}

/// A field's value as people read it; a value that is not understood stays as it is.
pub fn value(field: &str, value: &str, i18n: &I18n) -> AttrValue {
    let key = match field {
        "audience" => value.parse::<Audience>().ok().map(case_text::audience),
        "responsesShown" => value.parse::<ResponsesShown>().ok().map(case_text::responses_shown),
        "respondentShown" => value.parse::<RespondentShown>().ok().map(case_text::respondent_shown),
        "role" => value.parse::<HearingRole>().ok().map(case_text::role),
        "invitationOnly" => match value {
            "true" => Some(key("yes")),
            "false" => Some(key("no")),
            _ => None,
        },
        _ => None,
    };
    if let Some(key) = key {
        return t!(i18n, key);
    }
    let dates = i18n.dates();
    if let ("startsOn" | "deadlineOn", Ok(day)) = (field, value.parse::<NaiveDate>()) {
        return dates.day(day).into();
    }
    if let ("startsAt" | "minute", Ok(instant)) = (field, value.parse::<DateTime<Utc>>()) {
        return dates.instant(instant).into();
    }
    value.to_owned().into()
}

#[cfg(test)]
mod tests {
    use yew::Callback;

    use super::*;
    use crate::i18n::{Language, WORKSPACE};

    fn danish() -> I18n {
        I18n::new(Language::Da, WORKSPACE, Callback::noop())
    }

    #[test]
    fn values_are_written_as_people_read_them() {
        assert_eq!(value("deadlineOn", "2026-12-04", &danish()), "4. december 2026");
        assert_eq!(value("startsAt", "2026-11-23T09:32:00+00:00", &danish()), "23. november 2026 kl. 10.32");
        assert_eq!(value("invitationOnly", "true", &danish()), "Ja");
        assert_eq!(value("role", "reviewer", &danish()), "Reviewer");
    }

    #[test]
    fn what_is_not_understood_stays_as_it_is() {
        assert_eq!(value("deadlineOn", "i morgen", &danish()), "i morgen");
        assert_eq!(value("role", "emperor", &danish()), "emperor");
        assert_eq!(field("newField", &danish()), "newField");
    }
}
