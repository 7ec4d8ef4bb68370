//! What a request decides is decided when all of it has arrived and its turn has come: by the time it is then, and by the
//! session as it is then.

use chrono::TimeDelta;
use openapi::{drafts::DraftPatch, hearings::HearingStatus, ids::HearingId, page::PageQuery, problem::ProblemCode};
use serde_json::json;
use tests::{
    App, PASSWORD, Person, Who,
    attachments::{form, pdf},
    contract::{Operation, operations},
    key,
    working::Working,
};

use super::{
    account::{mette, upsert},
    log_in::log_in_from,
};

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A scheduled hearing with a document: its id, the document's address, and when it starts.
async fn scheduled(app: &App) -> (HearingId, String, chrono::DateTime<chrono::Utc>) {
    let hearing = app.hearing().with_files().scheduled().await;
    assert_eq!(hearing.status, HearingStatus::Scheduled);
    let document = format!("/api/v1/hearings/{}/documents/{}", hearing.id, hearing.documents[0].id);
    (hearing.id, document, hearing.starts_at.unwrap())
}

async fn title(owner: &Person, hearing: HearingId) -> String {
    owner.get_hearing(hearing).await.unwrap().documents[0].title.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_arrived_after_the_start_changes_nothing() {
    let app = App::start().await;
    let (hearing, document, start) = scheduled(&app).await;
    let owner = app.owner();
    let before = title(&owner, hearing).await;
    let body = json!({ "title": "For sent" }).to_string();
    let headers = [JSON, ("If-Match", "\"v1\"")];
    let renaming = owner.begin("PATCH", &document, &headers, body.as_bytes()).await;
    app.clock.set(start + TimeDelta::seconds(1));
    app.renew_sessions().await;
    assert_eq!(renaming.finish().await.problem().code, ProblemCode::HearingWrongStatus);
    assert_eq!(title(&owner, hearing).await, before);
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

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
    assert_eq!(tests::refused(saved), ProblemCode::NotFound);
    assert_eq!(app.database().count("draft WHERE text = 'Mine ord'").await, 1);
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_arrived_after_the_session_ended_changes_nothing() {
    let app = App::start().await;
    let hearing = app.hearing().draft().await;
    let (form, media_type) = form(&pdf("Bilag.pdf"));
    let body = json!({ "summary": "Nåede aldrig frem" }).to_string().into_bytes();
    let address = format!("/api/v1/hearings/{}", hearing.id);
    for (method, address, headers, body) in [
        ("PATCH", address.clone(), vec![JSON, ("If-Match", "\"v1\"")], body),
        ("POST", format!("{address}/documents"), vec![("Content-Type", media_type.as_str())], form),
    ] {
        let mut owner = app.anonymous();
        owner.log_in_as(Who::Owner).await;
        let cookie = owner.socket().cookie("agora_session").unwrap();
        let elsewhere = owner.with_cookie("agora_session", &cookie);
        let dribbling = owner.begin(method, &address, &headers, &body).await;
        elsewhere.delete_session().await.unwrap();
        let before = app.database().fingerprint().await;
        assert_eq!(dribbling.finish().await.problem().code, ProblemCode::SessionRequired, "{address}");
        assert_eq!(app.database().fingerprint().await, before, "{address}");
    }
    app.finish().await;
}

/// All of them, by rule: each waits to be counted, and its session ends meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn no_operation_changes_anything_once_its_session_has_ended() {
    let app = App::start().await;
    let pattern = app.hearing().staffed().with_files().draft().await;
    // Logging in has no session, and what ends sessions is not counted.
    let free = ["create_session", "delete_session", "delete_sessions"];
    for operation in operations().into_iter().filter(Operation::writes) {
        let id = operation.id.as_str();
        if free.contains(&id) {
            continue;
        }
        let working = Working::of(&operation, &app, &pattern).await;
        let owner = app.database().owner();
        let mut blocker = app.database().another_owner().await;
        let lock = blocker.transaction().await.unwrap();
        lock.batch_execute("LOCK TABLE rate_count IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let sending = working.send();
        let ending = async {
            app.database().until_somebody_waits_for_a_lock().await;
            owner.execute("UPDATE session SET revoked_at = $1 WHERE revoked_at IS NULL", &[&app.now()]).await.unwrap();
            let before = app.database().fingerprint().await;
            lock.rollback().await.unwrap();
            before
        };
        let (answer, before) = tokio::join!(sending, ending);
        assert_eq!(answer.problem().code, ProblemCode::SessionRequired, "{id}");
        assert_eq!(app.database().fingerprint().await, before, "{id} changed something");
        owner.execute("UPDATE session SET revoked_at = NULL", &[]).await.unwrap();
    }
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}

/// A role that was taken away while the request was on its way is not there any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_was_taken_away_meanwhile_allows_nothing() {
    let app = App::start().await;
    let body = json!({ "title": "Uden rolle" }).to_string();
    let beginning = app.owner().begin("POST", "/api/v1/hearings", &[JSON], body.as_bytes()).await;
    let role = "DELETE FROM account_role WHERE account_id = $1";
    app.database().owner().execute(role, &[&Who::Owner.id().0]).await.unwrap();
    assert_eq!(beginning.finish().await.problem().code, ProblemCode::Forbidden);
    assert_eq!(app.database().count("hearing").await, 0);
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_everywhere_ends_every_session_on_every_server_and_forgets_the_devices() {
    let app = App::start().await;
    let other = app.another_server().await;
    let (mut here, mut there) = (app.anonymous(), app.anonymous().at(&other.url()));
    here.log_in_as(Who::Employee(1)).await;
    there.log_in_as(Who::Employee(1)).await;
    let mut colleague = app.anonymous();
    colleague.log_in_as(Who::Employee(2)).await;
    assert_eq!(app.database().count("known_device").await, 3);
    let headers = [("X-CSRF-Token", here.csrf_token())];
    let answer = here.socket().request("DELETE", "/api/v1/sessions", &headers, None).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(answer.header("clear-site-data"), "\"cache\"");
    let cookies = ["agora_session", "agora_device"].map(|name| here.socket().cookie(name));
    assert_eq!(cookies, [None, None]);
    let query = PageQuery::default();
    assert_eq!(tests::refused(there.list_my_drafts(&query).await), ProblemCode::SessionRequired);
    assert_eq!(tests::refused(app.employee(1).list_my_drafts(&query).await), ProblemCode::SessionRequired);
    colleague.list_my_drafts(&query).await.unwrap();
    assert_eq!(app.database().count("known_device").await, 1);
    other.stop().await;
    app.finish().await;
}

/// A login whose password was examined, and that waits for the account's row, while all sessions of the account are being
/// ended: by the person, and by a new password. Both began before the login, and had to wait longer.
#[tokio::test(flavor = "multi_thread")]
async fn a_login_under_way_does_not_outlive_the_end_of_all_sessions() {
    let app = App::start().await;
    for by_a_new_password in [false, true] {
        let (owner, mut visitor) = (app.owner(), app.anonymous());
        visitor.visit().await;
        let mut blocker = app.database().another_owner().await;
        let lock = blocker.transaction().await.unwrap();
        lock.execute("SELECT FROM account WHERE id = $1 FOR UPDATE", &[&Who::Owner.id().0]).await.unwrap();
        let ending = async {
            if by_a_new_password {
                upsert(&app, &mette()).await;
            } else {
                let headers = [("X-CSRF-Token", owner.csrf_token())];
                let answer = owner.socket().request("DELETE", "/api/v1/sessions", &headers, None).await;
                assert_eq!(answer.status, 204, "{}", answer.text());
            }
        };
        let logging_in = async {
            app.database().until_so_many_wait_for_a_lock(1).await;
            app.clock.set(app.now() + TimeDelta::seconds(1));
            let answer = log_in_from("", &visitor, "mette", PASSWORD).await;
            assert_eq!(answer.problem().code, ProblemCode::BadCredentials, "new password: {by_a_new_password}");
        };
        let unlocking = async {
            app.database().until_so_many_wait_for_a_lock(2).await;
            lock.rollback().await.unwrap();
        };
        tokio::join!(ending, logging_in, unlocking);
        let living = format!("session WHERE account_id = '{}' AND revoked_at IS NULL", Who::Owner.id());
        assert_eq!(app.database().count(&living).await, 0);
        let known = format!("known_device WHERE account_id = '{}'", Who::Owner.id());
        assert_eq!(app.database().count(&known).await, 0);
    }
    app.finish().await;
}

/// Of two requests to end all sessions at once the second has no session any more.
#[tokio::test(flavor = "multi_thread")]
async fn ending_all_sessions_twice_at_once_is_done_once() {
    let app = App::start().await;
    let owner = app.owner();
    let headers = [("X-CSRF-Token", owner.csrf_token())];
    let end = || owner.socket().request("DELETE", "/api/v1/sessions", &headers, None);
    let (first, second) = tokio::join!(end(), end());
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 401]);
    assert_eq!(app.database().count("audit_entry WHERE action = 'session.logged_out_everywhere'").await, 1);
    app.finish().await;
}
