//! The running of the installation, for administrators.

mod jobs;

pub use jobs::Jobs;
