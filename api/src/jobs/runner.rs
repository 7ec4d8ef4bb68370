//! The loop that does the jobs: woken by the database when one is queued, and now and then by itself.

use std::{future, time::Duration};

use tokio::{
    sync::watch,
    time::{self, MissedTickBehavior},
};
use tokio_postgres::AsyncMessage;

use super::{bell::CHANNEL, queue};
use crate::{
    attachments,
    audit::{self, seal::Sealer},
    db::{Address, Unavailable, is_passing, reason},
    hearings,
    http::{idempotency, limits},
    identity,
    service::Service,
};

/// How often the loop looks without being woken: for boundaries that were passed, and for tries whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Runs until `stop` says so. A job under way is finished.
pub async fn run(service: Service, database: Address, stop: watch::Receiver<bool>) {
    // Beside the jobs: a slow one shall keep no entry from its seal.
    let sealing = audit::seal::keep_sealing(&service, stop.clone());
    tokio::join!(sealing, do_jobs(&service, database, stop));
}

async fn do_jobs(service: &Service, database: Address, mut stop: watch::Receiver<bool>) {
    let (wake, mut woken) = watch::channel(());
    let listening = tokio::spawn(keep_listening(database, wake));
    let mut tick = time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow() {
        tokio::select! {
            _ = tick.tick() => {
                if let Err(error) = look_after(service).await {
                    tracing::warn!(%error, "not everything could be looked after");
                }
            }
            // The sender lives as long as the listening goes on, which is as long as this.
            _ = woken.changed() => {}
            _ = stop.changed() => {}
        }
        service.heartbeat().beat(service.real_now());
        if let Err(error) = work_off(service, &stop).await {
            tracing::warn!(%error, "the jobs could not be looked at");
        }
    }
    listening.abort();
}

/// Does everything whose time has come, and seals the audit log; tells how many jobs were tried.
///
/// # Errors
/// When the database is away, or something could not be looked after.
pub async fn everything_due(service: &Service) -> Result<usize, Failed> {
    look_after(service).await?;
    let (_go_on, stop) = watch::channel(false);
    let tried = work_off(service, &stop).await?;
    Sealer::new(service).turn(service).await?;
    Ok(tried)
}

/// Why a turn of the loop did not do all it should.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// No connection to the database.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
}

/// Does what time brings. Each part by itself: one that fails keeps neither the others nor the jobs from their turn.
async fn look_after(service: &Service) -> Result<(), Failed> {
    attachments::jobs::sweep_incoming(service, service.real_now().into()).await;
    let mut conn = service.connection().await?;
    let now = service.now();
    let parts = [
        ("passed boundaries", hearings::jobs::notice_boundaries(&mut conn, now).await.map(drop)),
        ("tallies of refusals", audit::flush_tallies(&mut conn, now).await.map(drop)),
        ("unused files", attachments::jobs::sweep(&mut conn, now).await.map(drop)),
        ("older files", attachments::afterwards::queue(&mut conn, now).await.map(drop)),
        ("older images", hearings::jobs::queue_image_sizes(&mut conn, now).await.map(drop)),
        ("ended sessions", identity::sweep(&mut conn, service.sessions(), now).await),
        ("idempotency keys", idempotency::sweep(&mut conn, now).await),
        ("counts of requests", limits::sweep(&mut conn, now).await),
    ];
    let mut outcome = Ok(());
    for (part, error) in parts.into_iter().filter_map(|(part, result)| Some((part, result.err()?))) {
        if !is_passing(&error) {
            tracing::error!(part, %error, "something is not looked after");
        }
        outcome = Err(error.into());
    }
    outcome
}

/// Tries every job whose time has come, until told to stop.
async fn work_off(service: &Service, stop: &watch::Receiver<bool>) -> Result<usize, Failed> {
    let mut tried = 0;
    while !*stop.borrow() {
        service.heartbeat().beat(service.real_now());
        if !queue::try_next(service).await? {
            break;
        }
        tried += 1;
    }
    Ok(tried)
}

async fn keep_listening(database: Address, wake: watch::Sender<()>) {
    loop {
        if let Err(error) = listen(&database, &wake).await {
            tracing::warn!(error = reason(&error), "not woken by the database; looking every {LOOK_EVERY:?}");
        }
        time::sleep(LOOK_EVERY).await;
    }
}

async fn listen(database: &Address, wake: &watch::Sender<()>) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = database.connect().await?;
    let messages = async {
        while let Some(message) = future::poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(_) = message? {
                wake.send_replace(());
            }
        }
        Ok(())
    };
    let subscribe = async {
        client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
        future::pending::<Result<(), tokio_postgres::Error>>().await
    };
    tokio::select! {
        ended = messages => ended,
        failed = subscribe => failed,
    }
}
