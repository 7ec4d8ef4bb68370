//! Hearings as they lie in the database.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Insertable, Queryable, Selectable};
use openapi::{
    employees::Employee,
    hearings::{
        Audience, Conclusion, Contact, HearingReference, HearingRole, RespondentShown, ResponsesShown, RoleAssignment,
        Section,
    },
    ids::{AccountId, FileId, HearingId, RoleId, SectionId},
};

use super::rules::LifeCycle;
use crate::db::schema::{hearing, hearing_role, hearing_section};

/// A hearing.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = hearing, check_for_backend(diesel::pg::Pg))]
#[allow(missing_docs, reason = "the columns carry their comments in the database")]
pub struct HearingRow {
    pub id: HearingId,
    pub version: i64,
    pub title: String,
    pub summary: String,
    pub audience: Audience,
    pub invitation_only: bool,
    pub starts_on: Option<NaiveDate>,
    pub starts_at: Option<DateTime<Utc>>,
    pub deadline_on: Option<NaiveDate>,
    pub deadline_at: Option<DateTime<Utc>>,
    pub contact_name: String,
    pub contact_department: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub responses_shown: ResponsesShown,
    pub respondent_shown: RespondentShown,
    pub response_count: i32,
    pub withdrawn_count: i32,
    pub conclusion: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub concluded_at: Option<DateTime<Utc>>,
    pub image_id: Option<FileId>,
    pub image_alternative_text: String,
    pub updated_at: DateTime<Utc>,
}

impl HearingRow {
    /// What the status is computed from.
    #[must_use]
    pub fn life_cycle(&self) -> LifeCycle {
        LifeCycle {
            published_at: self.published_at,
            starts_at: self.starts_at,
            deadline_at: self.deadline_at,
            cancelled_at: self.cancelled_at,
            concluded_at: self.concluded_at,
        }
    }

    /// The answers that stand.
    pub(crate) fn standing_responses(&self) -> i64 {
        i64::from(self.response_count) - i64::from(self.withdrawn_count)
    }

    pub(super) fn into_reference(self, now: DateTime<Utc>) -> HearingReference {
        HearingReference {
            id: self.id,
            status: self.life_cycle().status(now),
            title: self.title,
            deadline_on: self.deadline_on,
            deadline_at: self.deadline_at,
        }
    }

    /// The contact person.
    pub fn contact(&self) -> Contact {
        Contact {
            name: self.contact_name.clone(),
            department: self.contact_department.clone(),
            email: self.contact_email.clone(),
            phone: self.contact_phone.clone(),
        }
    }

    pub(crate) fn to_conclusion(&self, body_html: String) -> Option<Conclusion> {
        Some(Conclusion { body_html, body: self.conclusion.clone()?, concluded_at: self.concluded_at? })
    }
}

/// A new hearing; what it does not name, the database fills in.
#[derive(Debug, Insertable)]
#[diesel(table_name = hearing)]
pub(super) struct NewHearing<'a> {
    pub(super) id: HearingId,
    pub(super) title: &'a str,
    pub(super) contact_name: &'a str,
    pub(super) contact_department: &'a str,
    pub(super) contact_email: &'a str,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = hearing_section, check_for_backend(diesel::pg::Pg))]
pub struct SectionRow {
    pub(super) id: SectionId,
    pub(super) hearing_id: HearingId,
    pub(super) position: i32,
    pub(super) title: String,
    pub(crate) body: String,
}

impl SectionRow {
    pub(crate) fn into_wire(self, body_html: String) -> Section {
        Section { id: self.id, title: self.title, body_html, body: self.body }
    }
}

/// A role on a hearing.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = hearing_role, check_for_backend(diesel::pg::Pg))]
pub(crate) struct RoleRow {
    pub(crate) id: RoleId,
    pub(crate) hearing_id: HearingId,
    pub(crate) account_id: AccountId,
    pub(crate) role: HearingRole,
    pub(crate) responsible: bool,
    pub(crate) created_at: DateTime<Utc>,
}

impl RoleRow {
    pub(crate) fn into_wire(self, employee: Employee, hearing_version: i64) -> RoleAssignment {
        RoleAssignment { id: self.id, role: self.role, responsible: self.responsible, employee, hearing_version }
    }
}
