//! What happens after a request: tried until it is done or given up, visible when it is, and each boundary once.

use chrono::TimeDelta;
use openapi::{
    audit::{AuditAction, AuditQuery},
    jobs::{JobQuery, JobState},
    problem::ProblemCode,
};
use tests::{App, Who, refused};

fn dead() -> JobQuery {
    JobQuery { state: vec![JobState::Dead], ..JobQuery::default() }
}

/// A mail that is refused is tried again later and later, given up, seen by an administrator, and sent when he says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_mail_is_tried_again_given_up_and_sent_when_told_to() {
    let app = App::start().await;
    let administrator = app.person(Who::Administrator);
    let hearing = app.hearing().open().await;
    app.run_jobs().await;
    app.employee(1).answer(hearing.id, "Mit svar").await;
    app.mailbox.refuse(true);
    let mut tries = 0;
    let mut pauses = Vec::new();
    while administrator.list_jobs(&dead()).await.unwrap().items.is_empty() {
        assert_eq!(app.run_jobs().await, 1);
        tries += 1;
        assert_eq!(app.run_jobs().await, 0, "not before its time");
        let waiting = administrator.list_jobs(&JobQuery::default()).await.unwrap().items.remove(0);
        assert_eq!(waiting.attempts, tries);
        pauses.push(waiting.run_at - app.now());
        app.clock.set(waiting.run_at);
    }
    assert!((5..30).contains(&tries), "{tries} tries");
    assert!(
        pauses.is_sorted_by(|earlier, later| *earlier < *later + TimeDelta::seconds(5)),
        "later and later: {pauses:?}"
    );
    assert!(pauses.iter().all(|pause| *pause <= TimeDelta::hours(6)), "{pauses:?}");

    let job = administrator.list_jobs(&dead()).await.unwrap().items.remove(0);
    let error = job.last_error.unwrap();
    assert!(!error.contains('@') && !error.contains("Æbeltoft"), "an error names nobody: {error}");
    app.mailbox.refuse(false);
    assert_eq!(app.run_jobs().await, 0, "given up is given up");
    let stale = administrator.retry_job(job.id, job.version + 1).await;
    assert_eq!(refused(stale), ProblemCode::PreconditionFailed);
    let retried = administrator.retry_job(job.id, job.version).await.unwrap();
    assert_eq!((retried.state, retried.attempts), (JobState::Waiting, 0));
    assert_eq!(refused(administrator.retry_job(job.id, job.version).await), ProblemCode::PreconditionFailed);
    assert_eq!(refused(administrator.retry_job(job.id, retried.version).await), ProblemCode::JobNotDead);
    assert_eq!(app.run_jobs().await, 1);
    let mails = app.mailbox.take();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].message_id.contains(&job.id.to_string()), "a repeat is known by its id: {}", mails[0].message_id);
    app.finish().await;
}

/// Each boundary has its consequences once, however late, often and simultaneously it is looked for.
#[tokio::test(flavor = "multi_thread")]
async fn a_boundary_is_noticed_once() {
    let app = App::start().await;
    let hearing = app.hearing().scheduled().await;
    app.run_jobs().await;
    assert_eq!(noticed(&app).await, []);
    app.clock.set(hearing.starts_at.unwrap());
    tokio::join!(app.run_jobs(), app.run_jobs(), app.run_jobs());
    app.run_jobs().await;
    assert_eq!(noticed(&app).await, [AuditAction::HearingOpened]);
    app.clock.set(hearing.deadline_at.unwrap() + TimeDelta::days(3));
    tokio::join!(app.run_jobs(), app.run_jobs());
    assert_eq!(noticed(&app).await, [AuditAction::HearingOpened, AuditAction::HearingDeadlinePassed]);
    app.finish().await;
}

/// A server that slept through a whole hearing makes up for both boundaries, each dated as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_runner_makes_up_for_everything() {
    let app = App::start().await;
    let hearing = app.hearing().scheduled().await;
    app.clock.set(hearing.deadline_at.unwrap() + TimeDelta::days(3));
    app.run_jobs().await;
    assert_eq!(noticed(&app).await, [AuditAction::HearingOpened, AuditAction::HearingDeadlinePassed]);
    let query = AuditQuery { action: vec![AuditAction::HearingOpened], ..AuditQuery::default() };
    let opened = app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items.remove(0);
    assert_eq!(Some(opened.occurred_at), hearing.starts_at);
    app.finish().await;
}

async fn noticed(app: &App) -> Vec<AuditAction> {
    let boundaries = vec![AuditAction::HearingOpened, AuditAction::HearingDeadlinePassed];
    let query = AuditQuery { action: boundaries, ..AuditQuery::default() };
    let mut entries = app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items;
    entries.reverse();
    entries.into_iter().map(|entry| entry.action).collect()
}

/// Two runners at once do each job once.
#[tokio::test(flavor = "multi_thread")]
async fn runners_share_the_queue() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    app.run_jobs().await;
    for number in 1..=8 {
        app.employee(number).answer(hearing.id, "Mit svar").await;
    }
    let (first, second, third) = tokio::join!(app.run_jobs(), app.run_jobs(), app.run_jobs());
    assert_eq!(first + second + third, 8);
    assert_eq!(app.mailbox.take().len(), 8);
    app.finish().await;
}

/// What was rolled back has no consequences.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_answer_queues_nothing() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let draft = app.employee(1).write(hearing.id, "For sent").await;
    app.pass_deadline(&hearing);
    let (employee, key) = (app.employee(1), tests::key());
    let sent = employee.send_draft(hearing.id, draft.id, draft.version, &employee.terms().await, &key).await;
    assert_eq!(refused(sent), ProblemCode::DeadlinePassed);
    assert_eq!(app.database().count("job").await, 0);
    app.finish().await;
}
