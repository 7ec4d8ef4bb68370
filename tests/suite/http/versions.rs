//! Sent answers until the deadline: edited, with what they said before kept for staff, and withdrawn.

use openapi::{
    drafts::{Draft, DraftPatch},
    hearings::{Hearing, HearingPatch, HearingQuery, HearingRole, ResponsesShown},
    page::PageQuery,
    problem::ProblemCode,
    responses::Receipt,
};
use tests::{App, Person, Who, day, key, refused};

async fn shown_at_once(app: &App) -> Hearing {
    let at_once = |patch: &mut HearingPatch| patch.responses_shown = Some(ResponsesShown::WhenApproved);
    app.hearing().patch(at_once).open().await
}

async fn change(person: &Person, edit: &Draft, text: &str) -> Draft {
    let patch = DraftPatch { text: Some(text.to_owned()), ..DraftPatch::default() };
    person.update_draft(edit.hearing, edit.id, edit.version, &patch).await.unwrap()
}

async fn edited(person: &Person, sent: &Receipt, text: &str) -> Receipt {
    let edit = person.edit_response(sent.hearing, sent.response, sent.version).await.unwrap();
    let edit = change(person, &edit, text).await;
    person.send_draft(sent.hearing, edit.id, edit.version, &person.terms().await, &key()).await.unwrap()
}

async fn public_text(app: &App, sent: &Receipt) -> String {
    let reader = app.employee(2);
    let one = reader.get_response(sent.hearing, sent.response).await.unwrap();
    let list = reader.list_responses(sent.hearing, &PageQuery::default()).await.unwrap();
    assert_eq!(list.items.len(), 1);
    assert_eq!(list.items[0], one, "the list and the answer itself say the same");
    one.text
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_replaces_the_answer_when_it_is_sent_and_staff_can_read_what_it_said() {
    let app = App::start().await;
    let (hearing, author) = (shown_at_once(&app).await, app.employee(1));
    let sent = author.answer(hearing.id, "Først dette").await;
    assert_eq!((sent.version, sent.changeable, sent.edited_at), (1, true, None));
    let edit = author.edit_response(hearing.id, sent.response, sent.version).await.unwrap();
    assert_eq!((edit.edits, edit.text.as_str()), (Some(sent.response), "Først dette"));
    let again = author.edit_response(hearing.id, sent.response, sent.version).await.unwrap();
    assert_eq!(again.id, edit.id, "a second tab finds the edit that was begun");
    let yours = author.get_hearing(hearing.id).await.unwrap().your_answer.unwrap();
    assert_eq!((yours.edits, yours.refused), (Some(sent.response), None), "an edit can be sent, the limit or not");
    let edit = change(&author, &edit, "Så dette").await;
    assert_eq!(public_text(&app, &sent).await, "Først dette", "until it is sent nothing changes");

    let (terms, key) = (author.terms().await, key());
    let send = || author.send_draft(hearing.id, edit.id, edit.version, &terms, &key);
    let after = send().await.unwrap();
    assert_eq!(send().await.unwrap(), after, "sending twice edits once");
    assert_eq!((after.response, after.number, after.version), (sent.response, sent.number, 2));
    assert_eq!((after.sent_at, after.edited_at.is_some()), (sent.sent_at, true));
    assert_eq!(public_text(&app, &sent).await, "Så dette");
    assert_eq!(refused(author.get_draft(hearing.id, edit.id).await), ProblemCode::DraftSent);

    let third = edited(&author, &after, "Til sidst dette").await;
    assert_eq!(third.version, 3);
    let versions = app.owner().list_response_versions(hearing.id, sent.response, &PageQuery::default()).await.unwrap();
    let said: Vec<_> = versions.items.iter().map(|version| (version.version, version.text.as_str())).collect();
    assert_eq!(said, [(1, "Først dette"), (2, "Så dette")]);
    assert_eq!(versions.items[0].replaced_at, versions.items[1].sent_at);
    let counted = app.owner().get_hearing(hearing.id).await.unwrap();
    assert_eq!((counted.response_count, counted.version), (Some(1), hearing.version), "no new answer, no change");
    app.run_jobs().await;
    let mails = app.mailbox.take();
    assert_eq!(mails.len(), 1, "one receipt for what it says now");
    assert!(mails[0].subject.contains("rettede"), "{}", mails[0].subject);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_answer_keeps_its_number_and_says_nothing_in_public() {
    let app = App::start().await;
    let (hearing, author) = (shown_at_once(&app).await, app.employee(1));
    let sent = author.answer(hearing.id, "Ord, jeg fortryder").await;
    let edit = author.edit_response(hearing.id, sent.response, sent.version).await.unwrap();
    let gone = author.withdraw_response(hearing.id, sent.response, sent.version).await.unwrap();
    assert!(gone.withdrawn_at.is_some() && !gone.changeable);
    assert_eq!((gone.number, gone.version, gone.text.as_str()), (1, 2, ""));

    let public = app.employee(2).get_response(hearing.id, sent.response).await.unwrap();
    assert_eq!((public.number, public.withdrawn_at), (1, gone.withdrawn_at));
    assert_eq!((public.text, public.sections, public.sender), (String::new(), vec![], None));
    let staff = app.owner().list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap().items;
    assert_eq!((staff[0].text.as_str(), staff[0].withdrawn_at), ("", gone.withdrawn_at));
    let versions = app.owner().list_response_versions(hearing.id, sent.response, &PageQuery::default()).await.unwrap();
    assert_eq!(versions.items[0].text, "Ord, jeg fortryder", "staff can read what was received");
    assert_eq!(refused(author.get_draft(hearing.id, edit.id).await), ProblemCode::NotFound, "its edit goes with it");

    let again = author.withdraw_response(hearing.id, sent.response, sent.version).await;
    assert_eq!(again.unwrap(), gone, "asked again because the answer was lost, it is the same");
    let twice = author.withdraw_response(hearing.id, sent.response, gone.version).await;
    assert_eq!(refused(twice), ProblemCode::ResponseWithdrawn);
    let edited = author.edit_response(hearing.id, sent.response, gone.version).await;
    assert_eq!(refused(edited), ProblemCode::ResponseWithdrawn);
    app.run_jobs().await;
    assert!(app.mailbox.take().is_empty(), "what is withdrawn needs no receipt any more");

    let counted = async || app.owner().get_hearing(hearing.id).await.unwrap().response_count;
    assert_eq!(counted().await, Some(0));
    assert_eq!(author.answer(hearing.id, "Nyt svar").await.number, 2, "whoever withdrew can answer again");
    assert_eq!(counted().await, Some(1));
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// One who withdrew has not answered: the hearing waits for him again, and stays among his own.
#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_waits_again_for_whoever_withdrew() {
    let app = App::start().await;
    let hearing = app.hearing().with(Who::Employee(1), HearingRole::Invitee).open().await;
    let author = app.employee(1);
    let sent = author.answer(hearing.id, "Mit svar").await;
    let found = async |query: HearingQuery| author.list_hearings(&query).await.unwrap().items.len();
    let awaiting = HearingQuery { awaiting_answer: Some(true), ..HearingQuery::default() };
    let answered = HearingQuery { answered: Some(true), ..HearingQuery::default() };
    assert_eq!((found(awaiting.clone()).await, found(answered.clone()).await), (0, 1));
    author.withdraw_response(hearing.id, sent.response, sent.version).await.unwrap();
    assert_eq!((found(awaiting).await, found(answered).await), (1, 1));
    let mine = author.list_my_responses(&PageQuery::default()).await.unwrap();
    assert!(mine.items[0].withdrawn_at.is_some());
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_deadline_the_answer_stands_and_the_edit_is_still_there() {
    let app = App::start().await;
    let hearing = app.hearing().until(day(2)).open().await;
    let author = app.employee(1);
    let sent = author.answer(hearing.id, "Det står ved magt").await;
    let edit = author.edit_response(hearing.id, sent.response, sent.version).await.unwrap();
    let edit = change(&author, &edit, "For sent").await;
    app.clock.set(hearing.deadline_at.unwrap());
    let late = author.send_draft(hearing.id, edit.id, edit.version, &author.terms().await, &key()).await;
    assert_eq!(refused(late), ProblemCode::DeadlinePassed);
    let withdrawn = author.withdraw_response(hearing.id, sent.response, sent.version).await;
    assert_eq!(refused(withdrawn), ProblemCode::DeadlinePassed);
    let edited = author.edit_response(hearing.id, sent.response, sent.version).await;
    assert_eq!(refused(edited), ProblemCode::DeadlinePassed);
    assert_eq!(author.get_draft(hearing.id, edit.id).await.unwrap().text, "For sent");
    assert_eq!(author.get_receipt(hearing.id, sent.response).await.unwrap().text, "Det står ved magt");
    assert!(!author.get_receipt(hearing.id, sent.response).await.unwrap().changeable);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_its_authors_and_nobody_else_reads_what_it_said() {
    let app = App::start().await;
    let (hearing, author, other) = (shown_at_once(&app).await, app.employee(1), app.employee(2));
    let sent = author.answer(hearing.id, "Mit").await;
    let (id, version) = (sent.response, sent.version);
    assert_eq!(refused(other.edit_response(hearing.id, id, version).await), ProblemCode::NotFound);
    assert_eq!(refused(other.withdraw_response(hearing.id, id, version).await), ProblemCode::NotFound);
    let sent = edited(&author, &sent, "Mit eget").await;
    assert_eq!(refused(author.edit_response(hearing.id, id, version).await), ProblemCode::PreconditionFailed);
    assert_eq!(refused(author.withdraw_response(hearing.id, id, version).await), ProblemCode::PreconditionFailed);
    assert_eq!(sent.text, "Mit eget");
    for who in [Who::Employee(1), Who::Employee(2), Who::Administrator, Who::Auditor] {
        let versions = app.person(who).list_response_versions(hearing.id, id, &PageQuery::default()).await;
        assert_eq!(refused(versions), ProblemCode::Forbidden, "{who:?}");
    }
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// Two tabs: one sends the edit, the other withdraws at the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn editing_and_withdrawing_at_once_end_in_one_of_the_two() {
    let app = App::start().await;
    let hearing = shown_at_once(&app).await;
    let mut standing = 0;
    for number in 1..=4 {
        let author = app.employee(number);
        let sent = author.answer(hearing.id, "Svar").await;
        let edit = author.edit_response(hearing.id, sent.response, 1).await.unwrap();
        let (terms, key) = (author.terms().await, key());
        let (edited, withdrawn) = tokio::join!(
            author.send_draft(hearing.id, edit.id, edit.version, &terms, &key),
            author.withdraw_response(hearing.id, sent.response, 1),
        );
        assert!(edited.is_ok() != withdrawn.is_ok(), "{edited:?} {withdrawn:?}");
        let now = app.employee(9).get_response(hearing.id, sent.response).await.unwrap();
        assert_eq!(now.withdrawn_at.is_some(), withdrawn.is_ok());
        assert_eq!(now.text.is_empty(), withdrawn.is_ok());
        standing += usize::from(edited.is_ok());
    }
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), standing);
    app.finish().await;
}
