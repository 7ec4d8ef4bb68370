//! Agora's server. What it does is told by the folders: each domain has the same few files (see ARCHITECTURE.md).

pub mod application;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod bell;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod document;
pub mod employees;
#[cfg(test)]
mod foreign;
pub mod hearings;
pub mod heartbeat;
pub mod heavy;
pub mod http;
pub mod identity;
pub mod integrations;
pub mod jobs;
pub mod markdown;
pub mod operations;
pub mod per_person;
pub mod ports;
pub mod responses;
pub mod seed;
pub mod service;
pub mod shutdown;
pub mod telemetry;
pub mod web;
pub mod worker;
