//! Refusals in the audit log: all that tell of a caller trying what they may not, and nothing by which the log can be
//! filled.

use chrono::TimeDelta;
use openapi::{
    audit::{AuditAction, AuditEntry, AuditQuery},
    ids::HearingId,
    problem::ProblemCode,
};
use tests::{App, Who, refused};

/// The refusals of the minute, when it is over.
async fn denied(app: &App, hearing: Option<HearingId>) -> Vec<AuditEntry> {
    app.clock.set(app.now() + TimeDelta::minutes(1));
    app.run_jobs().await;
    let query = AuditQuery { action: vec![AuditAction::AccessDenied], hearing, ..AuditQuery::default() };
    app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_not_filled_by_thinking_up_addresses() {
    let app = App::start().await;
    for number in 0..20 {
        for address in [format!("/api/v1/{number}"), format!("/{number}"), format!("/api/v1/hearings/{number}/publish")]
        {
            // Methods that nothing has are refused before anybody is asked who calls, and leave nothing.
            let (method, expected) = match number {
                0..10 => ("POST".to_owned(), ProblemCode::CsrfRefused),
                _ if address == format!("/api/v1/{number}") => (format!("METHOD{number}"), ProblemCode::NotFound),
                _ => (format!("METHOD{number}"), ProblemCode::MethodNotAllowed),
            };
            let answer = app.socket().request(&method, &address, &[], None).await;
            assert_eq!(answer.problem().code, expected, "{method} {address}");
        }
    }
    let denied = denied(&app, None).await;
    assert!(denied.len() <= 6, "{denied:#?}");
    assert_eq!(denied.iter().map(|entry| entry.count).sum::<i32>(), 30);
    app.finish().await;
}

/// Nor by thinking up ids: by visitors and by people who are logged in, and pages.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_not_filled_by_thinking_up_ids() {
    let app = App::start().await;
    let employee = app.employee(1);
    for _ in 0..50 {
        let id = HearingId(uuid::Uuid::now_v7());
        app.socket().request("POST", &format!("/api/v1/hearings/{id}/publish"), &[], None).await;
        assert_eq!(refused(employee.get_hearing(id).await), ProblemCode::NotFound);
    }
    let denied = denied(&app, None).await;
    assert_eq!(denied.iter().map(|entry| entry.count).collect::<Vec<_>>(), [50, 50], "{denied:#?}");
    app.finish().await;
}

/// Both leave the same, so that the time it takes tells nothing; a visitor who follows a dead link leaves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn reaching_for_a_hidden_hearing_is_found_by_the_hearing() {
    let app = App::start().await;
    let hidden = app.hearing().draft().await.id;
    let missing = HearingId(uuid::Uuid::now_v7());
    for id in [hidden, missing] {
        assert_eq!(refused(app.employee(1).get_hearing(id).await), ProblemCode::NotFound);
        assert_eq!(refused(app.anonymous().get_hearing(id).await), ProblemCode::NotFound);
    }
    let denied = denied(&app, None).await;
    assert_eq!(denied.len(), 2, "{denied:#?}");
    for entry in &denied {
        assert_eq!(entry.actor.as_ref().unwrap().id, Who::Employee(1).id());
        assert_eq!(entry.object_id.as_deref(), Some("GET /api/v1/hearings/{hearing}"));
    }
    let named: Vec<_> = denied.iter().filter_map(|entry| entry.hearing.as_ref().map(|hearing| hearing.id)).collect();
    assert_eq!(named, [hidden], "an id that was thought up is not written down");
    app.finish().await;
}

/// A refusal before anything is routed, however the address is spelled.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_without_its_csrf_token_is_found_by_the_hearing() {
    let app = App::start().await;
    let (hearing, owner) = (app.hearing().draft().await.id, app.owner());
    for address in [format!("/api/v1/hearings/{hearing}/publish"), format!("/api/v1/h%65arings/{hearing}/publish")] {
        let answer = owner.socket().request("POST", &address, &[], None).await;
        assert_eq!(answer.problem().code, ProblemCode::CsrfRefused);
    }
    let denied = denied(&app, Some(hearing)).await;
    assert_eq!((denied.len(), denied[0].count), (1, 2), "{denied:#?}");
    assert_eq!(denied[0].actor.as_ref().unwrap().id, Who::Owner.id());
    assert_eq!(denied[0].object_id.as_deref(), Some("POST /api/v1/hearings/{hearing}/publish"));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn throttled_logins_are_counted_too() {
    let app = App::start().await;
    let mut guessing = app.anonymous();
    for _ in 0..13 {
        guessing.log_in("mette", "gæt").await.unwrap_err();
    }
    let denied = denied(&app, None).await;
    assert_eq!((denied.len(), denied[0].count), (1, 3), "{denied:#?}");
    assert_eq!(denied[0].object_id.as_deref(), Some("POST /api/v1/session/login"));
    let query = AuditQuery { action: vec![AuditAction::LoginThrottled], ..AuditQuery::default() };
    let throttled = app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items;
    assert_eq!((throttled.len(), throttled[0].count), (1, 3), "{throttled:#?}");
    assert_eq!(throttled[0].object_id.as_deref(), Some(Who::Owner.id().to_string().as_str()), "whose account it is");
    assert_eq!(throttled[0].account_name, Some(Who::Owner.name()));
    app.finish().await;
}
