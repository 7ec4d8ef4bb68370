//! Images without what cameras and programs write into them.

use std::{
    fs::File,
    io::{self, BufReader, Write},
    path::Path,
};

use openapi::attachments::FileType;
use sha2::{Digest, Sha256};

use super::Cleaned;
use crate::attachments::{images, refusal::Failure};

/// Makes the copy of an image that is shown; also asked for images within documents.
///
/// # Errors
/// [`Failure`]: then nothing of the image may be shown.
pub(super) fn clean(content: &Path, kind: FileType, copy: &mut dyn Write) -> Result<Cleaned, Failure> {
    let open = || File::open(content).map(BufReader::new);
    // Looked at as a whole before any of it is written: what is refused leaves no beginning of a copy.
    let (mut original, mut shown) = (Digesting::default(), Digesting::default());
    io::copy(&mut open()?, &mut original)?;
    images::copy(kind, &mut open()?, &mut shown)?;
    if original.0.finalize() == shown.0.finalize() {
        return Ok(Cleaned::Original);
    }
    images::copy(kind, &mut open()?, &mut &mut *copy)?;
    Ok(Cleaned::Copy)
}

/// Takes bytes and keeps but their digest.
#[derive(Default)]
struct Digesting(Sha256);

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
