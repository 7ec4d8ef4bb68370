//! `agora look-at` looks at one uploaded file, `agora show-image` makes the sizes in which an image is
//! shown, both with little memory. The server starts them, and nobody else needs to.

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
        print!("{}", attachments::inspect(kind(&self.kind), &self.content, &self.copy)?);
        Ok(())
    }
}

/// What `agora show-image` is told.
#[derive(Debug, Args)]
pub(super) struct ShowImage {
    /// What the file's name says it is.
    kind: String,
    /// The file.
    content: PathBuf,
    /// Where the sizes go, one behind the other.
    sizes: PathBuf,
}

impl ShowImage {
    pub(super) fn run(self) -> anyhow::Result<()> {
        print!("{}", attachments::show_image(kind(&self.kind), &self.content, &self.sizes)?);
        Ok(())
    }
}

fn kind(name: &str) -> FileType {
    FileType::ALL.iter().copied().find(|kind| kind.as_str() == name).unwrap_or(FileType::Unknown)
}
