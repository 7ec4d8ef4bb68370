//! `agora serve` and `agora worker`.

use anyhow::{Context, bail};
use openapi::operations::HealthStatus;
use tokio::sync::watch;

use super::{NeedsFixing, checked};
use crate::{
    application::Application,
    assembly::{self, Substitutes},
    config::Config,
    operations::readiness,
    service::Service,
    shutdown::Signals,
    telemetry,
};

/// Serves until SIGINT or SIGTERM.
pub(super) fn serve(config: &Config) -> anyhow::Result<()> {
    telemetry::start(config.http.log_format, &config.http.log)?;
    let checked = checked(config)?;
    actix_web::rt::System::new().block_on(async {
        let application = Application::build(config, checked, Substitutes::default())?;
        report_readiness(application.service()).await;
        tracing::info!(address = %application.address(), public = %config.http.public_url, "serving");
        application.run().await
    })
}

/// Does jobs until SIGINT or SIGTERM.
pub(super) fn work(config: &Config) -> anyhow::Result<()> {
    telemetry::start(config.http.log_format, &config.http.log)?;
    let checked = checked(config)?;
    if config.jobs.no_jobs {
        return Err(NeedsFixing("AGORA_NO_JOBS leaves a worker nothing to do".to_owned()).into());
    }
    let database = checked.database.clone();
    actix_web::rt::System::new().block_on(async {
        let service = assembly::service(config, checked, Substitutes::default())?;
        report_readiness(&service).await;
        let mut signals = Signals::listen().context("the system does not say when to stop")?;
        let (stop, stopped) = watch::channel(false);
        let mut worker = actix_web::rt::spawn(crate::worker::run(service, database, stopped));
        tokio::select! {
            _ = signals.told() => {
                stop.send_replace(true);
                worker.await.context("the worker failed")
            }
            // A worker that does not work shall not look as if it did: whoever started it starts it again.
            ended = &mut worker => {
                ended.context("the worker failed")?;
                bail!("the worker ended by itself")
            }
        }
    })
}

/// A server that cannot work yet starts all the same: its database may come later. But it says so at once.
async fn report_readiness(service: &Service) {
    for part in readiness(service).await.parts {
        if part.status != HealthStatus::Ok {
            let detail = part.detail.unwrap_or_default();
            tracing::warn!(part = part.name, detail, status = %part.status, "not ready");
        }
    }
}
