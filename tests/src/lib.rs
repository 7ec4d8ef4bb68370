//! The harness: a whole application for each test, with a database, a clock and a mailbox of its own.
//!
//! ```no_run
//! # async fn test() {
//! let app = tests::App::start().await;
//! let hearing = app.hearing().open().await;
//! let owner = app.owner();
//! owner.get_hearing(hearing.id).await.unwrap();
//! app.finish().await;
//! # }
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test says what is wrong best by panicking where it is"
)]

mod answers;
mod app;
pub mod attachments;
mod browser;
mod configuration;
pub mod contract;
mod database;
mod earlier;
mod encrypted;
mod hearings;
mod mailbox;
mod people;
mod person;
pub mod pieces;
mod process;
mod s3;
pub mod sealing;
mod server;
mod setup;
mod socket;
pub mod specimen;
mod statements;
pub mod working;

pub use self::{
    answers::{Refused, refused},
    app::{App, Beside},
    browser::{Browser, Gateway, Key, Passing, Tab, WIDTHS},
    configuration::{configuration, usual_limits},
    database::{Database, Listener},
    encrypted::EncryptedCluster,
    hearings::{HearingBuilder, key},
    mailbox::{Mail, Mailbox},
    people::{PASSWORD, Who},
    person::Person,
    process::{Launch, Process},
    s3::S3Server,
    server::WholeServer,
    setup::{Setup, looking},
    socket::{Answer, Socket},
    statements::Statements,
};

use chrono::{DateTime, TimeDelta, Utc};

/// When every test begins: a Monday in November, nine o'clock in the morning in Copenhagen.
#[must_use]
pub fn beginning() -> DateTime<Utc> {
    instant("2026-11-02T08:00:00Z")
}

/// An instant by its RFC 3339 form.
#[must_use]
pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant in RFC 3339 form")
}

/// The day that lies so many days after the beginning's.
#[must_use]
pub fn day(after_the_beginning: i64) -> chrono::NaiveDate {
    openapi::time::day_of(beginning() + TimeDelta::days(after_the_beginning))
}
