//! Exists because weeks of weighing responses end in one text: it lies on the server while owners and case workers write
//! it together, neither overwrites the other silently, and nobody else reads a word of it before it is given.

use chrono::TimeDelta;
use openapi::{
    audit::AuditAction,
    hearings::{ConcludeHearing, ConclusionDraft, ConclusionText},
    ids::HearingId,
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{App, Person, Who, refused};

fn text(text: &str) -> ConclusionText {
    ConclusionText { text: text.to_owned() }
}

async fn save(person: &Person, hearing: HearingId, version: i64, words: &str) -> ConclusionDraft {
    person.replace_conclusion_draft(hearing, version, &text(words)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn owner_and_case_worker_write_one_conclusion_and_neither_overwrites_the_other() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().processing().await;
    let (owner, worker) = (app.owner(), app.person(Who::CaseWorker));
    assert!(worker.get_hearing(hearing.id).await.unwrap().may.write_conclusion, "and conclude: only an owner");
    assert!(!worker.get_hearing(hearing.id).await.unwrap().may.conclude);
    let unbegun = owner.get_conclusion_draft(hearing.id).await.unwrap();
    assert_eq!(unbegun, ConclusionDraft { version: 1, text: String::new(), updated_at: None, updated_by: None });

    let begun = save(&worker, hearing.id, unbegun.version, "Vi foreslår æ, ø og å.").await;
    assert_eq!((begun.version, begun.updated_by.as_deref()), (2, Some(Who::CaseWorker.name().as_str())));
    assert!(begun.updated_at.is_some_and(|at| hearing.deadline_at <= Some(at) && at <= app.now()), "{begun:?}");
    let late = owner.replace_conclusion_draft(hearing.id, unbegun.version, &text("Noget andet.")).await;
    assert_eq!(refused(late), ProblemCode::PreconditionFailed, "of two who save first the second is told");
    assert_eq!(owner.get_conclusion_draft(hearing.id).await.unwrap(), begun);
    let same = save(&owner, hearing.id, begun.version, &begun.text).await;
    assert_eq!(same, begun, "the same words are no new version");
    let emptied = save(&owner, hearing.id, begun.version, "").await;
    assert_eq!((emptied.version, emptied.text.as_str()), (3, ""), "an emptied draft does not begin anew");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_save_first_at_the_same_time_make_one_draft() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().processing().await;
    let people = [app.owner(), app.person(Who::CaseWorker)];
    for version in 1..=10 {
        let words = [text(&format!("ejer {version}")), text(&format!("sagsbehandler {version}"))];
        let (first, second) = tokio::join!(
            people[0].replace_conclusion_draft(hearing.id, version, &words[0]),
            people[1].replace_conclusion_draft(hearing.id, version, &words[1]),
        );
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1, "{first:?} {second:?}");
        let saved = people[0].get_conclusion_draft(hearing.id).await.unwrap();
        assert_eq!(Ok(saved), first.or(second));
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conclusion_is_made_from_the_draft_that_was_read_and_takes_it_away() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().processing().await;
    let (owner, worker) = (app.owner(), app.person(Who::CaseWorker));
    let read = save(&owner, hearing.id, 1, "Vedtaget.").await;
    let newest = save(&worker, hearing.id, read.version, "Vedtaget med én ændring.").await;
    let conclude = async |draft_version| {
        let request = ConcludeHearing { conclusion: "Vedtaget.".to_owned(), draft_version };
        owner.conclude_hearing(hearing.id, hearing.version, &request).await
    };
    for unread in [None, Some(1), Some(read.version), Some(newest.version + 1)] {
        assert_eq!(refused(conclude(unread).await), ProblemCode::PreconditionFailed, "{unread:?}");
    }
    assert_eq!(app.database().count("conclusion_draft").await, 1, "what was refused took nothing away");
    conclude(Some(newest.version)).await.unwrap();
    assert_eq!(app.database().count("conclusion_draft").await, 0);
    assert_eq!(owner.get_conclusion_draft(hearing.id).await.unwrap().version, 1);
    let late = worker.replace_conclusion_draft(hearing.id, newest.version, &text("For sent.")).await;
    assert_eq!(refused(late), ProblemCode::HearingWrongStatus);
    app.finish().await;
}

/// What the draft said before: version, words and who saved them, newest first.
async fn versions(person: &Person, hearing: HearingId) -> Vec<(i64, String, Option<String>)> {
    let page = person.list_conclusion_versions(hearing, &PageQuery::default()).await.unwrap();
    page.items.into_iter().map(|version| (version.version, version.text, version.saved_by)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_person_wrote_or_the_same_one_left_is_found_again() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().processing().await;
    let (owner, worker) = (app.owner(), app.person(Who::CaseWorker));
    save(&worker, hearing.id, 1, "Begyndt.").await;
    save(&worker, hearing.id, 2, "Sagsbehandlerens ord.").await;
    assert_eq!(versions(&owner, hearing.id).await, [], "a pause in writing is no version");
    save(&owner, hearing.id, 3, "Ejerens ord.").await;
    let workers = (3, "Sagsbehandlerens ord.".to_owned(), Some(Who::CaseWorker.name()));
    assert_eq!(versions(&worker, hearing.id).await, std::slice::from_ref(&workers));
    save(&owner, hearing.id, 4, "Ejerens ord, rettet.").await;
    app.clock.set(app.now() + TimeDelta::minutes(15));
    app.renew_sessions().await;
    save(&owner, hearing.id, 5, "Ejerens ord næste gang.").await;
    let left = (5, "Ejerens ord, rettet.".to_owned(), Some(Who::Owner.name()));
    assert_eq!(versions(&owner, hearing.id).await, [left.clone(), workers.clone()]);

    let draft_version = Some(save(&worker, hearing.id, 6, "Sagsbehandlerens sidste ord.").await.version);
    let request = ConcludeHearing { conclusion: "Vedtaget.".to_owned(), draft_version };
    owner.conclude_hearing(hearing.id, hearing.version, &request).await.unwrap();
    let last = (7, "Sagsbehandlerens sidste ord.".to_owned(), Some(Who::CaseWorker.name()));
    let before = (6, "Ejerens ord næste gang.".to_owned(), Some(Who::Owner.name()));
    let all = [last, before, left, workers];
    assert_eq!(versions(&worker, hearing.id).await, all, "they stay when the conclusion is given");
    let mut cursor = None;
    for version in all {
        let query = PageQuery { limit: Some(1), cursor };
        let page = owner.list_conclusion_versions(hearing.id, &query).await.unwrap();
        assert_eq!(page.items[0].version, version.0);
        cursor = page.next;
    }
    assert_eq!(cursor, None);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_hears_that_a_conclusion_was_begun_and_never_what_it_says() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().processing().await;
    let worker = app.person(Who::CaseWorker);
    for (version, words) in [(1, "Hemmeligt"), (2, "Hemmeligt endnu"), (3, "Hemmeligt nok")] {
        save(&worker, hearing.id, version, words).await;
    }
    let history = app.owner().list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap().items;
    let begun: Vec<_> = history.iter().filter(|entry| entry.action == AuditAction::ConclusionBegun).collect();
    assert_eq!(begun.len(), 1, "once, however often it is saved");
    assert_eq!(begun[0].actor.as_deref(), Some(Who::CaseWorker.name().as_str()));
    let sql = "SELECT count(*) FROM audit_entry WHERE audit_entry::text LIKE '%Hemmeligt%'";
    assert_eq!(app.database().owner().query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 0);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_is_refused_by_its_field() {
    let app = App::start().await;
    let hearing = app.hearing().processing().await;
    let refusal = refused(app.owner().replace_conclusion_draft(hearing.id, 1, &text(&"å".repeat(50_001))).await);
    assert_eq!(refusal.pointers, ["/text"]);
    save(&app.owner(), hearing.id, 1, &"å".repeat(50_000)).await;
    app.finish().await;
}
