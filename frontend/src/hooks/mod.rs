//! What components share in behaviour.

mod use_action;
mod use_autosave;
mod use_back_online;
mod use_competition;
mod use_facets;
mod use_form;
mod use_kept;
mod use_leave_warning;
mod use_lost_access;
mod use_query;
mod use_remote;
mod use_rows;
mod use_uploads;

pub use use_action::{Action, use_action};
pub use use_autosave::{Autosave, SaveStatus, use_autosave};
pub use use_back_online::use_back_online;
pub use use_competition::{Competition, Theirs, VersionedForm, use_competition};
pub use use_facets::use_facets;
pub use use_form::{FormState, use_form};
pub use use_kept::use_kept;
pub use use_leave_warning::{leave_knowingly, use_leave_warning};
pub use use_lost_access::{Lost, use_lost_access};
pub use use_query::{ListQuery, NoFilters, Query, use_list_query, use_query};
pub use use_remote::{RemoteHandle, use_remote, use_remote_from};
pub use use_rows::use_rows;
pub use use_uploads::{KeptFile, Stage, UploadEntry, Uploads, use_uploads};
