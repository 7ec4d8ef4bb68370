//! What time brings: passed boundaries, what is not needed any more, what an older version left to do.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::{
    sync::watch,
    time::{self, MissedTickBehavior},
};

use crate::{
    attachments, audit,
    db::{Failed, is_passing},
    hearings,
    http::idempotency,
    login, rates,
    service::Service,
};

/// What it is called among the worker's parts.
const PART: &str = "housekeeping";

/// How often everything is looked after.
pub(super) const EVERY: Duration = Duration::from_secs(5);

/// How often boundaries are looked for in all hearings there ever were; in between in those of lately.
const ALL_BOUNDARIES_EVERY: TimeDelta = TimeDelta::hours(1);

/// How far back boundaries of lately lie: longer than a change of a hearing is under way.
const LATELY: TimeDelta = TimeDelta::hours(2);

/// Looks after everything, again and again.
#[derive(Debug, Default)]
pub(super) struct Housekeeping {
    /// When boundaries were looked for in all hearings.
    all_boundaries: Option<DateTime<Utc>>,
}

impl Housekeeping {
    /// Goes on until `stop` says so. On a task of its own: a job that takes long keeps nothing from being looked after.
    pub(super) async fn keep(mut self, service: &Service, mut stop: watch::Receiver<bool>) {
        let mut tick = time::interval(EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while !*stop.borrow() {
            tokio::select! {
                _ = tick.tick() => {
                    service.heartbeat().beat(PART, service.real_now());
                    if let Err(error) = self.look_after(service).await {
                        tracing::warn!(%error, "not everything could be looked after");
                    }
                }
                _ = stop.changed() => {}
            }
        }
    }

    /// Each part by itself: one that fails keeps none of the others from its turn.
    ///
    /// # Errors
    /// When the database is away, or a part failed.
    pub(super) async fn look_after(&mut self, service: &Service) -> Result<(), Failed> {
        attachments::jobs::sweep_incoming(service, service.real_now().into()).await;
        let mut conn = service.connection().await?;
        let now = service.now();
        let since = self.boundaries_since(now);
        let boundaries = hearings::jobs::notice_boundaries(&mut conn, since, now).await;
        if boundaries.is_ok() && since == DateTime::UNIX_EPOCH {
            self.all_boundaries = Some(now);
        }
        let parts = [
            ("passed boundaries", boundaries.map(drop)),
            ("tallies of refusals", audit::flush_tallies(&mut conn, now).await.map(drop)),
            ("unused files", attachments::jobs::sweep(&mut conn, now).await.map(drop)),
            ("older files", attachments::afterwards::queue(&mut conn, now).await.map(drop)),
            ("older images", hearings::jobs::queue_image_sizes(&mut conn, now).await.map(drop)),
            ("ended sessions", login::sweep(&mut conn, service.sessions(), now).await),
            ("idempotency keys", idempotency::sweep(&mut conn, now).await),
            ("counts of requests", rates::sweep(&mut conn, now).await),
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

    /// Since when boundaries are looked for: at first, and now and then, since ever, for what was missed while no worker
    /// ran or a clock was wrong.
    fn boundaries_since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self.all_boundaries {
            Some(all) if (all..all + ALL_BOUNDARIES_EVERY).contains(&now) => now - LATELY,
            _ => DateTime::UNIX_EPOCH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_of_all_hearings_are_looked_for_first_and_every_hour() {
        let now: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        let mut housekeeping = Housekeeping::default();
        assert_eq!(housekeeping.boundaries_since(now), DateTime::UNIX_EPOCH);
        housekeeping.all_boundaries = Some(now);
        assert_eq!(housekeeping.boundaries_since(now + TimeDelta::minutes(59)), now - TimeDelta::minutes(61));
        assert_eq!(housekeeping.boundaries_since(now + TimeDelta::hours(1)), DateTime::UNIX_EPOCH);
        assert_eq!(
            housekeeping.boundaries_since(now - TimeDelta::minutes(1)),
            DateTime::UNIX_EPOCH,
            "the clock went back"
        );
    }
}
