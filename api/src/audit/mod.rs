//! The audit log: who did what, on which object, when, from where.
//!
//! Other domains call [`record`] in the transaction of every change and of every staff read of personal data, and
//! nothing else. That the log cannot be changed is the database's rule, not this code's.

pub(crate) mod entry;
mod erasure;
pub(crate) mod rows;
pub mod seal;
mod tallies;

pub use self::{
    entry::{Change, Entry, Who, record, record_as},
    erasure::erase_values,
    tallies::{flush_tallies, tally},
};
