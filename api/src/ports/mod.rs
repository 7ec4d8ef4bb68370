//! What a municipality can swap: each port is a trait with its adapters, chosen by configuration.

pub mod identity;
pub mod mail;
