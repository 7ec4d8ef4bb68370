//! Wakes whoever does the jobs when a request may have queued one.
//!
//! After the request's transaction, never in it: PostgreSQL lets transactions that notify commit one at a time in the
//! whole database, each until it is on the disk, and so all senders of answers would queue up behind each other. Waking
//! is a hint and no more. What makes a job happen, and once, is its row; a hint that gets lost costs the seconds until
//! the worker looks by itself.

use std::{future, time::Duration};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use diesel_async::RunQueryDsl;
use tokio::{sync::watch, time};
use tokio_postgres::AsyncMessage;

use crate::{
    db::{Address, Failed, reason},
    service::Service,
};

/// The name under which the database passes it on.
const CHANNEL: &str = "agora_jobs";

/// The shortest time between two notifications of one server: a town that answers at once is one hint, not thousands.
const PAUSE: Duration = Duration::from_millis(100);

/// How long the database is left alone when it cannot be listened to.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Middleware: rings after every request that may have changed something, so that no use case can forget it.
///
/// # Errors
/// Those of what lies inside.
pub async fn ring_after_changes(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let may_change = !request.method().is_safe();
    let response = next.call(request).await?;
    if may_change
        && response.status().is_success()
        && let Some(service) = response.request().app_data::<Data<Service>>()
    {
        service.bell().ring();
    }
    Ok(response)
}

/// Passes the ringing on to the workers of all servers, for ever.
pub async fn carry(service: Service) {
    loop {
        service.bell().rung().await;
        if let Err(error) = notify(&service).await {
            tracing::warn!(%error, "the workers were not woken; they look by themselves");
        }
        time::sleep(PAUSE).await;
    }
}

async fn notify(service: &Service) -> Result<(), Failed> {
    let mut conn = service.connection().await?;
    diesel::sql_query(format!("NOTIFY {CHANNEL}")).execute(&mut conn).await?;
    Ok(())
}

/// Listens to the ringing of all servers, for ever, and passes it on.
pub(super) async fn keep_listening(database: Address, wake: watch::Sender<()>) {
    loop {
        if let Err(error) = listen(&database, &wake).await {
            tracing::warn!(error = reason(&error), "not woken by the database; looking now and then");
        }
        time::sleep(LISTEN_AGAIN_AFTER).await;
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
