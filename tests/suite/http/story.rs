//! The main job end to end: a hearing from its first draft to its conclusion, with everybody who has a part in it.

use chrono::TimeDelta;
use futures::future::join_all;
use openapi::{
    audit::{AuditAction, AuditOutcome, AuditQuery},
    drafts::{DraftPatch, SectionAnswer},
    hearings::{
        ConcludeHearing, Hearing, HearingDraft, HearingPatch, HearingQuery, HearingRole, HearingStatus, NewRole,
        PublishHearing, PublishStart, SectionPatch,
    },
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{App, Person, Who, day, instant, key, refused};

const BACKGROUND: &str = "\
Elevtallet i Ørby og Åstrup falder med **18 %** frem mod 2034.

| Skole | 2026 | 2034 |
|---|---|---|
| Ørbyskolen | 312 | 251 |
| Åstrup Skole | 148 | 118 |";
const PROPOSAL: &str = "\
1. Skolerne får *én ledelse* fra 1. august 2027.
2. Undervisningen fortsætter på begge matrikler.
3. SFO'en samles på Ørbyskolen.";
const ECONOMY: &str = "Besparelsen er **4,2 mio. kr.** om året. Se [budgettet](https://eksempel-kommune.dk/budget).";
const ANSWER: &str = "Vi bakker op om én ledelse, men SFO'en bør blive i Åstrup: børnene er for små til bussen.";
const CONCLUSION: &str = "\
Byrådet har vedtaget forslaget med **én ændring**: SFO'en i Åstrup fortsætter.

Vi fik fire høringssvar. Tak til alle, der svarede.";

#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_goes_from_its_first_draft_to_its_conclusion() {
    let app = App::start().await;
    let mut owner = app.anonymous();
    owner.log_in_as(Who::Owner).await;

    let draft = write_the_hearing(&owner).await;
    invite(&owner, &draft).await;
    only_its_staff_see_the_draft(&app, &draft).await;
    let hearing = publish(&owner, &draft).await;
    those_invited_see_it_closing_soonest_first(&app, &hearing).await;
    nobody_else_sees_it(&app, &hearing).await;

    an_employee_answers(&app, &hearing).await;
    three_answer_at_the_same_moment(&app, &hearing).await;
    somebody_is_a_second_late(&app, &hearing).await;

    conclude(&owner, &hearing).await;
    everybody_who_may_see_it_sees_the_conclusion(&app, &hearing).await;
    nobody_else_sees_it(&app, &hearing).await;
    the_auditor_reads_who_did_what(&app, &hearing).await;
    app.finish().await;
}

/// With autosave: small changes, each naming the version before; the checklist tells what is missing until nothing is.
async fn write_the_hearing(owner: &Person) -> Hearing {
    let title = "Fælles ledelse for Ørbyskolen og Åstrup Skole".to_owned();
    let hearing = owner.create_hearing(&HearingDraft { title }, &key()).await.unwrap();
    assert_eq!(hearing.status, HearingStatus::Draft);
    assert_eq!(hearing.contact.name, "Mette Sørensen");
    assert_eq!(missing(&hearing), ["/summary", "/sections", "/deadlineOn"]);
    let early = owner.publish_hearing(hearing.id, hearing.version, &PublishHearing { start: PublishStart::Now }).await;
    let early = refused(early);
    assert_eq!(early, ProblemCode::HearingIncomplete);
    assert_eq!(early.pointers, ["/summary", "/sections", "/deadlineOn"]);

    let summary = Some("Skolerne får én ledelse fra august 2027. Fortæl os, hvad det betyder for dig.".to_owned());
    let patch = HearingPatch { summary, invitation_only: Some(true), ..HearingPatch::default() };
    let saved = owner.update_hearing(hearing.id, hearing.version, &patch).await.unwrap();
    let sections = [("Baggrund", BACKGROUND), ("Forslag", PROPOSAL), ("Økonomi", ECONOMY)]
        .map(|(title, body)| SectionPatch { id: None, title: title.to_owned(), body: body.to_owned() });
    let patch = HearingPatch { sections: Some(sections.to_vec()), ..HearingPatch::default() };
    let saved = owner.update_hearing(hearing.id, saved.version, &patch).await.unwrap();
    assert_eq!(missing(&saved), ["/deadlineOn"]);
    let patch = HearingPatch { deadline_on: Some(Some(day(28))), ..HearingPatch::default() };
    let saved = owner.update_hearing(hearing.id, saved.version, &patch).await.unwrap();
    assert_eq!(missing(&saved), [""; 0]);
    assert!(saved.sections[0].body_html.contains("<strong>18 %</strong>"), "{}", saved.sections[0].body_html);
    assert!(saved.sections[0].body_html.contains("<table"), "{}", saved.sections[0].body_html);
    saved
}

fn missing(hearing: &Hearing) -> Vec<&str> {
    let items = hearing.checklist.as_ref().expect("its owner gets the checklist");
    items.iter().filter(|item| !item.done).map(|item| item.pointer.as_str()).collect()
}

async fn invite(owner: &Person, hearing: &Hearing) {
    let people = [
        (Who::Reviewer, HearingRole::Reviewer),
        (Who::Employee(1), HearingRole::Invitee),
        (Who::Employee(2), HearingRole::Invitee),
        (Who::Employee(3), HearingRole::Invitee),
        (Who::Employee(4), HearingRole::Invitee),
        (Who::Employee(5), HearingRole::Invitee),
    ];
    for (version, (who, role)) in (hearing.version..).zip(people) {
        owner.create_role(hearing.id, version, &NewRole { account: who.id(), role }, &key()).await.unwrap();
    }
}

async fn only_its_staff_see_the_draft(app: &App, hearing: &Hearing) {
    let mut reviewer = app.anonymous();
    reviewer.log_in_as(Who::Reviewer).await;
    let read = reviewer.get_hearing(hearing.id).await.unwrap();
    assert_eq!(read.sections, hearing.sections);
    assert_eq!(read.checklist, None, "who cannot publish has no use for the checklist");
    for person in [app.employee(1), app.employee(9), app.anonymous()] {
        assert_eq!(refused(person.get_hearing(hearing.id).await), ProblemCode::NotFound);
    }
}

async fn publish(owner: &Person, draft: &Hearing) -> Hearing {
    let draft = owner.get_hearing(draft.id).await.unwrap();
    let request = PublishHearing { start: PublishStart::Now };
    let hearing = owner.publish_hearing(draft.id, draft.version, &request).await.unwrap();
    assert_eq!(hearing.status, HearingStatus::Open);
    assert_eq!(hearing.deadline_at, Some(instant("2026-11-30T23:00:00Z")), "the end of the day in Copenhagen");
    hearing
}

async fn those_invited_see_it_closing_soonest_first(app: &App, hearing: &Hearing) {
    let later = app.hearing().titled("Kostpolitik for dagtilbud").until(day(40)).open().await;
    let sooner = app.hearing().titled("Nye åbningstider i SFO").until(day(3)).open().await;
    let page = app.employee(1).list_hearings(&HearingQuery::default()).await.unwrap();
    let ids: Vec<_> = page.items.iter().map(|hearing| hearing.id).collect();
    assert_eq!(ids, [sooner.id, hearing.id, later.id]);
    let awaiting = HearingQuery { awaiting_answer: Some(true), ..HearingQuery::default() };
    let page = app.employee(1).list_hearings(&awaiting).await.unwrap();
    assert_eq!(page.items.iter().map(|hearing| hearing.id).collect::<Vec<_>>(), [hearing.id]);
}

/// What one may not see does not exist: not by its address, not in a list, not in a search, not behind its address.
async fn nobody_else_sees_it(app: &App, hearing: &Hearing) {
    for person in [app.employee(9), app.person(Who::OtherCreator), app.person(Who::Auditor), app.anonymous()] {
        assert_eq!(refused(person.get_hearing(hearing.id).await), ProblemCode::NotFound);
        assert_eq!(refused(person.list_responses(hearing.id, &PageQuery::default()).await), ProblemCode::NotFound);
        for q in [None, Some("ledelse".to_owned())] {
            let page = person.list_hearings(&HearingQuery { q, ..HearingQuery::default() }).await.unwrap();
            assert!(page.items.iter().all(|item| item.id != hearing.id));
        }
    }
    let stranger = app.employee(9);
    assert_eq!(refused(stranger.create_draft(hearing.id).await), ProblemCode::NotFound);
    assert_eq!(refused(stranger.list_drafts(hearing.id).await), ProblemCode::NotFound);
    assert_eq!(refused(app.anonymous().list_my_drafts(&PageQuery::default()).await), ProblemCode::SessionRequired);
}

/// Begins, leaves, comes back from another device, checks, sends, and gets number 1, a receipt and a mail.
async fn an_employee_answers(app: &App, hearing: &Hearing) {
    let mut at_work = app.anonymous();
    at_work.log_in_as(Who::Employee(1)).await;
    let begun = at_work.create_draft(hearing.id).await.unwrap();
    assert!(begun.created);
    assert_eq!(begun.item.sender_as_shown, "Ældreområdet");
    let patch = DraftPatch { text: Some(ANSWER.to_owned()), ..DraftPatch::default() };
    at_work.update_draft(hearing.id, begun.item.id, begun.item.version, &patch).await.unwrap();
    at_work.delete_session().await.unwrap();

    app.clock.set(app.now() + TimeDelta::days(2));
    let mut at_home = app.anonymous();
    at_home.log_in_as(Who::Employee(1)).await;
    let mine = at_home.list_my_drafts(&PageQuery::default()).await.unwrap();
    assert_eq!(mine.items[0].id, begun.item.id);
    let found = at_home.create_draft(hearing.id).await.unwrap();
    assert!(!found.created, "an answer is begun once");
    assert_eq!(found.item.text, ANSWER);
    let economy = SectionAnswer { section: hearing.sections[2].id, text: "Tallene mangler bussen.".to_owned() };
    let patch = DraftPatch { sections: Some(vec![economy.clone()]), ..DraftPatch::default() };
    let draft = at_home.update_draft(hearing.id, found.item.id, found.item.version, &patch).await.unwrap();
    assert_eq!((draft.text.as_str(), draft.sections.as_slice()), (ANSWER, &[economy][..]));

    let (terms, key) = (at_home.terms().await, key());
    let receipt = at_home.send_draft(hearing.id, draft.id, draft.version, &terms, &key).await.unwrap();
    assert_eq!(receipt.number, 1);
    assert_eq!(at_home.get_receipt(hearing.id, receipt.response).await.unwrap(), receipt);
    let again = at_home.send_draft(hearing.id, draft.id, draft.version, &terms, &key).await.unwrap();
    assert_eq!(again, receipt, "the same key gives the same receipt");
    let anew = at_home.send_draft(hearing.id, draft.id, draft.version, &terms, &tests::key()).await;
    assert_eq!(refused(anew), ProblemCode::DraftSent, "without the key it is refused");
    assert_eq!(app.database().count("response").await, 1);

    app.run_jobs().await;
    let mails = app.mailbox.take();
    assert_eq!(mails.len(), 1, "one receipt, however often it was sent");
    assert_eq!(mails[0].to, [Who::Employee(1).email()]);
    assert_eq!(mails[0].subject, "Kvittering: dit høringssvar nr. 1");
    assert!(mails[0].text.contains(&hearing.title), "{}", mails[0].text);
    assert!(mails[0].text.contains(&format!("svar={}", receipt.response)), "{}", mails[0].text);
    assert!(!mails[0].text.contains("SFO"), "a mail never holds the answer: {}", mails[0].text);
}

async fn three_answer_at_the_same_moment(app: &App, hearing: &Hearing) {
    let terms = app.employee(2).terms().await;
    let mut sending = Vec::new();
    for number in 2..=4 {
        let person = app.employee(number);
        let draft = person.write(hearing.id, &format!("Svar fra medarbejder {number}.")).await;
        sending.push((person, draft));
    }
    let sent = join_all(sending.iter().map(async |(person, draft)| {
        person.send_draft(hearing.id, draft.id, draft.version, &terms, &key()).await.unwrap().number
    }));
    let mut numbers = sent.await;
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3, 4]);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 3);
}

async fn somebody_is_a_second_late(app: &App, hearing: &Hearing) {
    let late = app.employee(5);
    let draft = late.write(hearing.id, "Jeg nåede det næsten.").await;
    app.clock.set(hearing.deadline_at.unwrap() + TimeDelta::seconds(1));
    let sent = late.send_draft(hearing.id, draft.id, draft.version, &late.terms().await, &key()).await;
    assert_eq!(refused(sent), ProblemCode::DeadlinePassed);
    assert_eq!(late.get_draft(hearing.id, draft.id).await.unwrap(), draft, "what was written is kept");
    assert_eq!(late.get_hearing(hearing.id).await.unwrap().status, HearingStatus::Processing);
}

async fn conclude(owner: &Person, hearing: &Hearing) {
    let answers = owner.list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap();
    assert_eq!(answers.items.iter().map(|answer| answer.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(answers.items[0].respondent.email, Who::Employee(1).email());
    let request = ConcludeHearing { conclusion: CONCLUSION.to_owned(), draft_version: None };
    let current = owner.get_hearing(hearing.id).await.unwrap();
    let concluded = owner.conclude_hearing(hearing.id, current.version, &request).await.unwrap();
    assert_eq!(concluded.status, HearingStatus::Concluded);
}

async fn everybody_who_may_see_it_sees_the_conclusion(app: &App, hearing: &Hearing) {
    for who in [Who::Owner, Who::Reviewer, Who::Employee(1), Who::Employee(5), Who::Administrator] {
        let read = app.person(who).get_hearing(hearing.id).await.unwrap();
        let conclusion = read.conclusion.expect("it is concluded");
        assert_eq!(conclusion.body, CONCLUSION);
        assert!(conclusion.body_html.contains("<strong>én ændring</strong>"), "{}", conclusion.body_html);
    }
}

async fn the_auditor_reads_who_did_what(app: &App, hearing: &Hearing) {
    app.run_jobs().await;
    let mut auditor = app.anonymous();
    auditor.log_in_as(Who::Auditor).await;
    let outcome = vec![AuditOutcome::Done];
    let query = AuditQuery { hearing: Some(hearing.id), outcome, limit: Some(100), ..AuditQuery::default() };
    let mut entries = auditor.list_audit_entries(&query).await.unwrap().items;
    entries.reverse();
    let counted = |action| entries.iter().filter(|entry| entry.action == action).count();
    let told: Vec<_> = entries.iter().map(|entry| entry.action).collect();
    assert_eq!(told[0], AuditAction::HearingCreated);
    assert_eq!(told.last(), Some(&AuditAction::HearingConcluded));
    for (action, times) in [
        (AuditAction::HearingChanged, 3),
        (AuditAction::RoleGiven, 6),
        (AuditAction::HearingPublished, 1),
        (AuditAction::HearingOpened, 1),
        (AuditAction::DraftCreated, 5),
        (AuditAction::ResponseSent, 4),
        (AuditAction::HearingDeadlinePassed, 1),
        (AuditAction::ResponsesRead, 1),
    ] {
        assert_eq!(counted(action), times, "{action}: {told:?}");
    }
    let sent = entries.iter().find(|entry| entry.action == AuditAction::ResponseSent).unwrap();
    let actor = sent.actor.as_ref().unwrap();
    assert_eq!((actor.id, actor.name.clone()), (Who::Employee(1).id(), Some(Who::Employee(1).name())));
    assert_eq!(sent.hearing.as_ref().unwrap().title.as_ref(), Some(&hearing.title));
    let said = format!("{entries:?}");
    assert!(!said.contains("børnene er for små"), "the log never holds an answer");
}
