//! Being told to stop: whoever sends requests here notices before anything is refused.

use std::{io, time::Duration};

use actix_web::dev::ServerHandle;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time,
};

use crate::service::Service;

/// The signals that tell a process to stop.
#[derive(Debug)]
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

/// Who tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Somebody at a terminal, who waits for it.
    AtOnce,
    /// Whoever runs the installation, perhaps with other servers that take over.
    InGoodTime,
}

impl Signals {
    /// Listens from now on: the signals no longer end the process by themselves.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits until the process is told to stop: SIGINT or SIGTERM.
    pub async fn told(&mut self) -> Told {
        tokio::select! {
            _ = self.interrupt.recv() => Told::AtOnce,
            _ = self.terminate.recv() => Told::InGoodTime,
        }
    }
}

/// Stops a server when the process is told to. In good time: it says that it is not ready, and goes on answering for
/// `delay`, until a load balancer has noticed and nobody comes any more; then requests under way are finished.
pub async fn when_told(mut signals: Signals, service: Service, server: ServerHandle, delay: Duration) {
    let told = signals.told().await;
    if told == Told::InGoodTime {
        tracing::info!(?delay, "told to stop: not ready from now on");
        service.leave();
        tokio::select! {
            () = time::sleep(delay) => {}
            // Whoever says it twice does not want to wait.
            _ = signals.told() => {}
        }
    }
    server.stop(told == Told::InGoodTime).await;
}
