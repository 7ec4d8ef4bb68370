//! The conclusion of a hearing while its owners and case workers write it. A hearing has one draft of it from the
//! beginning, empty and at version 1: whoever saves first names that version, and two who save first do not overwrite
//! each other. What it said before, each of them finds again.

pub(super) mod actions;
mod queries;
pub(super) mod routes;
mod rows;
mod rules;
