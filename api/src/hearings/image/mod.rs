//! A hearing's picture.

mod actions;
pub(super) mod queries;
pub(super) mod routes;
