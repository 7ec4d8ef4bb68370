//! The interface in a real browser, by the words that stand on it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what is wrong best by panicking where it is, and how much it covered by printing it"
)]

mod answering;
mod changing;
mod conclusions;
mod console;
mod files;
mod keyboard;
mod leaving;
mod pages;
mod pasting;
mod revoking;
mod robustness;
mod searching;
mod served;
mod sessions;
mod states;
mod story;
mod swagger;
