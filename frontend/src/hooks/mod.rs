//! What components share in behaviour.

mod use_action;
mod use_autosave;
mod use_leave_warning;
mod use_query;
mod use_remote;

pub use use_action::{Action, use_action};
pub use use_autosave::{Autosave, SaveStatus, use_autosave};
pub use use_leave_warning::{leave_knowingly, use_leave_warning};
pub use use_query::{Query, use_query};
pub use use_remote::{RemoteHandle, use_remote};
