//! What waits for a lock: behind it the clock, the session and the access are asked again.

use chrono::TimeDelta;
use openapi::{
    drafts::DraftPatch,
    hearings::{HearingStatus, PublishHearing, PublishStart},
    problem::ProblemCode,
};
use serde_json::json;
use tests::{
    App, Who,
    attachments::{form, pdf, png},
    key, refused,
};

use super::{JSON, scheduled};

/// The clock is asked behind the lock: who waited until after the start is too late.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_until_after_the_start_changes_nothing() {
    let app = App::start().await;
    let (hearing, document, start) = scheduled(&app).await;
    let image = format!("/api/v1/hearings/{hearing}/image");
    for (address, if_match) in [(document, "\"v1\""), (image, "")] {
        let owner = app.owner();
        app.clock.set(start - TimeDelta::hours(1));
        app.renew_sessions().await;
        let mut blocker = app.database().another_owner().await;
        let lock = blocker.transaction().await.unwrap();
        lock.execute("SELECT FROM hearing WHERE id = $1 FOR UPDATE", &[&hearing.0]).await.unwrap();
        let headers = [("X-CSRF-Token", owner.csrf_token()), ("If-Match", if_match)];
        let removing = owner.socket().request("DELETE", &address, &headers, None);
        let passing = async {
            app.database().until_somebody_waits_for_a_lock().await;
            app.clock.set(start + TimeDelta::seconds(1));
            app.renew_sessions().await;
            lock.rollback().await.unwrap();
        };
        let (answer, ()) = tokio::join!(removing, passing);
        assert_eq!(answer.problem().code, ProblemCode::HearingWrongStatus, "{address}");
    }
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

/// What is published while a change waits is published: what was decided before changes nothing any more.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_until_the_hearing_was_published_changes_nothing() {
    let app = App::start().await;
    let owner = app.owner();
    let (document, document_type) = form(&pdf("Mere.pdf"));
    let (image, image_type) = form(&png("Ny.png"));
    let title = json!({ "title": "For sent" }).to_string().into_bytes();
    for (method, of_document, media_type, body) in [
        ("PATCH", true, JSON.1, Some(title)),
        ("DELETE", true, JSON.1, None),
        ("POST", true, document_type.as_str(), Some(document)),
        ("PUT", false, image_type.as_str(), Some(image)),
        ("DELETE", false, JSON.1, None),
    ] {
        let hearing = app.hearing().with_files().draft().await;
        let before = owner.get_hearing(hearing.id).await.unwrap();
        let documents = format!("/api/v1/hearings/{}/documents", hearing.id);
        let address = match (of_document, method) {
            (true, "POST") => documents,
            (true, _) => format!("{documents}/{}", hearing.documents[0].id),
            (false, _) => format!("/api/v1/hearings/{}/image", hearing.id),
        };
        let mut blocker = app.database().another_owner().await;
        let lock = blocker.transaction().await.unwrap();
        lock.execute("SELECT FROM hearing WHERE id = $1 FOR UPDATE", &[&hearing.id.0]).await.unwrap();
        let now = PublishHearing { start: PublishStart::Now };
        let publishing = owner.publish_hearing(hearing.id, hearing.version, &now);
        let changing = async {
            app.database().until_so_many_wait_for_a_lock(1).await;
            let headers = [("X-CSRF-Token", owner.csrf_token()), ("If-Match", "\"v1\""), ("Content-Type", media_type)];
            owner.socket().request(method, &address, &headers, body.as_deref()).await
        };
        let unlocking = async {
            app.database().until_so_many_wait_for_a_lock(2).await;
            lock.rollback().await.unwrap();
        };
        let (published, answer, ()) = tokio::join!(publishing, changing, unlocking);
        assert_eq!(published.unwrap().status, HearingStatus::Open, "{method} {address}");
        assert_eq!(
            (answer.status, answer.problem().code),
            (409, ProblemCode::HearingWrongStatus),
            "{method} {address}"
        );
        let after = owner.get_hearing(hearing.id).await.unwrap();
        assert_eq!((after.documents, after.image), (before.documents, before.image), "{method} {address}");
    }
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

/// Behind the draft's lock too: whose session ended while it was waited for changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_for_a_draft_until_the_session_ended_changes_nothing() {
    let app = App::start().await;
    let (hearing, employee) = (app.hearing().open().await, app.employee(1));
    let draft = employee.write(hearing.id, "Mine ord").await;
    let file = employee.create_attachment(hearing.id, draft.id, &pdf("Bilag.pdf"), &key()).await.unwrap();
    let address = format!("/api/v1/hearings/{}/drafts/{}", hearing.id, draft.id);
    let version = format!("\"v{}\"", draft.version);
    let (upload, form) = form(&pdf("Mere.pdf"));
    let terms = serde_json::to_vec(&employee.terms().await).unwrap();
    let words = json!({ "text": "For sent" }).to_string().into_bytes();
    for (method, address, media_type, body) in [
        ("PATCH", address.clone(), JSON.1, Some(words)),
        ("POST", format!("{address}/send"), JSON.1, Some(terms)),
        ("POST", format!("{address}/attachments"), form.as_str(), Some(upload)),
        ("DELETE", format!("{address}/attachments/{}", file.id), JSON.1, None),
        ("DELETE", address, JSON.1, None),
    ] {
        let owner = app.database().owner();
        let mut blocker = app.database().another_owner().await;
        let lock = blocker.transaction().await.unwrap();
        lock.execute("SELECT FROM draft WHERE id = $1 FOR UPDATE", &[&draft.id.0]).await.unwrap();
        let csrf = ("X-CSRF-Token", employee.csrf_token());
        let headers = [csrf, ("If-Match", version.as_str()), ("Content-Type", media_type)];
        let changing = employee.socket().request(method, &address, &headers, body.as_deref());
        let ending = async {
            app.database().until_somebody_waits_for_a_lock().await;
            owner.execute("UPDATE session SET revoked_at = $1 WHERE revoked_at IS NULL", &[&app.now()]).await.unwrap();
            let before = app.database().fingerprint().await;
            lock.rollback().await.unwrap();
            before
        };
        let (answer, before) = tokio::join!(changing, ending);
        assert_eq!(answer.problem().code, ProblemCode::SessionRequired, "{method} {address}");
        assert_eq!(app.database().fingerprint().await, before, "{method} {address}");
        owner.execute("UPDATE session SET revoked_at = NULL", &[]).await.unwrap();
    }
    app.run_jobs().await;
    app.finish().await;
}

/// What was revoked while the draft was waited for is not there any more.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_for_a_draft_until_the_access_was_revoked_changes_nothing() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().invitation_only().open().await;
    let invitee = app.person(Who::Invitee);
    let draft = invitee.write(hearing.id, "Mine ord").await;
    let mut blocker = app.database().another_owner().await;
    let lock = blocker.transaction().await.unwrap();
    lock.execute("SELECT FROM draft WHERE id = $1 FOR UPDATE", &[&draft.id.0]).await.unwrap();
    let patch = DraftPatch { text: Some("For sent".to_owned()), ..DraftPatch::default() };
    let saving = invitee.update_draft(hearing.id, draft.id, draft.version, &patch);
    let revoking = async {
        app.database().until_somebody_waits_for_a_lock().await;
        let role = "DELETE FROM hearing_role WHERE account_id = $1";
        app.database().owner().execute(role, &[&Who::Invitee.id().0]).await.unwrap();
        lock.rollback().await.unwrap();
    };
    let (saved, ()) = tokio::join!(saving, revoking);
    assert_eq!(refused(saved), ProblemCode::NotFound);
    assert_eq!(app.database().count("draft WHERE text = 'Mine ord'").await, 1);
    app.run_jobs().await;
    app.finish().await;
}

/// What was revoked while the hearing was waited for does not exist any more: the refusal tells nothing of it either.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_for_a_hearing_until_the_access_was_revoked_finds_nothing() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().invitation_only().open().await;
    let invitee = app.person(Who::Invitee);
    let receipt = invitee.answer(hearing.id, "Mine ord").await;
    let mut blocker = app.database().another_owner().await;
    let lock = blocker.transaction().await.unwrap();
    lock.execute("SELECT FROM hearing WHERE id = $1 FOR UPDATE", &[&hearing.id.0]).await.unwrap();
    let editing = invitee.edit_response(hearing.id, receipt.response, receipt.version);
    let revoking = async {
        app.database().until_somebody_waits_for_a_lock().await;
        let role = "DELETE FROM hearing_role WHERE account_id = $1";
        app.database().owner().execute(role, &[&Who::Invitee.id().0]).await.unwrap();
        lock.rollback().await.unwrap();
    };
    let (edited, ()) = tokio::join!(editing, revoking);
    assert_eq!(refused(edited), ProblemCode::NotFound);
    assert_eq!(app.database().count("draft").await, 0);
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}
