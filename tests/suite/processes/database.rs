//! The database is restarted, and then one of its processes killed, while people answer.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use chrono::Utc;
use futures::future::join3;
use openapi::{operations::HealthStatus, problem::ProblemCode};
use tests::{Setup, Socket};

use super::{AGORA, crowd::Crowd, in_time};

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_and_comes_back_leaves_nothing_half_done() {
    let mut app = Setup::default().with_its_own_postgres().at(Utc::now()).start().await;
    let server = app.serve(AGORA).start().await;
    let crowd = Crowd::gather(&app, 100, &[&server.url]).await;
    let visitor = app.anonymous().at(&server.url).socket().clone();
    let (answered, database) = (AtomicBool::new(false), app.database_mut());
    let take_away = async {
        crowd.until(30).await;
        database.restart(|| std::thread::sleep(Duration::from_millis(500))).await;
        crowd.until(60).await;
        database.crash().await;
    };
    let answers = async {
        let receipts = crowd.answer().await;
        answered.store(true, Ordering::SeqCst);
        receipts
    };
    let (receipts, refusals, ()) = join3(answers, read(&visitor, &answered), take_away).await;
    assert!(refusals > 0 && crowd.repeated() > 0, "it was taken away in the middle");
    println!("100 answers, {} requests repeated, {refusals} reads refused", crowd.repeated());

    // Without anybody doing anything.
    let ready = app.anonymous().at(&server.url);
    let recovered = async { while ready.get_readiness().await.map_or(true, |it| it.status != HealthStatus::Ok) {} };
    in_time(recovered).await;
    crowd.everything_is_there_once(&app, &receipts).await;
    server.terminate().await;
    app.finish().await;
}

/// Reads until everybody has answered: what the server cannot do, it says, and when to come back. Tells how often.
async fn read(visitor: &Socket, answered: &AtomicBool) -> usize {
    let mut refusals = 0;
    while !answered.load(Ordering::SeqCst) {
        let answer = visitor.get("/api/v1/hearings").await;
        if answer.status != 200 {
            assert_eq!((answer.status, answer.problem().code), (503, ProblemCode::Unavailable));
            assert_eq!(answer.header("retry-after"), "5");
            refusals += 1;
        }
    }
    refusals
}
