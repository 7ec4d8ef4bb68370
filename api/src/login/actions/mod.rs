//! Logging in and out, and making accounts.

mod account;
mod log_in;
mod log_out;
mod sweep;

pub use self::{
    account::{Person, upsert_account},
    sweep::sweep,
};
pub(super) use self::{
    log_in::{Browser, log_in},
    log_out::{log_out, log_out_everywhere},
};
