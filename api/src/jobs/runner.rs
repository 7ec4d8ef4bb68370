//! The loop that does the jobs: woken by the database when one is queued, and now and then by itself.

use std::{future, time::Duration};

use diesel_async::RunQueryDsl;
use tokio::{sync::watch, time};
use tokio_postgres::{AsyncMessage, NoTls};

use super::queue::{self, CHANNEL};
use crate::{audit, config::Secret, hearings, service::Service};

/// How often the loop looks without being woken: for boundaries that were passed, and for tries whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Runs until `stop` says so. A job under way is finished.
pub async fn run(service: Service, database_url: Secret, mut stop: watch::Receiver<bool>) {
    let (wake, mut woken) = watch::channel(());
    let listening = tokio::spawn(async move {
        // A sender that is gone would look like an endless wake-up call.
        let wake = wake;
        loop {
            if let Err(error) = listen(&database_url, &wake).await {
                tracing::warn!(%error, "not woken by the database; looking every {LOOK_EVERY:?}");
            }
            time::sleep(LOOK_EVERY).await;
        }
    });
    while !*stop.borrow() {
        if let Err(error) = everything_due(&service).await {
            tracing::warn!(%error, "the jobs could not be looked at");
        }
        tokio::select! {
            _ = woken.changed() => {}
            _ = stop.changed() => {}
            () = time::sleep(LOOK_EVERY) => {}
        }
    }
    listening.abort();
}

/// Does everything whose time has come; tells how many jobs were tried.
///
/// # Errors
/// When the database is away.
pub async fn everything_due(service: &Service) -> anyhow::Result<usize> {
    let mut conn = service.connection().await?;
    hearings::jobs::notice_boundaries(&mut conn, service.now()).await?;
    audit::flush_tallies(&mut conn, service.now()).await?;
    forget_old_keys(&mut conn, service).await?;
    let mut tried = 0;
    while queue::try_next(&mut conn, service).await? {
        tried += 1;
    }
    Ok(tried)
}

async fn forget_old_keys(conn: &mut crate::db::Connection, service: &Service) -> diesel::QueryResult<()> {
    use diesel::{ExpressionMethods, QueryDsl};

    use crate::db::schema::idempotency_key::dsl::{created_at, idempotency_key};
    let day = chrono::TimeDelta::hours(24);
    diesel::delete(idempotency_key.filter(created_at.lt(service.now() - day))).execute(conn).await?;
    Ok(())
}

async fn listen(database_url: &Secret, wake: &watch::Sender<()>) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = tokio_postgres::connect(database_url.expose(), NoTls).await?;
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
