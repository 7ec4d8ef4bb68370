//! A hearing's picture.

pub(super) mod actions;
pub(crate) mod queries;
pub(super) mod routes;
