//! A new version is rolled out: each server is told to stop and another one started in its place, behind a load balancer
//! that looks at readiness, while people go on.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};

use chrono::Utc;
use futures::future::{join, join_all};
use openapi::{drafts::DraftPatch, hearings::HearingPatch, ids::HearingId, operations::HealthStatus};
use parking_lot::Mutex;
use tests::{App, Person, Process, Setup};
use tokio::time::sleep;

use super::{AGORA, in_time};

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Sends requests to the servers that say they are ready, and knows how many are under way at each.
#[derive(Default)]
struct Balancer {
    servers: Mutex<BTreeMap<String, usize>>,
    ready: Mutex<Vec<String>>,
    turn: AtomicUsize,
    over: AtomicBool,
}

impl Balancer {
    /// A request to one of them; which, is told to whoever makes it.
    async fn send<T>(&self, request: impl AsyncFnOnce(&str) -> T) -> T {
        let server = self.choose();
        let answer = request(&server).await;
        if let Some(under_way) = self.servers.lock().get_mut(&server) {
            *under_way -= 1;
        }
        answer
    }

    fn choose(&self) -> String {
        let (ready, mut servers) = (self.ready.lock(), self.servers.lock());
        let server = ready[self.turn.fetch_add(1, Ordering::Relaxed) % ready.len()].clone();
        *servers.get_mut(&server).unwrap() += 1;
        server
    }

    /// Looks at each server's readiness again and again.
    async fn look(&self, app: &App) {
        while !self.over.load(Ordering::Relaxed) {
            let servers: Vec<String> = self.servers.lock().keys().cloned().collect();
            let mut ready = Vec::new();
            for server in servers {
                let readiness = app.anonymous().at(&server).get_readiness().await;
                if readiness.is_ok_and(|readiness| readiness.status == HealthStatus::Ok) {
                    ready.push(server);
                }
            }
            if !ready.is_empty() {
                *self.ready.lock() = ready;
            }
            sleep(LOOK_EVERY).await;
        }
    }

    fn is_ready(&self, server: &str) -> bool {
        self.ready.lock().iter().any(|ready| ready == server)
    }

    /// Starts a server, and takes it in when it is ready.
    async fn start_one(&self, app: &App) -> Process {
        let server = app.serve(AGORA).without_jobs().option("shutdown-delay", "600").start().await;
        self.servers.lock().insert(server.url.clone(), 0);
        until(|| self.is_ready(&server.url)).await;
        server
    }

    /// Tells a server to stop, and lets it when nobody is there any more: how long that takes is the machine's business.
    async fn stop_one(&self, server: Process) {
        server.tell_to_stop();
        until(|| !self.is_ready(&server.url) && self.servers.lock()[&server.url] == 0).await;
        let url = server.url.clone();
        // The second time: without waiting any longer.
        server.terminate().await;
        self.servers.lock().remove(&url);
    }
}

async fn until(is_so: impl Fn() -> bool) {
    in_time(async {
        while !is_so() {
            sleep(LOOK_EVERY).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_are_replaced_one_by_one_and_nobody_notices() {
    let app = Setup::default().at(Utc::now()).start().await;
    let (hearing, people) = (app.hearing().open().await.id, app.crowd(20).await);
    let (balancer, requests) = (Balancer::default(), AtomicUsize::new(0));
    let replace = async {
        let mut servers = VecDeque::from([balancer.start_one(&app).await, balancer.start_one(&app).await]);
        let go_on = join_all(people.iter().map(|person| go_on(person, hearing, &balancer, &requests)));
        let roll = async {
            for _ in 0..4 {
                let oldest = servers.pop_front().unwrap();
                balancer.stop_one(oldest).await;
                servers.push_back(balancer.start_one(&app).await);
            }
            balancer.over.store(true, Ordering::Relaxed);
        };
        join(go_on, roll).await;
        for server in servers {
            server.interrupt().await;
        }
    };
    join(replace, balancer.look(&app)).await;
    let requests = requests.load(Ordering::Relaxed);
    assert!(requests > 200, "people went on: {requests} requests");
    println!("{requests} requests while four servers were replaced");
    // A server that is about to stop says so to whoever asks whether it is ready: that is no failure.
    let failures: Vec<String> = app.take_failures();
    assert!(failures.iter().all(|failure| failure.contains("/health/ready")), "{failures:?}");
    app.finish().await;
}

/// Saves and reads until it is over; every request must be carried out at the first try.
async fn go_on(person: &Person, hearing: HearingId, balancer: &Balancer, requests: &AtomicUsize) {
    let begun = balancer.send(async |server| person.at(server).create_draft(hearing).await).await;
    let mut draft = begun.unwrap().item;
    while !balancer.over.load(Ordering::Relaxed) {
        let patch = DraftPatch { text: Some(format!("Udkast {}", draft.version)), ..DraftPatch::default() };
        let save = async |server: &str| person.at(server).update_draft(hearing, draft.id, draft.version, &patch).await;
        draft = balancer.send(save).await.unwrap();
        balancer.send(async |server| person.at(server).get_hearing(hearing).await).await.unwrap();
        requests.fetch_add(2, Ordering::Relaxed);
        sleep(LOOK_EVERY).await;
    }
}

/// Told to stop it says that it is not ready, answers all the same, and asks to be called on another connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_told_to_stop_says_so_before_it_stops() {
    let app = Setup::default().at(Utc::now()).start().await;
    let server = app.serve(AGORA).option("shutdown-delay", "600").start().await;
    let visitor = app.anonymous().at(&server.url).socket().clone();
    assert_eq!(visitor.get("/api/v1/health/ready").await.status, 200);
    server.tell_to_stop();
    let ready = in_time(async {
        loop {
            let ready = visitor.get("/api/v1/health/ready").await;
            if ready.status != 200 {
                break ready;
            }
        }
    })
    .await;
    assert_eq!((ready.status, ready.header("connection")), (503, "close"));
    let part = ready.json()["parts"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&part["name"], &part["status"]), (&"shutdown".into(), &"failing".into()));
    let answer = visitor.get("/api/v1/hearings").await;
    assert_eq!((answer.status, answer.header("connection")), (200, "close"));
    server.terminate().await;
    assert!(visitor.try_request("GET", "/api/v1/hearings", &[], None).await.is_err(), "it has stopped");
    assert!(app.take_failures().iter().all(|failure| failure.contains("/health/ready")));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_finished_before_a_server_stops() {
    let app = Setup::default().at(Utc::now()).start().await;
    let server = app.serve(AGORA).without_jobs().start().await;
    let hearing = app.hearing().draft().await;
    let mut blocker = app.database().another_owner().await;
    let lock = blocker.transaction().await.unwrap();
    lock.execute("SELECT FROM hearing WHERE id = $1 FOR UPDATE", &[&hearing.id.0]).await.unwrap();
    let patch = HearingPatch { summary: Some("Kom frem".to_owned()), ..HearingPatch::default() };
    let (owner, visitor) = (app.owner().at(&server.url), app.anonymous().at(&server.url));
    let stop = async {
        app.database().until_somebody_waits_for_a_lock().await;
        server.tell_to_stop();
        in_time(async { while visitor.get_liveness().await.is_ok() {} }).await;
        lock.rollback().await.unwrap();
    };
    let (saved, ()) = join(owner.update_hearing(hearing.id, hearing.version, &patch), stop).await;
    assert_eq!(saved.unwrap().summary, "Kom frem");
    server.wait().await;
    app.finish().await;
}
