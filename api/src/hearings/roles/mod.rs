//! Who does what on one hearing.

mod actions;
mod queries;
pub(super) mod routes;
