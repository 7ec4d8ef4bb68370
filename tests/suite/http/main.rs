//! The service from outside, over HTTP: domain by domain, and the story through all of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what is wrong best by panicking where it is, and how much it covered by printing it"
)]

mod account;
mod answers;
mod attachments;
mod audit;
mod backup;
mod broken_off;
mod conclusion_drafts;
mod constraints;
mod database;
mod denials;
mod documents;
mod downloads;
mod drafts;
mod full_disk;
mod hardening;
mod hearings;
mod image_memory;
mod images;
mod in_time;
mod jobs;
mod kept;
mod known_devices;
mod limits;
mod lists;
mod log_in;
mod lost_files;
mod media;
mod older_files;
mod operations;
mod receipts;
mod responses;
mod revoking;
mod roles;
mod sessions;
mod shown_copies;
mod stalled_readers;
mod still;
mod story;
mod turns;
mod unused_files;
mod upload_memory;
mod upload_repeats;
mod uploads;
mod versions;
mod worker;
