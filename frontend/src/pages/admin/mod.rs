//! The running of the installation, for administrators.

mod integrations;
mod jobs;

pub use integrations::Integrations;
pub use jobs::Jobs;
