//! Unsent answers: begun once, saved often, seen by their author alone.

pub(super) mod actions;
pub(super) mod queries;
pub(super) mod routes;
