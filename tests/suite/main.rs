//! The proof: what Agora does over HTTP, what may never be forgotten, and what people see in a browser.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what is wrong best by panicking where it is, and how much it covered by printing it"
)]

mod browser;
mod generated;
mod http;
mod nets;
mod ports;
mod processes;
mod properties;
