//! What must hold whatever code writes to the database: tried by SQL as the service's own role, and by requests at once.

use futures::future::join_all;
use openapi::{
    hearings::{HearingRole, NewRole},
    ids::HearingId,
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{App, Who, key, refused};
use tokio_postgres::Client;

/// The constraint that refuses statements in one transaction.
async fn refusal(service: &Client, statements: &str) -> String {
    let refusal = service.batch_execute(&format!("BEGIN; {statements}; COMMIT")).await.expect_err(statements);
    let constraint = refusal.as_db_error().and_then(|error| error.constraint().map(ToOwned::to_owned));
    service.batch_execute("ROLLBACK").await.unwrap();
    constraint.unwrap_or_else(|| panic!("{statements}: {refusal:?}"))
}

const ANOTHER: &str = "INSERT INTO response (id, hearing_id, draft_id, number, author_id, capacity, on_behalf_of, text, \
                       sections, terms_version, sent_at) \
                       SELECT gen_random_uuid(), hearing_id, gen_random_uuid(), number + 1, author_id, capacity, \
                       on_behalf_of, 'Et svar til', sections, terms_version, sent_at FROM response";

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_one_standing_response_to_a_hearing() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let receipt = app.employee(1).answer(hearing.id, "Et svar").await;
    let service = app.database().service().await;
    assert_eq!(refusal(&service, ANOTHER).await, "response_one_standing");
    app.employee(1).withdraw_response(hearing.id, receipt.response, receipt.version).await.unwrap();
    service.batch_execute(&format!("{ANOTHER} WHERE withdrawn_at IS NOT NULL")).await.unwrap();
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_begins_and_sends_many_times_at_once_has_one_response() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let terms = employee.terms().await;
    let send = async |number: u32| {
        let draft = employee.create_draft(hearing.id).await?.item;
        let patch = openapi::drafts::DraftPatch { text: Some(format!("Svar {number}")), ..Default::default() };
        let draft = employee.update_draft(hearing.id, draft.id, draft.version, &patch).await?;
        employee.send_draft(hearing.id, draft.id, draft.version, &terms, &key()).await
    };
    let sent = join_all((0..8).map(send)).await;
    assert!(sent.iter().any(Result::is_ok), "{sent:?}");
    assert_eq!(app.database().count("response").await, 1);
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_edits_its_own_authors_response_to_its_own_hearing() {
    let app = App::start().await;
    let (hearing, other) = (app.hearing().open().await, app.hearing().open().await);
    app.employee(1).answer(hearing.id, "Et svar").await;
    app.employee(2).write(hearing.id, "Et udkast").await;
    app.employee(1).write(other.id, "Et udkast").await;
    let service = app.database().service().await;
    for (whose, author, hearing) in [("another's", 2, hearing.id), ("another hearing's", 1, other.id)] {
        let edit = format!(
            "UPDATE draft SET response_id = (SELECT id FROM response) WHERE author_id = '{}' AND hearing_id = '{hearing}'",
            Who::Employee(author).id(),
        );
        assert_eq!(refusal(&service, &edit).await, "draft_edits_own_response", "{whose}");
    }
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_has_an_owner() {
    let app = App::start().await;
    let hearing = app.hearing().draft().await;
    let service = app.database().service().await;
    let leave = format!("DELETE FROM hearing_role WHERE hearing_id = '{}' AND role = 'owner'", hearing.id);
    let demote = format!(
        "UPDATE hearing_role SET role = 'case_worker', responsible = false WHERE hearing_id = '{}'",
        hearing.id
    );
    let orphan = "INSERT INTO hearing SELECT (jsonb_populate_record(hearing, \
                  jsonb_build_object('id', gen_random_uuid()))).* FROM hearing";
    for statements in [leave.as_str(), demote.as_str(), orphan] {
        assert_eq!(refusal(&service, statements).await, "hearing_has_owner");
    }
    // Exchanged within a transaction, and gone with its hearing.
    service
        .batch_execute(&format!(
            "BEGIN; {leave}; INSERT INTO hearing_role (id, hearing_id, account_id, role, responsible, created_at) \
         VALUES (gen_random_uuid(), '{}', '{}', 'owner', true, now()); COMMIT",
            hearing.id,
            Who::Owner.id(),
        ))
        .await
        .unwrap();
    app.owner().delete_hearing(hearing.id, hearing.version).await.unwrap();
    app.finish().await;
}

/// Two connections that each take the other's owner away: both see an owner who stays, until the second waits.
#[tokio::test(flavor = "multi_thread")]
async fn owners_who_leave_at_once_leave_one_behind() {
    let app = App::start().await;
    let hearing = app.hearing().with(Who::CaseWorker, HearingRole::Owner).draft().await;
    let (one, other) = (app.database().service().await, app.database().service().await);
    let leave = |who: Who| {
        format!(
            "BEGIN; DELETE FROM hearing_role WHERE hearing_id = '{}' AND role = 'owner' AND account_id = '{}'",
            hearing.id,
            who.id()
        )
    };
    one.batch_execute(&leave(Who::Owner)).await.unwrap();
    other.batch_execute(&leave(Who::CaseWorker)).await.unwrap();
    let (first, second) = tokio::join!(one.batch_execute("COMMIT"), other.batch_execute("COMMIT"));
    let refused: Vec<_> = [first, second].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(refused[0].as_db_error().unwrap().constraint(), Some("hearing_has_owner"));
    app.finish().await;
}

/// Two owners over HTTP: the responsible one stays, however often both press at once.
#[tokio::test(flavor = "multi_thread")]
async fn roles_taken_at_once_over_http_leave_the_responsible_owner() {
    let app = App::start().await;
    let hearing: HearingId = app.hearing().draft().await.id;
    let owner = app.owner();
    let version = owner.get_hearing(hearing).await.unwrap().version;
    let second = NewRole { account: Who::CaseWorker.id(), role: HearingRole::Owner };
    let given = owner.create_role(hearing, version, &second, &key()).await.unwrap();
    let roles = owner.list_roles(hearing, &PageQuery::default()).await.unwrap().items;
    let (one, other) = (app.owner(), app.person(Who::CaseWorker));
    let (taken, refusal) = tokio::join!(
        one.delete_role(hearing, given.hearing_version, given.id),
        other.delete_role(hearing, given.hearing_version, roles[0].id),
    );
    taken.unwrap();
    let codes = [ProblemCode::OwnerNeeded, ProblemCode::PreconditionFailed, ProblemCode::NotFound];
    let code = refused(refusal).code;
    assert!(codes.contains(&code), "{code}");
    assert_eq!(app.database().count("hearing_role WHERE role = 'owner'").await, 1);
    app.finish().await;
}
