//! A lane: its jobs, one after the other. A job is leased, done with no transaction open, and finished in a short one.

use std::{panic::AssertUnwindSafe, time::Duration};

use diesel_async::AsyncConnection;
use futures::FutureExt;
use tokio::{sync::watch, time};

use super::registry::Registry;
use crate::{
    db::Failed,
    jobs::{
        JobError, Lane, Turn,
        lease::{self, Leased},
    },
    service::Service,
};

/// How often a lease is renewed: several times before it ends.
const RENEW_EVERY: Duration = Duration::from_secs(4);

/// Tries every job of a lane whose time has come, until told to stop; tells how many.
///
/// # Errors
/// When the database is away, or fails in a way that is not a job's.
pub(super) async fn work_off(
    service: &Service,
    registry: &Registry,
    lane: Lane,
    stop: &watch::Receiver<bool>,
) -> Result<usize, Failed> {
    let mut tried = 0;
    while !*stop.borrow() {
        service.heartbeat().beat(lane.as_str(), service.real_now());
        let leased = lease::take(&mut *service.connection().await?, registry.kinds_in(lane), service.now()).await?;
        let Some(leased) = leased else { break };
        // A mistake in one job must not keep all the others from being done.
        let attempt = AssertUnwindSafe(attempt(service, registry, lane, &leased)).catch_unwind().await;
        if let Err(error) = attempt.unwrap_or_else(|panic| Err(JobError::from_panic(&*panic))) {
            let (attempt, error_chain) = (leased.attempts + 1, error.whole());
            tracing::warn!(job = %leased.id, kind = leased.kind, attempt, error = error_chain, "a job failed");
            leased.give_back(&mut *service.connection().await?, &error, service.now()).await?;
        }
        tried += 1;
    }
    Ok(tried)
}

async fn attempt(service: &Service, registry: &Registry, lane: Lane, leased: &Leased) -> Result<(), JobError> {
    let job = registry.read(&leased.kind, leased.payload.clone())?;
    let turn = Turn { service, id: leased.id };
    tokio::select! {
        performed = within(job.timeout(), job.perform(&turn)) => performed?,
        lost = keep(service, lane, leased) => return Err(lost),
    }
    let conn = &mut *service.connection().await?;
    conn.transaction(async |conn| if leased.remove(conn).await? { job.finish(conn).await } else { Err(lost()) }).await
}

/// Breaks off what takes too long.
async fn within(limit: Duration, work: impl Future<Output = Result<(), JobError>>) -> Result<(), JobError> {
    time::timeout(limit, work).await.map_err(JobError::because("it took too long"))?
}

/// Renews a lease for as long as it is had; tells when it is lost.
async fn keep(service: &Service, lane: Lane, leased: &Leased) -> JobError {
    loop {
        time::sleep(RENEW_EVERY).await;
        service.heartbeat().beat(lane.as_str(), service.real_now());
        match renew(service, leased).await {
            Ok(true) => {}
            Ok(false) => return lost(),
            // The database may come back before the lease ends; when it does not, finishing tells.
            Err(error) => tracing::warn!(job = %leased.id, %error, "a lease was not renewed"),
        }
    }
}

async fn renew(service: &Service, leased: &Leased) -> Result<bool, Failed> {
    Ok(leased.renew(&mut *service.connection().await?).await?)
}

fn lost() -> JobError {
    JobError::Failed("its lease was lost", "another worker has it".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_takes_too_long_is_broken_off() {
        let hanging = within(Duration::from_millis(5), std::future::pending()).await;
        assert_eq!(hanging.unwrap_err().to_string(), "it took too long");
        assert!(within(Duration::from_secs(60), std::future::ready(Ok(()))).await.is_ok());
    }
}
