//! What is shown of a file: a copy without what names the people who made it. One file for each kind.
//!
//! Whoever reads what a file hangs on gets the copy; staff and the uploader get the original. A content of which no
//! copy can be made is refused when it is uploaded, so that the person who can do something about it hears of it.

mod image;
mod office;
mod pdf;

use std::{fs::File, path::Path};

use openapi::attachments::FileType;

use super::refusal::{Failure, Refusal};

/// What is shown of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The original: nothing in it names people but what its readers read.
    Original,
    /// The copy that was written.
    Copy,
}

/// Makes the copy of a content that is shown, in `copy`, an empty file. The content is one that
/// [`agrees`](super::inspection::agrees) has passed.
///
/// # Errors
/// [`Failure`]: then nothing of the content may be shown.
pub(crate) fn clean(content: &Path, kind: FileType, copy: &mut File) -> Result<Shown, Failure> {
    match kind {
        FileType::Text => Ok(Shown::Original),
        FileType::Png | FileType::Jpeg => image::clean(content, kind, copy),
        FileType::Pdf => pdf::clean(content, copy),
        FileType::Docx | FileType::Xlsx | FileType::Odt => office::clean(content, kind, copy),
        FileType::Unknown => Err(Refusal::Mislabelled { found: None }.into()),
    }
}
