//! Sent answers: numbered without holes, counted once, shown as the hearing says.

use std::collections::BTreeSet;

use futures::future::join_all;
use openapi::{
    audit::{AuditAction, AuditQuery},
    drafts::SendDraft,
    hearings::{HearingPatch, RespondentShown, ResponsesShown},
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{App, Who, key, refused};

#[tokio::test(flavor = "multi_thread")]
async fn senders_at_the_same_moment_get_numbers_without_holes_or_doubles() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let terms = app.employee(1).terms().await;
    let mut drafts = Vec::new();
    for number in 1..=Who::EMPLOYEES {
        let person = app.employee(number);
        let draft = person.write(hearing.id, &format!("Svar {number}")).await;
        drafts.push((person, draft));
    }
    // Every sender clicks twice, and every third names a stale version first.
    let sent = drafts.iter().enumerate().map(async |(index, (person, draft))| {
        let key = key();
        if index % 3 == 0 {
            let stale = person.send_draft(hearing.id, draft.id, draft.version + 7, &terms, &tests::key()).await;
            assert_eq!(refused(stale), ProblemCode::PreconditionFailed);
        }
        let send = || person.send_draft(hearing.id, draft.id, draft.version, &terms, &key);
        let (first, second) = tokio::join!(send(), send());
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(first, second);
        first.number
    });
    let numbers: BTreeSet<i32> = join_all(sent).await.into_iter().collect();
    let count = i32::from(Who::EMPLOYEES);
    assert_eq!(numbers, (1..=count).collect());
    assert_eq!(app.owner().get_hearing(hearing.id).await.unwrap().response_count, Some(count.into()));
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), usize::from(Who::EMPLOYEES), "one receipt each");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_answers_once_and_sends_something() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let empty = employee.write(hearing.id, " \n ").await;
    let refusal = employee.send_draft(hearing.id, empty.id, empty.version, &employee.terms().await, &key()).await;
    let refusal = refused(refusal);
    assert_eq!((refusal.code, refusal.pointers), (ProblemCode::RequestInvalid, vec!["/text".to_owned()]));
    let receipt = employee.answer(hearing.id, "Nu med ord").await;
    assert_eq!(receipt.number, 1);
    assert_eq!(refused(employee.create_draft(hearing.id).await), ProblemCode::ResponseLimit);
    let answer = employee.get_hearing(hearing.id).await.unwrap().your_answer.unwrap();
    assert_eq!(answer.refused, Some(ProblemCode::ResponseLimit));
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_names_the_terms_that_were_shown() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Mit svar").await;
    let old = SendDraft { terms_version: "en-gammel".to_owned() };
    let sent = employee.send_draft(hearing.id, draft.id, draft.version, &old, &key()).await;
    assert_eq!(refused(sent), ProblemCode::TermsChanged);
    assert_eq!(app.database().count("response").await, 0);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_with_another_request_is_refused() {
    let app = App::start().await;
    let employee = app.employee(1);
    let (first, second) = (app.hearing().open().await, app.hearing().open().await);
    let (one, two) = (employee.write(first.id, "Et").await, employee.write(second.id, "To").await);
    let (terms, key) = (employee.terms().await, key());
    employee.send_draft(first.id, one.id, one.version, &terms, &key).await.unwrap();
    let reused = employee.send_draft(second.id, two.id, two.version, &terms, &key).await;
    assert_eq!(refused(reused), ProblemCode::IdempotencyKeyReused);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// Others read answers as the hearing says: never, as soon as they are sent, or when the deadline has passed. Staff do
/// not wait.
#[tokio::test(flavor = "multi_thread")]
async fn answers_are_shown_as_the_hearing_says() {
    for (shown, while_open, afterwards) in [
        (ResponsesShown::Never, false, false),
        (ResponsesShown::WhenApproved, true, true),
        (ResponsesShown::AfterDeadline, false, true),
    ] {
        let app = App::start().await;
        let setting = |patch: &mut HearingPatch| patch.responses_shown = Some(shown);
        let hearing = app.hearing().staffed().patch(setting).open().await;
        let receipt = app.employee(1).answer(hearing.id, "Mit svar").await;
        for is_shown in [while_open, afterwards] {
            for who in [Who::Employee(2), Who::Employee(1), Who::Reviewer, Who::Administrator] {
                let list = app.person(who).list_responses(hearing.id, &PageQuery::default()).await;
                let one = app.person(who).get_response(hearing.id, receipt.response).await;
                if is_shown {
                    assert_eq!(list.unwrap().items, [one.unwrap()], "{shown}, {who:?}");
                } else {
                    assert_eq!(refused(list), ProblemCode::ResponsesNotShown, "{shown}, {who:?}");
                    assert_eq!(refused(one), ProblemCode::ResponsesNotShown, "{shown}, {who:?}");
                }
                let read = app.person(who).get_hearing(hearing.id).await.unwrap();
                assert_eq!(
                    read.response_count.is_some(),
                    is_shown,
                    "{shown}, {who:?}: the count goes with the answers"
                );
            }
            let staff = app.person(Who::CaseWorker).list_staff_responses(hearing.id, &PageQuery::default()).await;
            assert_eq!(staff.unwrap().items.len(), 1, "{shown}");
            app.pass_deadline(&hearing);
        }
        app.run_jobs().await;
        assert_eq!(app.mailbox.take().len(), 1);
        app.finish().await;
    }
}

/// What is shown of the sender was told before sending and does not change with the person.
#[tokio::test(flavor = "multi_thread")]
async fn a_sender_is_shown_as_he_was_told() {
    for (setting, shown) in [
        (RespondentShown::NameAndDepartment, Some("Medarbejder 01 Æbeltoft, Ældreområdet")),
        (RespondentShown::Department, Some("Ældreområdet")),
        (RespondentShown::Nothing, None),
    ] {
        let app = App::start().await;
        let hearing = app.hearing().patch(|patch| patch.respondent_shown = Some(setting)).open().await;
        let draft = app.employee(1).write(hearing.id, "Mit svar").await;
        assert_eq!(draft.sender_as_shown, shown.unwrap_or_default(), "{setting}");
        app.employee(1).answer(hearing.id, "Mit svar").await;
        app.database().owner().execute("UPDATE account SET department = 'Flyttet'", &[]).await.unwrap();
        app.pass_deadline(&hearing);
        let list = app.employee(2).list_responses(hearing.id, &PageQuery::default()).await.unwrap();
        assert_eq!(list.items[0].sender.as_deref(), shown, "{setting}");
        app.run_jobs().await;
        assert_eq!(app.mailbox.take().len(), 1);
        app.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_reading_is_one_entry_however_many_answers() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    for number in 1..=3 {
        app.employee(number).answer(hearing.id, "Et svar").await;
    }
    let page = app.owner().list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap();
    assert_eq!(page.items.iter().map(|answer| answer.number).collect::<Vec<_>>(), [1, 2, 3]);
    let query = AuditQuery { action: vec![AuditAction::ResponsesRead], ..AuditQuery::default() };
    let entries = app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items;
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].count, entries[0].actor.as_ref().unwrap().id), (3, Who::Owner.id()));
    assert_eq!(entries[0].changes[0].new.as_deref(), Some("1, 2, 3"), "which of them were read");
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 3);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_answers_are_found_again() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let receipt = app.employee(1).answer(hearing.id, "Mit svar").await;
    let mine = app.employee(1).list_my_responses(&PageQuery::default()).await.unwrap();
    assert_eq!((mine.items.len(), mine.items[0].id, mine.items[0].number), (1, receipt.response, 1));
    assert!(app.employee(2).list_my_responses(&PageQuery::default()).await.unwrap().items.is_empty());
    assert_eq!(refused(app.employee(2).get_receipt(hearing.id, receipt.response).await), ProblemCode::NotFound);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}
