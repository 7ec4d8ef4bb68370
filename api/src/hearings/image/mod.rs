//! A hearing's picture.

pub(super) mod actions;
pub(super) mod queries;
pub(super) mod routes;
