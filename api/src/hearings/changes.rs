//! What a patch changes on a hearing, for the hearing and for the audit log. To add a field to a hearing, add it to both
//! functions here, and to what `actions.rs` saves: the compiler asks for it in [`apply`] alone.

use openapi::hearings::HearingPatch;

use super::HearingRow;
use crate::audit::Change;

/// The hearing as it is after the patch; sections are a table of their own.
pub(super) fn apply(mut row: HearingRow, patch: HearingPatch) -> HearingRow {
    let HearingPatch {
        title,
        summary,
        audience,
        invitation_only,
        starts_on,
        deadline_on,
        contact_name,
        contact_department,
        contact_email,
        contact_phone,
        responses_shown,
        respondent_shown,
        image_alternative_text,
        sections: _,
    } = patch;
    set(&mut row.title, title);
    set(&mut row.summary, summary);
    set(&mut row.audience, audience);
    set(&mut row.invitation_only, invitation_only);
    set(&mut row.starts_on, starts_on);
    set(&mut row.deadline_on, deadline_on);
    set(&mut row.contact_name, contact_name);
    set(&mut row.contact_department, contact_department);
    set(&mut row.contact_email, contact_email);
    set(&mut row.contact_phone, contact_phone);
    set(&mut row.responses_shown, responses_shown);
    set(&mut row.respondent_shown, respondent_shown);
    set(&mut row.image_alternative_text, image_alternative_text);
    row
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

/// What the audit log keeps: settings and dates with their values, texts by name, the contact person as personal.
pub(super) fn of(row: &HearingRow, patch: &HearingPatch) -> Vec<Change> {
    let changes = [
        text("title", &row.title, patch.title.as_ref()),
        text("summary", &row.summary, patch.summary.as_ref()),
        text("imageAlternativeText", &row.image_alternative_text, patch.image_alternative_text.as_ref()),
        decision("audience", row.audience, patch.audience),
        decision("invitationOnly", row.invitation_only, patch.invitation_only),
        day("startsOn", row.starts_on, patch.starts_on),
        day("deadlineOn", row.deadline_on, patch.deadline_on),
        personal("contactName", &row.contact_name, patch.contact_name.as_ref()),
        decision("contactDepartment", row.contact_department.clone(), patch.contact_department.clone()),
        personal("contactEmail", &row.contact_email, patch.contact_email.as_ref()),
        personal("contactPhone", &row.contact_phone, patch.contact_phone.as_ref()),
        decision("responsesShown", row.responses_shown, patch.responses_shown),
        decision("respondentShown", row.respondent_shown, patch.respondent_shown),
    ];
    changes.into_iter().flatten().collect()
}

fn text(field: &'static str, old: &str, new: Option<&String>) -> Option<Change> {
    new.filter(|new| *new != old).map(|_| Change::text(field))
}

fn decision<T: PartialEq + ToString>(field: &'static str, old: T, new: Option<T>) -> Option<Change> {
    let new = new.filter(|new| *new != old)?;
    Some(Change::decision(field, Some(old), Some(new)))
}

fn day(field: &'static str, old: Option<chrono::NaiveDate>, new: Option<Option<chrono::NaiveDate>>) -> Option<Change> {
    let new = new.filter(|new| *new != old)?;
    Some(Change::decision(field, old, new))
}

fn personal(field: &'static str, old: &str, new: Option<&String>) -> Option<Change> {
    let new = new.filter(|new| *new != old)?;
    Some(Change::personal(field, Some(old.to_owned()), Some(new.clone()), None))
}
