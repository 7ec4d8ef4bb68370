//! The application under test on a thread of its own: the server wants a runtime that it starts itself.

use std::thread::{self, JoinHandle};

use actix_web::{dev::ServerHandle, rt::System};
use api::{
    application::Application,
    assembly::Substitutes,
    config::{Checked, Config, check},
    service::Service,
};
use tokio::sync::oneshot;

/// A running application.
pub(crate) struct Server {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) service: Service,
    handle: ServerHandle,
    thread: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(config: Config, substitutes: Substitutes) -> Self {
        let (started, running) = oneshot::channel();
        let thread = thread::spawn(move || {
            System::new().block_on(async move {
                let application = Application::build(&config, checked(&config), substitutes);
                let application = application.expect("the application starts");
                let (address, service) = (application.address(), application.service().clone());
                let server = application.into_server();
                if started.send((address, service, server.handle())).is_ok() {
                    server.await.expect("the server runs until it is stopped");
                }
            });
        });
        let (address, service, handle) = running.await.expect("the application starts");
        Self { address, service, handle, thread }
    }

    /// Stops it and waits until it has.
    pub(crate) async fn stop(self) {
        self.handle.stop(false).await;
        let joined = tokio::task::spawn_blocking(|| self.thread.join()).await.expect("the thread can be waited for");
        joined.expect("the server did not panic");
    }

    /// Tells it to stop, for whoever cannot wait.
    pub(crate) fn abandon(&self) {
        drop(self.handle.stop(false));
    }
}

/// A server as `agora serve` runs it: with its worker and all, at an address of its own.
pub struct WholeServer {
    /// `http://127.0.0.1:40123`
    pub url: String,
    handle: ServerHandle,
    thread: JoinHandle<anyhow::Result<()>>,
}

impl WholeServer {
    /// Starts it.
    pub async fn start(config: Config, substitutes: Substitutes) -> Self {
        let (started, running) = oneshot::channel();
        let thread = thread::spawn(move || {
            System::new().block_on(async move {
                let application = Application::build(&config, checked(&config), substitutes).unwrap();
                let url = format!("http://{}", application.address());
                started.send((url, application.handle())).unwrap();
                application.run().await
            })
        });
        let (url, handle) = running.await.unwrap();
        Self { url, handle, thread }
    }

    /// Stops it; it must not have ended before.
    pub async fn stop(self) {
        assert!(!self.thread.is_finished(), "it runs until it is stopped");
        self.handle.stop(false).await;
        tokio::task::spawn_blocking(|| self.thread.join().unwrap()).await.unwrap().unwrap();
    }
}

fn checked(config: &Config) -> Checked {
    check(config).unwrap_or_else(|problems| panic!("the configuration: {problems:?}"))
}
