//! Unsent answers: begun once, saved often, seen by their author alone.

mod actions;
pub(super) mod queries;
pub(super) mod routes;
