//! Answering a hearing, a step an address: write, check, receipt.

mod check;
mod receipt;
mod refused;
mod step;
mod write;

pub(super) use self::{check::Check, receipt::ReceiptPage, write::Write};
