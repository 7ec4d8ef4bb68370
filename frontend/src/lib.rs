//! Agora's interface. Two thin binaries, `portal` and `workspace`, on this library: whoever only reads and answers
//! never downloads the staff's pages.
//!
//! A page owns data and layout, a component owns neither; logic lives in plain modules that are tested natively.

pub mod app;
pub mod aside;
pub mod audit_text;
pub mod case_text;
pub mod clock;
pub mod components;
pub mod config;
pub mod dom;
pub mod facets;
pub mod file_rules;
pub mod form_errors;
pub mod hearing_text;
pub mod hooks;
pub mod i18n;
pub mod kept;
pub mod markdown_edit;
pub mod markdown_view;
pub mod new_version;
pub mod pages;
pub mod paging;
pub mod remote;
pub mod route;
pub mod sent;
pub mod served;
pub mod session;
pub mod shown_file;
pub mod shown_response;
pub mod transport;
pub mod unsaved;
pub mod upload;
