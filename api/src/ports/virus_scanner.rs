//! The virus-scanner port. Adapter so far: none, which says so of every file.

use openapi::attachments::ScanState;

/// Looks for viruses in files.
pub trait VirusScanner: Send + Sync {
    /// Which adapter this is.
    fn adapter(&self) -> &'static str;

    /// What is known of a file in its first second.
    fn first_state(&self) -> ScanState;
}

/// Nobody looks: for development, and shown as such.
#[derive(Debug, Clone, Copy)]
pub struct NoScanner;

impl VirusScanner for NoScanner {
    fn adapter(&self) -> &'static str {
        "none"
    }

    fn first_state(&self) -> ScanState {
        ScanState::NotScanned
    }
}
