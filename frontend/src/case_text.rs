//! What roles and settings of a hearing are called: the same in its form, its history and the audit log.

use openapi::hearings::{Audience, HearingRole, RespondentShown, ResponsesShown};

use crate::i18n::key;

/// A person's role on a hearing.
pub fn role(role: HearingRole) -> &'static str {
    match role {
        HearingRole::Owner => key("role-owner"),
        HearingRole::CaseWorker => key("role-case-worker"),
        HearingRole::Reviewer => key("role-reviewer"),
        HearingRole::Invitee => key("role-invitee"),
        HearingRole::Unknown => key("unknown-value"),
    }
}

/// What somebody with a role does.
pub fn role_means(role: HearingRole) -> &'static str {
    match role {
        HearingRole::Owner => key("role-owner-means"),
        HearingRole::CaseWorker => key("role-case-worker-means"),
        HearingRole::Reviewer => key("role-reviewer-means"),
        HearingRole::Invitee => key("role-invitee-means"),
        HearingRole::Unknown => key("unknown-value"),
    }
}

/// Whom a hearing is for.
pub fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Internal => key("audience-internal"),
        Audience::Public => key("audience-public"),
        Audience::Unknown => key("unknown-value"),
    }
}

/// When others see the answers.
pub fn responses_shown(shown: ResponsesShown) -> &'static str {
    match shown {
        ResponsesShown::Never => key("responses-shown-never"),
        ResponsesShown::WhenApproved => key("responses-shown-when-approved"),
        ResponsesShown::AfterDeadline => key("responses-shown-after-deadline"),
        ResponsesShown::Unknown => key("unknown-value"),
    }
}

/// What choosing that means.
pub fn responses_shown_means(shown: ResponsesShown) -> &'static str {
    match shown {
        ResponsesShown::Never => key("responses-shown-never-means"),
        ResponsesShown::WhenApproved => key("responses-shown-when-approved-means"),
        ResponsesShown::AfterDeadline => key("responses-shown-after-deadline-means"),
        ResponsesShown::Unknown => key("unknown-value"),
    }
}

/// What others see of an employee who answers.
pub fn respondent_shown(shown: RespondentShown) -> &'static str {
    match shown {
        RespondentShown::NameAndDepartment => key("respondent-shown-name-and-department"),
        RespondentShown::Department => key("respondent-shown-department"),
        RespondentShown::Nothing => key("respondent-shown-nothing"),
        RespondentShown::Unknown => key("unknown-value"),
    }
}
