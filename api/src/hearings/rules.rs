//! What a hearing's life allows: pure decisions, with `now` as an argument.

use chrono::{DateTime, NaiveDate, Utc};
use openapi::{
    hearings::{ChecklistItem, HearingPermissions, HearingStatus, PublishStart, ResponsesShown},
    problem::ProblemCode,
    text::looks_like_email,
    time,
    validation::FieldErrors,
};

use super::{
    AnswerHearings, EditHearings, Error, HearingRow, ProcessResponses, RevokeAccess, WriteConclusions,
    access::{HearingPermission, Standing},
    rows::SectionRow,
};

/// Responses that one respondent may have standing on one hearing.
pub const LIMIT_PER_RESPONDENT: usize = 1;

/// The times and decisions that make the status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LifeCycle {
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it starts.
    pub starts_at: Option<DateTime<Utc>>,
    /// When its deadline passes.
    pub deadline_at: Option<DateTime<Utc>>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// When it was concluded.
    pub concluded_at: Option<DateTime<Utc>>,
}

impl LifeCycle {
    /// The status at an instant. SQL has the same rule in `hearing_status`; a test compares the two.
    #[must_use]
    pub fn status(&self, now: DateTime<Utc>) -> HearingStatus {
        if self.published_at.is_none() {
            HearingStatus::Draft
        } else if self.cancelled_at.is_some() {
            HearingStatus::Cancelled
        } else if self.concluded_at.is_some() {
            HearingStatus::Concluded
        } else if self.starts_at.is_some_and(|start| now < start) {
            HearingStatus::Scheduled
        } else if self.deadline_at.is_some_and(|deadline| now < deadline) {
            HearingStatus::Open
        } else {
            HearingStatus::Processing
        }
    }
}

fn in_status(hearing: &HearingRow, allowed: &[HearingStatus], now: DateTime<Utc>) -> Result<(), Error> {
    let status = hearing.life_cycle().status(now);
    if allowed.contains(&status) { Ok(()) } else { Err(Error::WrongStatus { status }) }
}

/// Everything may be changed before the start.
///
/// # Errors
/// [`Error::WrongStatus`].
pub fn edit(hearing: &HearingRow, now: DateTime<Utc>) -> Result<(), Error> {
    in_status(hearing, &[HearingStatus::Draft, HearingStatus::Scheduled], now)
}

/// Only what nobody but its staff and administrators can have seen is deleted.
///
/// # Errors
/// [`Error::WrongStatus`].
pub fn delete(hearing: &HearingRow, now: DateTime<Utc>) -> Result<(), Error> {
    in_status(hearing, &[HearingStatus::Draft], now)
}

/// A hearing is concluded when its deadline has passed.
///
/// # Errors
/// [`Error::WrongStatus`].
pub fn conclude(hearing: &HearingRow, now: DateTime<Utc>) -> Result<(), Error> {
    in_status(hearing, &[HearingStatus::Processing], now)
}

/// A conclusion is written while the hearing waits for one. Not before the deadline: it weighs all responses.
///
/// # Errors
/// [`Error::WrongStatus`].
pub fn write_conclusion(hearing: &HearingRow, now: DateTime<Utc>) -> Result<(), Error> {
    conclude(hearing, now)
}

/// People come in until the deadline, and staff until the conclusion.
///
/// # Errors
/// [`Error::WrongStatus`].
pub fn give_role(hearing: &HearingRow, staff: bool, now: DateTime<Utc>) -> Result<(), Error> {
    use HearingStatus::{Draft, Open, Processing, Scheduled};
    let allowed: &[_] = if staff { &[Draft, Scheduled, Open, Processing] } else { &[Draft, Scheduled, Open] };
    in_status(hearing, allowed, now)
}

/// Invitees go until publication; who works on the hearing can be changed until the conclusion.
///
/// # Errors
/// [`Error::WrongStatus`].
pub fn take_role(hearing: &HearingRow, staff: bool, now: DateTime<Utc>) -> Result<(), Error> {
    use HearingStatus::{Draft, Open, Processing, Scheduled};
    let allowed: &[_] = if staff { &[Draft, Scheduled, Open, Processing] } else { &[Draft] };
    in_status(hearing, allowed, now)
}

/// An answer is taken if and only if the start is reached and the deadline is not.
///
/// # Errors
/// [`Error::NotOpen`], [`Error::DeadlinePassed`], or [`Error::WrongStatus`] for a cancelled hearing.
pub fn take_answer(hearing: &HearingRow, now: DateTime<Utc>) -> Result<(), Error> {
    match hearing.life_cycle().status(now) {
        HearingStatus::Open => Ok(()),
        HearingStatus::Draft | HearingStatus::Scheduled => Err(Error::NotOpen),
        HearingStatus::Processing | HearingStatus::Concluded => Err(Error::DeadlinePassed),
        status @ (HearingStatus::Cancelled | HearingStatus::Unknown) => Err(Error::WrongStatus { status }),
    }
}

/// Why a hearing takes no answer from this person now; nothing when it takes one.
#[must_use]
pub fn refusal(hearing: &HearingRow, standing: &Standing, sent: usize, now: DateTime<Utc>) -> Option<ProblemCode> {
    if !AnswerHearings::granted_on(standing) {
        return Some(ProblemCode::Forbidden);
    }
    match take_answer(hearing, now) {
        Err(Error::NotOpen) => Some(ProblemCode::HearingNotOpen),
        Err(Error::DeadlinePassed) => Some(ProblemCode::DeadlinePassed),
        Err(_) => Some(ProblemCode::HearingWrongStatus),
        Ok(()) if sent >= LIMIT_PER_RESPONDENT => Some(ProblemCode::ResponseLimit),
        Ok(()) => None,
    }
}

/// What somebody may do with a hearing now. `answer`: whether it takes an answer from him.
#[must_use]
pub fn permissions(hearing: &HearingRow, standing: &Standing, answer: bool, now: DateTime<Utc>) -> HearingPermissions {
    let owner = EditHearings::granted_on(standing);
    let status = hearing.life_cycle().status(now);
    HearingPermissions {
        edit: owner && edit(hearing, now).is_ok(),
        publish: owner && status == HearingStatus::Draft,
        delete: owner && delete(hearing, now).is_ok(),
        manage_roles: owner && give_role(hearing, true, now).is_ok(),
        revoke_access: RevokeAccess::granted_on(standing),
        answer,
        read_responses: responses_are_shown(hearing, now),
        process: ProcessResponses::granted_on(standing),
        write_conclusion: WriteConclusions::granted_on(standing) && write_conclusion(hearing, now).is_ok(),
        conclude: owner && conclude(hearing, now).is_ok(),
    }
}

/// Whether others than staff may read the answers.
#[must_use]
pub fn responses_are_shown(hearing: &HearingRow, now: DateTime<Utc>) -> bool {
    let status = hearing.life_cycle().status(now);
    match hearing.responses_shown {
        ResponsesShown::Never | ResponsesShown::Unknown => false,
        ResponsesShown::WhenApproved => !matches!(status, HearingStatus::Draft | HearingStatus::Scheduled),
        ResponsesShown::AfterDeadline => matches!(status, HearingStatus::Processing | HearingStatus::Concluded),
    }
}

/// The times a publication sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// The day the hearing starts.
    pub starts_on: NaiveDate,
    /// The instant it starts.
    pub starts_at: DateTime<Utc>,
}

/// Publishes a draft, when nothing is missing.
///
/// # Errors
/// [`Error::WrongStatus`] when it is published already, [`Error::Incomplete`] with everything that is missing.
pub fn publish(
    hearing: &HearingRow,
    sections: &[SectionRow],
    from: PublishStart,
    now: DateTime<Utc>,
) -> Result<Publication, Error> {
    in_status(hearing, &[HearingStatus::Draft], now)?;
    let today = time::day_of(now);
    let publication = match from {
        PublishStart::Now => Some(Publication { starts_on: today, starts_at: now }),
        PublishStart::OnStartDate => {
            hearing.starts_on.map(|day| Publication { starts_on: day, starts_at: start(day, now) })
        }
    };
    // "Now" does not ask for the start date that is written down.
    let starts_on = hearing.starts_on.filter(|_| from == PublishStart::OnStartDate);
    let mut errors = FieldErrors::default();
    for item in checklist(&HearingRow { starts_on, ..hearing.clone() }, sections, now) {
        errors.require(item.done, &item.pointer, &item.code, "is missing or does not fit");
    }
    match publication {
        Some(publication) => errors.finish().map(|()| publication).map_err(Error::Incomplete),
        None => {
            errors.add("/startsOn", "date.required", "must be set, or publish now");
            Err(Error::Incomplete(errors))
        }
    }
}

/// When a hearing starts that is set to start on a day: on the day itself at once, not in the night that has passed.
#[must_use]
pub fn start(day: NaiveDate, now: DateTime<Utc>) -> DateTime<Utc> {
    time::start_of_day(day).max(now)
}

/// A change of a scheduled hearing must leave it ready: it will open by itself.
///
/// # Errors
/// [`Error::Incomplete`] with everything that would be missing.
pub fn stays_publishable(hearing: &HearingRow, sections: &[SectionRow], now: DateTime<Utc>) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    for item in checklist(hearing, sections, now) {
        errors.require(item.done, &item.pointer, &item.code, "is missing or does not fit");
    }
    errors.require(hearing.starts_on.is_some(), "/startsOn", "date.required", "must be set while it waits to start");
    errors.finish().map_err(Error::Incomplete)
}

/// What has to be in place before a hearing can be published, item by item.
#[must_use]
pub fn checklist(hearing: &HearingRow, sections: &[SectionRow], now: DateTime<Utc>) -> Vec<ChecklistItem> {
    let item = |pointer: &str, missing: Option<&str>| ChecklistItem {
        pointer: pointer.to_owned(),
        code: missing.unwrap_or("ok").to_owned(),
        done: missing.is_none(),
    };
    let text = |value: &str| if value.trim().is_empty() { Some("text.required") } else { None };
    let mut items = vec![
        item("/title", text(&hearing.title)),
        item("/summary", text(&hearing.summary)),
        item("/sections", missing_in_sections(sections)),
        item("/startsOn", wrong_with_start(hearing, now)),
        item("/deadlineOn", wrong_with_deadline(hearing, now)),
        item("/contactName", text(&hearing.contact_name)),
        item("/contactEmail", if looks_like_email(&hearing.contact_email) { None } else { Some("email.invalid") }),
    ];
    // A picture that says nothing to those who cannot see it.
    if hearing.image_id.is_some() {
        items.push(item("/imageAlternativeText", text(&hearing.image_alternative_text)));
    }
    items
}

fn missing_in_sections(sections: &[SectionRow]) -> Option<&'static str> {
    let whole = |section: &SectionRow| !section.title.trim().is_empty() && !section.body.trim().is_empty();
    match sections {
        [] => Some("section.required"),
        sections if sections.iter().all(whole) => None,
        _ => Some("section.incomplete"),
    }
}

// No start date is fine: then the hearing is published with "now".
fn wrong_with_start(hearing: &HearingRow, now: DateTime<Utc>) -> Option<&'static str> {
    hearing.starts_on.filter(|day| *day < time::day_of(now)).map(|_| "date.in_past")
}

fn wrong_with_deadline(hearing: &HearingRow, now: DateTime<Utc>) -> Option<&'static str> {
    match (hearing.deadline_on, hearing.starts_on) {
        (None, _) => Some("date.required"),
        (Some(deadline), _) if time::deadline(deadline) <= now => Some("date.in_past"),
        (Some(deadline), Some(start)) if deadline < start => Some("date.before_start"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn published() -> LifeCycle {
        LifeCycle {
            published_at: Some(at("2026-11-01T08:00:00Z")),
            starts_at: Some(at("2026-11-09T23:00:00Z")),
            deadline_at: Some(at("2026-12-04T23:00:00Z")),
            ..LifeCycle::default()
        }
    }

    #[test]
    fn the_boundaries_belong_to_what_follows() {
        let hearing = published();
        assert_eq!(hearing.status(at("2026-11-09T22:59:59.999999Z")), HearingStatus::Scheduled);
        assert_eq!(hearing.status(at("2026-11-09T23:00:00Z")), HearingStatus::Open);
        assert_eq!(hearing.status(at("2026-12-04T22:59:59.999999Z")), HearingStatus::Open);
        assert_eq!(hearing.status(at("2026-12-04T23:00:00Z")), HearingStatus::Processing);
    }

    proptest! {
        #[test]
        fn without_decisions_the_status_only_goes_forward(first in 0i64..90_000_000, later in 0i64..90_000_000) {
            let start = at("2025-01-01T00:00:00Z");
            let earlier = start + chrono::TimeDelta::seconds(first.min(later));
            let later = start + chrono::TimeDelta::seconds(first.max(later));
            prop_assert!(published().status(earlier) <= published().status(later));
        }
    }
}
