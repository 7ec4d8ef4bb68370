//! A hearing's documents.

mod actions;
pub(super) mod queries;
pub(super) mod routes;
mod rows;
