//! The audit log as auditors read it: refusals counted by the minute, filters, and personal values that can be erased.

use chrono::TimeDelta;
use openapi::{
    audit::{AuditAction, AuditObject, AuditOutcome, AuditQuery},
    hearings::HearingPatch,
    ids::AccountId,
    page::PageQuery,
    problem::ProblemCode,
    time,
};
use tests::{App, Who, refused};

async fn entries(app: &App, query: AuditQuery) -> Vec<openapi::audit::AuditEntry> {
    app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_and_failed_logins_are_counted_by_the_minute() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let curious = app.employee(1);
    for _ in 0..3 {
        assert_eq!(
            refused(curious.list_staff_responses(hearing.id, &PageQuery::default()).await),
            ProblemCode::Forbidden
        );
    }
    let mut guessing = app.anonymous();
    for _ in 0..2 {
        assert_eq!(refused(guessing.log_in("mette", "gæt").await), ProblemCode::BadCredentials);
    }
    app.run_jobs().await;
    let denied = AuditQuery { outcome: vec![AuditOutcome::Denied], ..AuditQuery::default() };
    assert!(entries(&app, denied.clone()).await.is_empty(), "the minute is not over");
    app.clock.set(app.now() + TimeDelta::minutes(1));
    app.run_jobs().await;
    app.run_jobs().await;
    let denied = entries(&app, denied).await;
    assert_eq!(denied.len(), 2, "one entry for each kind and source: {denied:?}");
    let refusal = denied.iter().find(|entry| entry.action == AuditAction::AccessDenied).unwrap();
    assert_eq!((refusal.count, refusal.actor.as_ref().unwrap().id), (3, Who::Employee(1).id()));
    assert_eq!(refusal.hearing.as_ref().unwrap().id, hearing.id);
    let failed = denied.iter().find(|entry| entry.action == AuditAction::LoginFailed).unwrap();
    assert_eq!((failed.count, &failed.actor), (2, &None));
    assert_eq!((failed.object, failed.object_id.clone()), (AuditObject::Account, Some(Who::Owner.id().to_string())));
    assert!(!format!("{failed:?}").contains("mette"), "a name that was tried may be a password");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_found_by_action_person_hearing_and_day() {
    let app = App::start().await;
    let hearing = app.hearing().draft().await;
    app.clock.set(app.now() + TimeDelta::days(2));
    let other = app.hearing().draft().await;
    let all = entries(&app, AuditQuery::default()).await;
    assert!(all.is_sorted_by(|later, earlier| later.occurred_at >= earlier.occurred_at), "newest first");
    let of_hearing = AuditQuery { hearing: Some(hearing.id), ..AuditQuery::default() };
    assert!(entries(&app, of_hearing).await.iter().all(|entry| entry.hearing.as_ref().unwrap().id == hearing.id));
    let today = time::day_of(app.now());
    let of_today = AuditQuery {
        from: Some(today),
        to: Some(today),
        action: vec![AuditAction::HearingCreated],
        ..AuditQuery::default()
    };
    let created = entries(&app, of_today).await;
    assert_eq!(created.len(), 1);
    assert_eq!(created[0].hearing.as_ref().unwrap().id, other.id);
    let of_another = AuditQuery { actor: Some(Who::Employee(1).id()), ..AuditQuery::default() };
    assert!(entries(&app, of_another).await.is_empty());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_and_new_values_are_kept_and_personal_ones_can_be_erased() {
    let app = App::start().await;
    let hearing = app.hearing().draft().await;
    let patch = HearingPatch {
        contact_email: Some("ny.kontakt@eksempel-kommune.dk".to_owned()),
        deadline_on: Some(Some(tests::day(30))),
        ..HearingPatch::default()
    };
    app.owner().update_hearing(hearing.id, hearing.version, &patch).await.unwrap();
    let newest = AuditQuery { action: vec![AuditAction::HearingChanged], limit: Some(1), ..AuditQuery::default() };
    let changes = entries(&app, newest.clone()).await.remove(0).changes;
    let change = |field: &str| changes.iter().find(|change| change.field == field).unwrap().clone();
    assert_eq!(change("deadlineOn").old.as_deref(), Some("2026-11-30"));
    assert_eq!(change("deadlineOn").new.as_deref(), Some("2026-12-02"));
    assert_eq!(change("contactEmail").new.as_deref(), Some("ny.kontakt@eksempel-kommune.dk"));
    let in_the_entry = "audit_entry WHERE changes::text LIKE '%ny.kontakt%'";
    assert_eq!(app.database().count(in_the_entry).await, 0, "an entry holds a digest of it");

    app.database().owner().execute("DELETE FROM audit_value", &[]).await.unwrap();
    let changes = entries(&app, newest).await.remove(0).changes;
    let email = changes.iter().find(|change| change.field == "contactEmail").unwrap();
    assert!(email.erased && email.new.is_none());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditors_own_reading_is_an_entry_too() {
    let app = App::start().await;
    entries(&app, AuditQuery::default()).await;
    let read = AuditQuery { action: vec![AuditAction::AuditLogRead], ..AuditQuery::default() };
    assert_eq!(entries(&app, read).await[0].actor.as_ref().unwrap().id, Who::Auditor.id());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owners_reading_of_a_history_is_an_entry_of_its_own_kind() {
    let app = App::start().await;
    let hearing = app.hearing().draft().await;
    let history = app.owner().list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap().items;
    let read = AuditQuery { hearing: Some(hearing.id), ..AuditQuery::default() };
    let entry = entries(&app, read).await.remove(0);
    assert_eq!((entry.action, entry.object), (AuditAction::HistoryRead, AuditObject::Hearing));
    assert_eq!(entry.actor.unwrap().id, Who::Owner.id());
    assert_eq!(usize::try_from(entry.count), Ok(history.len()));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn auditors_see_how_far_the_log_is_sealed() {
    let app = App::start().await;
    let auditor = app.person(Who::Auditor);
    let nothing = auditor.get_audit_verification().await.unwrap();
    assert_eq!((nothing.head, nothing.waiting, nothing.waiting_since, nothing.delayed), (None, 0, None, false));
    app.hearing().draft().await;
    let entries = app.database().count("audit_entry").await;
    let written = auditor.get_audit_verification().await.unwrap();
    assert!(written.head.is_none() && written.waiting_since.is_some() && !written.delayed, "{written:?}");
    assert_eq!(written.waiting, entries, "looking here is no entry");
    app.run_jobs().await;
    let sealed = auditor.get_audit_verification().await.unwrap();
    assert_eq!((sealed.head.unwrap().position, sealed.waiting), (entries, 0));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_reads_his_hearings_history() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().open().await;
    app.employee(1).write(hearing.id, "Et udkast").await;
    let history = app.owner().list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap().items;
    let actions: Vec<_> = history.iter().map(|entry| entry.action).collect();
    assert_eq!(actions.first(), Some(&AuditAction::HearingPublished));
    assert_eq!(actions.last(), Some(&AuditAction::HearingCreated));
    assert!(!actions.contains(&AuditAction::DraftCreated), "who writes is not told: {actions:?}");
    let given = history.iter().find(|entry| entry.action == AuditAction::RoleGiven).unwrap();
    let person = given.changes.iter().find(|change| change.field == "account").unwrap().new.clone().unwrap();
    assert!(person.contains('@') && person.parse::<AccountId>().is_err(), "people are named: {person}");
    app.finish().await;
}
