//! A hearing's documents.

mod actions;
pub(crate) mod queries;
pub(super) mod routes;
mod rows;
