//! Two servers on one database, and one of them killed under load.

use chrono::Utc;
use futures::future::join;
use tests::Setup;

use super::{AGORA, crowd::Crowd};

/// Both serve, and both do jobs.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_takes_nothing_with_it() {
    let app = Setup::default().at(Utc::now()).start().await;
    let (doomed, other) = join(app.serve(AGORA).start(), app.serve(AGORA).start()).await;
    let crowd = Crowd::gather(&app, 200, &[&doomed.url, &other.url]).await;
    let kill = async {
        crowd.until(60).await;
        doomed.kill().await;
    };
    let (receipts, ()) = join(crowd.answer(), kill).await;
    assert!(crowd.repeated() > 0, "it was killed in the middle");
    crowd.everything_is_there_once(&app, &receipts).await;
    println!("200 answers, {} requests repeated", crowd.repeated());
    other.terminate().await;
    app.finish().await;
}

/// Servers that leave the jobs to workers, and a worker killed at it.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_killed_takes_nothing_with_it() {
    let app = Setup::default().at(Utc::now()).start().await;
    let server = app.serve(AGORA).without_jobs().start().await;
    let (doomed, other) = join(app.worker(AGORA).start(), app.worker(AGORA).start()).await;
    let crowd = Crowd::gather(&app, 100, &[&server.url]).await;
    let kill = async {
        crowd.until(30).await;
        doomed.kill().await;
    };
    let (receipts, ()) = join(crowd.answer(), kill).await;
    crowd.everything_is_there_once(&app, &receipts).await;
    other.terminate().await;
    server.terminate().await;
    app.finish().await;
}
