//! The worker: tries the jobs, lane by lane, looks after what time brings, and seals the audit log. Each on a task of its
//! own, so that none keeps another waiting.

pub mod bell;
mod housekeeping;
mod lane;
mod registry;

use futures::future::{join_all, try_join_all};
use tokio::{
    sync::watch,
    time::{self, MissedTickBehavior},
};
use tokio_util::task::AbortOnDropHandle;

use self::{housekeeping::Housekeeping, registry::Registry};
use crate::{
    audit::{self, seal::Sealer},
    db::{Address, Failed},
    jobs::Lane,
    service::Service,
};

/// Runs until `stop` says so. Jobs under way are finished.
pub async fn run(service: Service, database: Address, stop: watch::Receiver<bool>) {
    let registry = Registry::of_all_domains();
    let (wake, woken) = watch::channel(());
    let _listening = AbortOnDropHandle::new(tokio::spawn(bell::keep_listening(database, wake)));
    let lanes = Lane::ALL.map(|lane| keep_working(&service, &registry, lane, woken.clone(), stop.clone()));
    let sealing = audit::seal::keep_sealing(&service, stop.clone());
    let housekeeping = Housekeeping::default().keep(&service, stop.clone());
    tokio::join!(sealing, housekeeping, join_all(lanes));
}

/// Does the jobs of a lane: when woken, and now and then by itself, for tries whose time has come.
async fn keep_working(
    service: &Service,
    registry: &Registry,
    lane: Lane,
    mut woken: watch::Receiver<()>,
    mut stop: watch::Receiver<bool>,
) {
    let mut tick = time::interval(housekeeping::EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow() {
        tokio::select! {
            _ = tick.tick() => {}
            // The sender lives as long as the listening goes on, which is as long as this.
            _ = woken.changed() => {}
            _ = stop.changed() => {}
        }
        if let Err(error) = lane::work_off(service, registry, lane, &stop).await {
            tracing::warn!(lane = lane.as_str(), %error, "the jobs could not be looked at");
        }
    }
}

/// Does everything whose time has come, and seals the audit log; tells how many jobs were tried.
///
/// # Errors
/// When the database is away, or something could not be looked after.
pub async fn everything_due(service: &Service) -> Result<usize, Failed> {
    Housekeeping::default().look_after(service).await?;
    let (_go_on, stop) = watch::channel(false);
    let registry = Registry::of_all_domains();
    let lanes = Lane::ALL.map(|lane| lane::work_off(service, &registry, lane, &stop));
    let tried = try_join_all(lanes).await?.into_iter().sum();
    Sealer::new(service).turn(service).await?;
    Ok(tried)
}
