//! One hearing: what a patch changes, who was faster, what a repeated request makes, and how it opens by itself.

use chrono::TimeDelta;
use openapi::{
    hearings::{
        ConcludeHearing, HearingDraft, HearingPatch, HearingStatus, PublishHearing, PublishStart, SectionPatch,
    },
    problem::ProblemCode,
};
use tests::{App, Who, day, instant, key, refused};

/// A number that was typed is the number that is read: dates are sentences, and a list counts as its author did.
#[tokio::test(flavor = "multi_thread")]
async fn dates_stay_dates_and_lines_stay_lines() {
    let app = App::start().await;
    let body = "1. december 2026 åbner høringen.\n\n18. december 2026 slutter høringen.\n\n4. januar 2027 behandles \
                svarene.\n\nRådhuset\n    Torvet 1\n\n3. a\n7. b";
    let section = SectionPatch { id: None, title: "Tidsplan".to_owned(), body: body.to_owned() };
    let hearing = app.hearing().patch(|patch| patch.sections = Some(vec![section])).open().await;
    let read = app.employee(1).get_hearing(hearing.id).await.unwrap();
    assert_eq!(read.sections[0].body, body);
    assert_eq!(
        read.sections[0].body_html,
        "<p>1. december 2026 åbner høringen.</p><p>18. december 2026 slutter høringen.</p><p>4. januar 2027 behandles \
         svarene.</p><p>Rådhuset<br>Torvet 1</p><ol start=\"3\"><li>a</li><li value=\"7\">b</li></ol>"
    );
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_changes_what_it_names_and_null_clears() {
    let app = App::start().await;
    let owner = app.owner();
    let before = app.hearing().draft().await;
    let title = HearingPatch { title: Some("Ny titel".to_owned()), ..HearingPatch::default() };
    let after = owner.update_hearing(before.id, before.version, &title).await.unwrap();
    assert_eq!(after.title, "Ny titel");
    assert_eq!(
        (&after.summary, &after.sections, after.deadline_on),
        (&before.summary, &before.sections, before.deadline_on)
    );
    assert_eq!(after.version, before.version + 1);

    let headers = [
        ("X-CSRF-Token", owner.csrf_token()),
        ("Content-Type", "application/merge-patch+json"),
        ("If-Match", &format!("\"v{}\"", after.version)),
    ];
    let address = format!("/api/v1/hearings/{}", after.id);
    let body = br#"{"deadlineOn": null, "summary": null}"#;
    let answer = owner.socket().request("PATCH", &address, &headers, Some(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let cleared = owner.get_hearing(before.id).await.unwrap();
    assert_eq!((cleared.deadline_on, cleared.deadline_at, cleared.summary.as_str()), (None, None, ""));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sections_keep_their_ids_however_they_are_edited_and_moved() {
    let app = App::start().await;
    let owner = app.owner();
    let before = app.hearing().draft().await;
    let mut wanted: Vec<SectionPatch> = before
        .sections
        .iter()
        .map(|section| SectionPatch { id: Some(section.id), title: section.title.clone(), body: section.body.clone() })
        .collect();
    wanted.reverse();
    wanted[0].body = "Nyt indhold".to_owned();
    wanted.remove(1);
    wanted.push(SectionPatch { id: None, title: "Nyt afsnit".to_owned(), body: "Tekst".to_owned() });
    let patch = HearingPatch { sections: Some(wanted), ..HearingPatch::default() };
    let after = owner.update_hearing(before.id, before.version, &patch).await.unwrap();
    let ids: Vec<_> = after.sections.iter().map(|section| section.id).collect();
    assert_eq!(ids[..2], [before.sections[2].id, before.sections[0].id]);
    assert_eq!((after.sections.len(), after.sections[0].body.as_str()), (3, "Nyt indhold"));

    let other = app.hearing().draft().await;
    let foreign = SectionPatch { id: Some(other.sections[0].id), title: "Stjålet".to_owned(), body: "x".to_owned() };
    let patch = HearingPatch { sections: Some(vec![foreign]), ..HearingPatch::default() };
    let refusal = refused(owner.update_hearing(before.id, after.version, &patch).await);
    assert_eq!(refusal.pointers, ["/sections/0/id"]);
    assert_eq!(owner.get_hearing(other.id).await.unwrap().sections, other.sections);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_slower_is_told() {
    let app = App::start().await;
    let owner = app.owner();
    let hearing = app.hearing().draft().await;
    let patch = |title: &str| HearingPatch { title: Some(title.to_owned()), ..HearingPatch::default() };
    let saves = ["Første fane", "Anden fane"]
        .map(async |title| owner.update_hearing(hearing.id, hearing.version, &patch(title)).await);
    let results = futures::future::join_all(saves).await;
    let (saved, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!((saved.len(), lost.len()), (1, 1), "one of two at the same moment");
    for lost in lost {
        assert_eq!(refused(lost), ProblemCode::PreconditionFailed);
    }
    let stale = owner.delete_hearing(hearing.id, hearing.version).await;
    assert_eq!(refused(stale), ProblemCode::PreconditionFailed);
    let publish = PublishHearing { start: PublishStart::Now };
    let stale = owner.publish_hearing(hearing.id, hearing.version, &publish).await;
    assert_eq!(refused(stale), ProblemCode::PreconditionFailed);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_makes_the_same_hearing() {
    let app = App::start().await;
    let (owner, key) = (app.owner(), key());
    let draft = HearingDraft { title: "Kun én gang".to_owned() };
    let repeated = futures::future::join_all((0..4).map(|_| owner.create_hearing(&draft, &key))).await;
    let ids: std::collections::BTreeSet<_> = repeated.into_iter().map(|hearing| hearing.unwrap().id).collect();
    assert_eq!(ids.len(), 1);
    let another = HearingDraft { title: "En anden".to_owned() };
    assert_eq!(refused(owner.create_hearing(&another, &key).await), ProblemCode::IdempotencyKeyReused);
    let somebody_else = app.person(Who::OtherCreator).create_hearing(&draft, &key).await.unwrap();
    assert!(!ids.contains(&somebody_else.id), "a key is its sender's own");
    assert_eq!(app.database().count("hearing").await, 2);
    app.finish().await;
}

/// No job has to run for the status to be right.
#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_hearing_opens_and_closes_by_itself() {
    let app = App::start().await;
    let days = |patch: &mut HearingPatch| {
        patch.starts_on = Some(Some(day(10)));
        patch.deadline_on = Some(Some(day(20)));
    };
    let hearing = app.hearing().patch(days).scheduled().await;
    let (start, end) = (instant("2026-11-11T23:00:00Z"), instant("2026-11-22T23:00:00Z"));
    assert_eq!((hearing.starts_at, hearing.deadline_at), (Some(start), Some(end)));
    let employee = app.employee(1);
    let microsecond = TimeDelta::seconds(2);
    app.clock.set(start - microsecond);
    assert_eq!(refused(employee.get_hearing(hearing.id).await), ProblemCode::NotFound);
    app.clock.set(start);
    assert_eq!(employee.get_hearing(hearing.id).await.unwrap().status, HearingStatus::Open);
    app.clock.set(end - microsecond);
    assert_eq!(employee.get_hearing(hearing.id).await.unwrap().status, HearingStatus::Open);
    app.clock.set(end);
    assert_eq!(employee.get_hearing(hearing.id).await.unwrap().status, HearingStatus::Processing);
    app.finish().await;
}

/// Moved to the day that is today, it starts now: not in the night that has passed, before it was published.
#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_hearing_that_is_moved_to_today_starts_at_once() {
    let app = App::start().await;
    let hearing = app.hearing().patch(|patch| patch.starts_on = Some(Some(day(10)))).scheduled().await;
    app.clock.set(app.now() + TimeDelta::hours(1));
    let patch = HearingPatch { starts_on: Some(Some(day(0))), ..HearingPatch::default() };
    let moved = app.owner().update_hearing(hearing.id, hearing.version, &patch).await.unwrap();
    assert_eq!(moved.status, HearingStatus::Open);
    assert!(moved.starts_at > moved.published_at && moved.starts_at <= Some(app.now()), "{moved:?}");
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_do_is_told_with_the_hearing() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().open().await;
    let owner = app.owner().get_hearing(hearing.id).await.unwrap();
    assert!(owner.may.process && owner.may.manage_roles && !owner.may.edit && !owner.may.conclude);
    let employee = app.employee(1).get_hearing(hearing.id).await.unwrap();
    assert!(employee.may.answer && !employee.may.process && !employee.may.manage_roles);
    assert_eq!((employee.checklist, employee.response_count), (None, None));
    assert_eq!(employee.your_answer.unwrap().refused, None);
    app.pass_deadline(&hearing);
    let employee = app.employee(1).get_hearing(hearing.id).await.unwrap();
    assert_eq!(employee.your_answer.unwrap().refused, Some(ProblemCode::DeadlinePassed));
    assert!(app.owner().get_hearing(hearing.id).await.unwrap().may.conclude);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conclusion_needs_words_and_comes_once() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().processing().await);
    let empty = ConcludeHearing { conclusion: " \n ".to_owned(), draft_version: None };
    let refusal = refused(owner.conclude_hearing(hearing.id, hearing.version, &empty).await);
    assert_eq!(refusal.pointers, ["/conclusion"]);
    let request = ConcludeHearing { conclusion: "Vedtaget.".to_owned(), draft_version: None };
    let concluded = owner.conclude_hearing(hearing.id, hearing.version, &request).await.unwrap();
    let again = owner.conclude_hearing(hearing.id, concluded.version, &request).await;
    assert_eq!(refused(again), ProblemCode::HearingWrongStatus);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_draft_is_gone() {
    let app = App::start().await;
    let (owner, draft) = (app.owner(), app.hearing().draft().await);
    owner.delete_hearing(draft.id, draft.version).await.unwrap();
    assert_eq!(refused(owner.get_hearing(draft.id).await), ProblemCode::NotFound);
    assert_eq!(app.database().count("hearing_section").await, 0);
    app.finish().await;
}
