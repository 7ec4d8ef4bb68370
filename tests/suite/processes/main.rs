//! Agora as processes, several on one database: killed, restarted, and with the database taken away under load.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what is wrong best by panicking where it is, and how much it covered by printing it"
)]

mod crowd;
mod database;
mod killed;
mod rolling;
mod zones;

use std::time::Duration;

use tokio::time::timeout;

/// The binary, as it is started in an installation.
const AGORA: &str = env!("CARGO_BIN_EXE_agora-under-test");

/// What has not come to its end by then never will, however slow the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits for something, and not forever.
async fn in_time<T>(something: impl Future<Output = T>) -> T {
    timeout(PATIENCE, something).await.expect("it comes to its end")
}
