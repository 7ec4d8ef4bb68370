//! Nets that make forgetting impossible: they take every operation, every table, every file, and ask the same of each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what is wrong best by panicking where it is, and how much it covered by printing it"
)]

mod audit;
mod document;
mod floors;
mod malformed;
mod migrations;
mod privacy;
mod rights;
mod seal;
mod shipped;
mod statements;
mod tidy;
