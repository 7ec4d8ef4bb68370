//! The threads on which the connections to the database are driven.

use std::{future::Future, io, sync::Arc};

use diesel::{ConnectionError, ConnectionResult};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio_util::task::AbortOnDropHandle;

/// Threads of their own for what carries the connections' bytes; clones share them, and the last one ends them.
///
/// What drives a connection runs where the connection was opened. Opened by a request that would be the thread of one
/// worker of the web server, which does one thing at a time: while it renders a page or answers somebody at length, the
/// queries of everybody who got one of its connections from the pool would wait, on whichever worker they are.
#[derive(Debug, Clone)]
pub(super) struct Drivers(Arc<Threads>);

#[derive(Debug)]
struct Threads {
    handle: Handle,
    /// Here until it is dropped.
    runtime: Option<Runtime>,
}

impl Drivers {
    /// Starts the threads, one a core.
    pub(super) fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().thread_name("database").enable_all().build()?;
        Ok(Self(Arc::new(Threads { handle: runtime.handle().clone(), runtime: Some(runtime) })))
    }

    /// Opens a connection here, so that what it leaves running runs here.
    ///
    /// # Errors
    /// Those of opening it.
    pub(super) async fn open<C: Send + 'static>(
        &self,
        opening: impl Future<Output = ConnectionResult<C>> + Send + 'static,
    ) -> ConnectionResult<C> {
        // Whoever does not wait for the connection any more does not want it either.
        let opened = AbortOnDropHandle::new(self.0.handle.spawn(opening)).await;
        opened.unwrap_or_else(|error| Err(ConnectionError::BadConnection(error.to_string())))
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        // Without waiting, because the last clone may be dropped by a task, which must not wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
