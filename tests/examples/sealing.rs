//! Measures what sealing costs those who write to the audit log, and writes the figures as JSON to standard output.
//!
//! ```sh
//! cargo run --release --package tests --example sealing
//! ```
//!
//! Sealing with 32 writers should leave them more than nine tenths of what they reach without (`ratio`), and no entry
//! should wait longer than five seconds (`longestWait`).

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement speaks to the person who takes it")]

use std::time::Duration;

use serde_json::json;
use tests::sealing::{Measure, measure};

#[tokio::main]
async fn main() {
    let measured = measure(Measure { writers: 32, rounds: 5, round: Duration::from_secs(8) }).await;
    println!("{:#}", json!({ "ratio": measured.ratio(), "measured": measured }));
}
