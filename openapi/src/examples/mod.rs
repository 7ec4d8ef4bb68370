//! Examples of the bodies, made of the types themselves: an example that does not fit its type does not compile.
//!
//! They tell one story: Eksempel Kommune asks its employees about hybrid work.

mod attachments;
mod hearings;
mod people;
mod responses;
mod service;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};

use crate::page::Page;

/// Every example by the name of its schema.
#[must_use]
pub fn all() -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("Attachment", json!(attachments::attachment())),
        ("AuditVerification", json!(service::audit_verification())),
        ("ConcludeHearing", json!(hearings::conclude())),
        ("ConclusionDraft", json!(hearings::conclusion_draft())),
        ("ConclusionText", json!(hearings::conclusion_text())),
        ("Document", json!(attachments::document())),
        ("DocumentPatch", json!(attachments::document_patch())),
        ("Draft", json!(responses::draft())),
        ("DraftPatch", json!(responses::draft_patch())),
        ("Hearing", json!(hearings::hearing())),
        ("HearingDraft", json!(hearings::new())),
        ("HearingPatch", json!(hearings::patch())),
        ("IntegrationList", json!(service::integrations())),
        ("Job", json!(service::job())),
        ("Liveness", json!(service::liveness())),
        ("LoginProviders", json!(people::login_providers())),
        ("LoginRequest", json!(people::login())),
        ("NewRole", json!(people::new_role())),
        ("Page_AuditEntry", json!(page(service::audit_entries()))),
        ("Page_ConclusionVersion", json!(page(vec![hearings::conclusion_version()]))),
        ("Page_Draft", json!(last_page(vec![responses::draft()]))),
        ("Page_Employee", json!(last_page(vec![people::owner(), people::reviewer()]))),
        ("HearingFacets", json!(hearings::facets())),
        ("Page_HearingSummary", json!(page(hearings::summaries()))),
        ("Page_HistoryEntry", json!(page(service::history()))),
        ("Page_Job", json!(last_page(vec![service::job()]))),
        ("Page_MyDraft", json!(last_page(vec![responses::my_draft()]))),
        ("Page_MyResponse", json!(last_page(vec![responses::my_response()]))),
        ("Page_PublicResponse", json!(page(vec![responses::public()]))),
        ("Page_RoleAssignment", json!(last_page(people::roles()))),
        ("Page_ResponseVersion", json!(page(vec![responses::version()]))),
        ("Page_StaffResponse", json!(page(vec![responses::staff()]))),
        ("Problem", json!(service::problem())),
        ("PublicResponse", json!(responses::public())),
        ("PublishHearing", json!(hearings::publish())),
        ("Readiness", json!(service::readiness())),
        ("Receipt", json!(responses::receipt())),
        ("RevokeRole", json!(people::revoke_role())),
        ("RoleAssignment", json!(people::reviewer_role())),
        ("SendDraft", json!(responses::send())),
        ("Session", json!(people::session())),
        ("Text", json!(service::text())),
        ("Version", json!(service::version())),
    ])
}

/// A page that another one follows.
fn page<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: Some("eyJvIjoiZGVhZGxpbmUiLCJrIjp7IlRpbWUiOlsiMjAyNi0xMi0wNFQyMzowMDowMFoiLCIwMTlhOWQ1Mi03YmQ4LTdmMDMtYTFjOS0wZTRiNmQ4ZjJhMzAiXX19".to_owned()) }
}

fn last_page<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: None }
}

/// A day of the story.
fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

/// A moment of the story, in UTC.
fn at(month: u32, day_of_month: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    day(month, day_of_month).and_time(time).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{attachments, drafts, hearings, session, validation::Validate};

    fn passes<T: Validate + serde::de::DeserializeOwned>(name: &str) {
        let request: T = serde_json::from_value(all()[name].clone()).unwrap();
        assert_eq!(request.validate(), Ok(()), "{name}");
    }

    #[test]
    fn the_requests_among_them_are_valid() {
        passes::<attachments::DocumentPatch>("DocumentPatch");
        passes::<drafts::DraftPatch>("DraftPatch");
        passes::<drafts::SendDraft>("SendDraft");
        passes::<hearings::ConcludeHearing>("ConcludeHearing");
        passes::<hearings::ConclusionText>("ConclusionText");
        passes::<hearings::HearingDraft>("HearingDraft");
        passes::<hearings::HearingPatch>("HearingPatch");
        passes::<hearings::NewRole>("NewRole");
        passes::<hearings::RevokeRole>("RevokeRole");
        passes::<hearings::PublishHearing>("PublishHearing");
        passes::<session::LoginRequest>("LoginRequest");
    }
}
