//! The worker inside `agora serve`: woken after what a request changed, and not ended by a job that goes wrong.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use api::{
    assembly::{self, Substitutes},
    config::{Config, check},
    ports::mail::{Check, Delivery, Mail},
    service::Service,
    worker,
};
use openapi::{
    audit::{AuditAction, AuditQuery},
    hearings::Hearing,
    jobs::{Job, JobQuery, JobState},
};
use parking_lot::Mutex;
use tests::{App, Setup, Who, WholeServer};
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};

/// Seconds more than what a lease lasts.
const LONGER_THAN_A_LEASE: Duration = Duration::from_secs(18);

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

/// Takes no mail before it is let go on, and counts.
#[derive(Clone, Default)]
struct Holding(Arc<Held>);

#[derive(Default)]
struct Held {
    begun: AtomicUsize,
    taken: Mutex<Vec<String>>,
    go_on: Notify,
}

impl Mail for Holding {
    fn adapter(&self) -> &'static str {
        "holding"
    }

    fn check(&self) -> Check<'_> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn deliver(&self, message: lettre::Message) -> Delivery<'_> {
        Box::pin(async move {
            self.0.begun.fetch_add(1, Ordering::SeqCst);
            self.0.go_on.notified().await;
            let id = message.headers().get_raw("Message-ID").unwrap_or_default().to_owned();
            self.0.taken.lock().push(id);
            Ok(())
        })
    }
}

impl Holding {
    async fn has_begun(&self) {
        while self.0.begun.load(Ordering::SeqCst) == 0 {
            sleep(Duration::from_millis(20)).await;
        }
    }
}

/// An application with a receipt to be mailed, and another server beside it that holds its mails.
async fn holding() -> (App, Hearing, Service, Holding) {
    let (app, config) = app_and_configuration().await;
    let mail = Holding::default();
    let substitutes =
        Substitutes { clock: app.clock.clone(), mail: Some(Arc::new(mail.clone())), ..Substitutes::default() };
    let service = assembly::service(&config, check(&config).unwrap(), substitutes).unwrap();
    let hearing = app.hearing().open().await;
    app.run_jobs().await;
    app.employee(1).answer(hearing.id, "Mit svar").await;
    (app, hearing, service, mail)
}

/// A job that takes longer than a lease and than the database lets a transaction lie idle is done once, and keeps none of
/// the other lanes waiting.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_job_is_done_once_and_other_lanes_go_on() {
    let (app, hearing, service, mail) = holding().await;
    app.pass_deadline(&hearing);
    let others = async {
        mail.has_begun().await;
        let passed = AuditQuery { action: vec![AuditAction::HearingDeadlinePassed], ..AuditQuery::default() };
        let auditor = app.person(Who::Auditor);
        while auditor.list_audit_entries(&passed).await.unwrap().items.is_empty() {
            sleep(Duration::from_millis(50)).await;
        }
        let idle = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
            AND state LIKE 'idle in transaction%' AND state_change < clock_timestamp() - interval '1 second'";
        let begun = Instant::now();
        while begun.elapsed() < LONGER_THAN_A_LEASE {
            assert_eq!(app.run_jobs().await, 0, "the job is under way");
            let idle: i64 = app.database().owner().query_one(idle, &[]).await.unwrap().get(0);
            assert_eq!(idle, 0, "no transaction waits for the mail server");
            sleep(Duration::from_secs(2)).await;
        }
        mail.0.go_on.notify_one();
    };
    let (tried, ()) = tokio::join!(worker::everything_due(&service), others);
    assert_eq!(tried.unwrap(), 2);
    assert_eq!((mail.0.taken.lock().len(), app.mailbox.take().len()), (1, 0));
    app.finish().await;
}

/// A worker whose lease another one has got meanwhile finishes nothing. Its mail may have gone out: the repeat is known by
/// its id.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_lost_a_lease_finishes_nothing() {
    let (app, _, service, mail) = holding().await;
    let another = async {
        mail.has_begun().await;
        let ended = "UPDATE job SET leased_until = clock_timestamp() - interval '1 second'";
        assert_eq!(app.database().owner().execute(ended, &[]).await.unwrap(), 1);
        app.mailbox.refuse(true);
        assert_eq!(app.run_jobs().await, 1, "another worker tries it");
        app.mailbox.refuse(false);
        mail.0.go_on.notify_one();
    };
    let (tried, ()) = tokio::join!(worker::everything_due(&service), another);
    assert_eq!(tried.unwrap(), 1);
    let job = jobs(&app).await.remove(0);
    assert_eq!((job.attempts, job.last_error.as_deref()), (1, Some("the mail adapter did not take the receipt")));
    app.clock.set(job.run_at);
    assert_eq!(app.run_jobs().await, 1);
    let mails = app.mailbox.take();
    assert_eq!(*mail.0.taken.lock(), [mails[0].message_id.clone()]);
    app.finish().await;
}

/// A job of a newer version is left for it: told, tried again later, and in nobody's way.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_this_version_does_not_know_is_told() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    app.run_jobs().await;
    let newer = "INSERT INTO job (id, kind, payload, created_at, run_at) \
        VALUES (gen_random_uuid(), 'newer.thing', '{}', $1, $1)";
    app.database().owner().execute(newer, &[&(app.now() - chrono::TimeDelta::hours(1))]).await.unwrap();
    app.employee(1).answer(hearing.id, "Mit svar").await;
    assert_eq!(app.run_jobs().await, 2);
    assert_eq!(app.mailbox.take().len(), 1);
    let job = jobs(&app).await.remove(0);
    assert_eq!((job.kind.as_str(), job.attempts), ("newer.thing", 1));
    assert_eq!(job.last_error.as_deref(), Some("this version knows no such job"));
    assert!(job.run_at > app.now());
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
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
    let service = assembly::service(&config, check(&config).unwrap(), panicking(&app)).unwrap();
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
