//! What tells the workers that a job may have been queued.

use tokio::sync::Notify;

/// Rung by requests, heard by what carries it on to the workers. However often it is rung in between, it is heard once.
#[derive(Debug, Default)]
pub struct Bell(Notify);

impl Bell {
    /// Rings it.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits until it is rung.
    pub async fn rung(&self) {
        self.0.notified().await;
    }
}
