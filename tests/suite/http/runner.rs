//! The job runner inside `agora serve`: it works by itself, and a server does not outlive it.

use std::{sync::Arc, thread, time::Duration};

use actix_web::rt::System;
use api::{
    application::Application,
    config::{Config, check},
    ports::mail::{Delivery, Mail},
    service::Substitutes,
};
use parking_lot::Mutex;
use tests::{App, Setup};
use tokio::{sync::oneshot, time::timeout};

struct Panicking;

impl Mail for Panicking {
    fn deliver(&self, _: lettre::Message) -> Delivery<'_> {
        panic!("told to panic")
    }
}

/// An application and the configuration of another server beside it, which does jobs.
async fn app_and_configuration() -> (App, Config) {
    let configured = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&configured);
    let app = Setup::default().configure(move |config| *seen.lock() = Some(config.clone())).start().await;
    let mut config = configured.lock().take().unwrap();
    config.jobs.no_jobs = false;
    (app, config)
}

/// Otherwise it would look well and mail nothing for weeks.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_runner_panics_ends_with_an_error() {
    let (app, config) = app_and_configuration().await;
    let hearing = app.hearing().open().await;
    app.employee(1).answer(hearing.id, "Mit svar").await;
    let (done, ended) = oneshot::channel();
    let substitutes =
        Substitutes { clock: app.clock.clone(), mail: Some(Arc::new(Panicking)), ..Substitutes::default() };
    thread::spawn(move || {
        let outcome = System::new().block_on(async move {
            Application::build(&config, check(&config).unwrap(), substitutes).unwrap().run().await
        });
        done.send(outcome).unwrap();
    });
    let outcome = timeout(Duration::from_secs(30), ended).await.expect("it ends").unwrap();
    let error = outcome.expect_err("with an error");
    assert!(format!("{error:#}").contains("the job runner failed"), "{error:#}");
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}
