//! Images without what cameras and programs write into them.

use std::{io::Write, path::Path};

use openapi::attachments::FileType;

use super::Shown;
use crate::attachments::refusal::Failure;

/// Makes the copy of an image that is shown; also asked for images within documents.
///
/// # Errors
/// [`Failure`]: then nothing of the image may be shown.
pub(super) fn clean(_content: &Path, _kind: FileType, _copy: &mut dyn Write) -> Result<Shown, Failure> {
    Ok(Shown::Original)
}
