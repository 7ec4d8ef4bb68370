//! The service from outside, over HTTP: domain by domain, and the story through all of them.

mod account;
mod answers;
mod attachments;
mod audit;
mod backup;
mod database;
mod denials;
mod documents;
mod downloads;
mod drafts;
mod hardening;
mod hearings;
mod jobs;
mod limits;
mod lists;
mod log_in;
mod operations;
mod responses;
mod roles;
mod runner;
mod sessions;
mod story;
mod unused_files;
mod upload_memory;
mod uploads;
mod versions;
