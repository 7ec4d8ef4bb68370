//! Who does what on one hearing.

mod actions;
mod queries;
mod revoking;
pub(super) mod routes;
