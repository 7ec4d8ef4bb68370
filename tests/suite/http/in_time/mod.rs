//! What a request decides is decided when all of it has arrived and its turn has come: by the time it is then, and by the
//! session as it is then.

mod waiting;

use chrono::TimeDelta;
use openapi::{hearings::HearingStatus, ids::HearingId, page::PageQuery, problem::ProblemCode};
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
    revoking::invitation,
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

/// A file that was added before is given again only to a caller whose session lasts.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_uploaded_before_is_not_given_to_a_session_that_has_ended() {
    let app = App::start().await;
    let (open, case) = (app.hearing().open().await, app.hearing().draft().await);
    let draft = app.owner().write(open.id, "Mine ord").await;
    let (form, media_type) = form(&pdf("Bilag.pdf"));
    for address in [
        format!("/api/v1/hearings/{}/drafts/{}/attachments", open.id, draft.id),
        format!("/api/v1/hearings/{}/documents", case.id),
    ] {
        let mut owner = app.anonymous();
        owner.log_in_as(Who::Owner).await;
        let key = key();
        let headers = [("Content-Type", media_type.as_str()), ("Idempotency-Key", key.as_str())];
        let first = owner.begin("POST", &address, &headers, &form).await.finish().await;
        let again = owner.begin("POST", &address, &headers, &form).await.finish().await;
        assert_eq!((first.status, again.status, again.json()), (201, 201, first.json()), "{address}");
        let cookie = owner.socket().cookie("agora_session").unwrap();
        let elsewhere = owner.with_cookie("agora_session", &cookie);
        let dribbling = owner.begin("POST", &address, &headers, &form).await;
        elsewhere.delete_session().await.unwrap();
        let before = app.database().fingerprint().await;
        assert_eq!(dribbling.finish().await.problem().code, ProblemCode::SessionRequired, "{address}");
        assert_eq!(app.database().fingerprint().await, before, "{address}");
    }
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

/// Nor is a role that opens every hearing: whose it was sees and changes what colleagues without it do.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrators_role_that_was_taken_away_meanwhile_revokes_nothing() {
    let app = App::start().await;
    let (owner, administrator) = (app.owner(), app.person(Who::Administrator));
    let body = json!({ "reason": "Inviteret ved en fejl" }).to_string();
    let for_all = (app.hearing().staffed().open().await, ProblemCode::Forbidden);
    let closed = (app.hearing().staffed().invitation_only().open().await, ProblemCode::NotFound);
    let mut under_way = Vec::new();
    for (hearing, refusal) in [for_all, closed] {
        let (role, version) = invitation(&owner, &hearing).await;
        let address = format!("/api/v1/hearings/{}/roles/{role}/revoke", hearing.id);
        let if_match = format!("\"v{version}\"");
        let headers = [JSON, ("If-Match", if_match.as_str())];
        under_way.push((administrator.begin("POST", &address, &headers, body.as_bytes()).await, refusal));
    }
    let role = "DELETE FROM account_role WHERE account_id = $1";
    app.database().owner().execute(role, &[&Who::Administrator.id().0]).await.unwrap();
    let before = app.database().fingerprint().await;
    for (revoking, refusal) in under_way {
        assert_eq!(revoking.finish().await.problem().code, refusal);
        assert_eq!(app.database().fingerprint().await, before, "{refusal}");
    }
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
