//! `agora look-at`: looks at one file that somebody has uploaded, with little memory. The server starts it, and nobody else
//! needs to.

use std::path::PathBuf;

use clap::Args;
use openapi::attachments::FileType;

use crate::attachments;

/// What `agora look-at` is told.
#[derive(Debug, Args)]
pub(super) struct LookAt {
    /// What the file's name says it is.
    kind: String,
    /// The file.
    content: PathBuf,
    /// Where the copy goes that is shown.
    copy: PathBuf,
}

impl LookAt {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let kind = FileType::ALL.iter().copied().find(|kind| kind.as_str() == self.kind);
        print!("{}", attachments::look_at(kind.unwrap_or(FileType::Unknown), &self.content, &self.copy)?);
        Ok(())
    }
}
