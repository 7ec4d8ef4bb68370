//! The worker inside `agora serve`: woken after what a request changed, and not ended by a job that goes wrong.

use std::{sync::Arc, time::Duration};

use api::{
    config::{Config, check},
    ports::mail::{Check, Delivery, Mail},
    service::{Service, Substitutes},
    worker,
};
use openapi::{
    audit::{AuditAction, AuditQuery},
    jobs::{Job, JobQuery, JobState},
};
use parking_lot::Mutex;
use tests::{App, Setup, Who, WholeServer};
use tokio::time::timeout;

struct Panicking;

impl Mail for Panicking {
    fn adapter(&self) -> &'static str {
        "panicking"
    }

    fn check(&self) -> Check<'_> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn deliver(&self, _: lettre::Message) -> Delivery<'_> {
        panic!("told to panic")
    }
}

fn panicking(app: &App) -> Substitutes {
    Substitutes { clock: app.clock.clone(), mail: Some(Arc::new(Panicking)), ..Substitutes::default() }
}

/// An application, and the configuration of another server beside it.
async fn app_and_configuration() -> (App, Config) {
    let configured = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&configured);
    let app = Setup::default().configure(move |config| *seen.lock() = Some(config.clone())).start().await;
    let config = configured.lock().take().unwrap();
    (app, config)
}

async fn jobs(app: &App) -> Vec<Job> {
    app.person(Who::Administrator).list_jobs(&JobQuery::default()).await.unwrap().items
}

/// A mistake in one kind of job keeps no other from being done, and is treated like every other failure: tried again,
/// given up, seen by an administrator, and done when it is set going again.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_panics_has_failed() {
    let (app, config) = app_and_configuration().await;
    let service = Service::new(&config, check(&config).unwrap(), panicking(&app)).unwrap();
    let hearing = app.hearing().open().await;
    app.run_jobs().await;
    app.employee(1).answer(hearing.id, "Mit svar").await;
    app.pass_deadline(&hearing);
    assert_eq!(worker::everything_due(&service).await.unwrap(), 2, "the receipt, and what follows the deadline");
    let passed = AuditQuery { action: vec![AuditAction::HearingDeadlinePassed], ..AuditQuery::default() };
    assert_eq!(app.person(Who::Auditor).list_audit_entries(&passed).await.unwrap().items.len(), 1);
    let mut job = jobs(&app).await.remove(0);
    assert_eq!((job.attempts, job.last_error.as_deref()), (1, Some("it panicked")));

    while job.state == JobState::Waiting {
        app.clock.set(job.run_at);
        assert_eq!(worker::everything_due(&service).await.unwrap(), 1);
        job = jobs(&app).await.remove(0);
    }
    assert!(job.attempts > 5, "{job:?}");
    app.person(Who::Administrator).retry_job(job.id, job.version).await.unwrap();
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_outlives_a_job_that_panics() {
    let (app, mut config) = app_and_configuration().await;
    let hearing = app.hearing().open().await;
    app.run_jobs().await;
    app.employee(1).answer(hearing.id, "Mit svar").await;
    config.jobs.no_jobs = false;
    let server = WholeServer::start(config, panicking(&app)).await;
    let tried = async {
        while jobs(&app).await[0].attempts == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(30), tried).await.expect("it is tried");
    app.anonymous().at(&server.url).get_liveness().await.unwrap();
    server.stop().await;
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}

/// Transactions that notify commit one at a time in the whole database; senders of answers must not wait for each other.
#[tokio::test(flavor = "multi_thread")]
async fn runners_are_woken_after_the_commit_and_not_by_it() {
    let (app, config) = app_and_configuration().await;
    let hearing = app.hearing().open().await;
    let mut listener = app.database().listen("agora_jobs").await;
    // This server is driven without what passes the ringing on, so that only its transactions could be heard.
    app.employee(1).answer(hearing.id, "Mit svar").await;
    app.database().owner().batch_execute("NOTIFY agora_jobs, 'nothing before this'").await.unwrap();
    assert_eq!(listener.next().await, "nothing before this");

    let server = WholeServer::start(config, Substitutes { clock: app.clock.clone(), ..Substitutes::default() }).await;
    app.employee(2).at(&server.url).answer(hearing.id, "Mit svar").await;
    let heard = timeout(Duration::from_secs(30), listener.next()).await.expect("the runners are woken");
    assert_eq!(heard, "");
    server.stop().await;
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 2);
    app.finish().await;
}
