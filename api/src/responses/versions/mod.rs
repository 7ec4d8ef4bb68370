//! What becomes of sent answers until the deadline: edited, with what they said before kept for staff, or withdrawn.

pub(super) mod actions;
mod queries;
pub(super) mod routes;
