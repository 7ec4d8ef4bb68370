//! Files of answers: added to unsent ones, sent with them, kept as each version had them.

pub(super) mod actions;
pub(super) mod queries;
pub(super) mod routes;
