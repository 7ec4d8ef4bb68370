//! Makes the sizes in which an image is shown, in a process of its own as [`super::apart`] does: decoding is where images
//! break those who read them.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use openapi::{attachments::FileType, ids::AccountId};
use serde::{Deserialize, Serialize};

use super::{
    Error,
    apart::{self, Bounds, Looked},
    images::Unfit,
    refusal::{Failure, Refusal},
    renditions::{self, Rendition},
};
use crate::looking::Looking;
use crate::ports::files::{Incoming, place};

/// The command of this program that makes the sizes of one image.
const COMMAND: &str = "show-image";

/// Bytes of memory that it may take beside the image's file: what decoding may hold, the largest size twice while it is
/// turned, and the program itself.
const MEMORY: u64 = renditions::MEMORY + 32 * 1024 * 1024;

/// Seconds of a core that it may take. Fifty million pixels take some two, and many times as many in code that is not
/// optimised.
const SECONDS: u64 = if cfg!(debug_assertions) { 60 } else { 20 };

/// A size of an image, made anew.
#[derive(Debug)]
pub(crate) struct Made {
    /// Pixels in a row.
    pub(crate) width: i32,
    /// Rows of pixels.
    pub(crate) height: i32,
    /// Its file.
    pub(crate) content: Incoming,
}

/// What a process says of one of the sizes, which lie one behind the other in the file it was given.
#[derive(Debug, Serialize, Deserialize)]
struct Said {
    width: u32,
    height: u32,
    bytes: u64,
}

impl Looking {
    /// Makes the sizes of a person's image that was looked at, the narrowest first.
    ///
    /// # Errors
    /// What is wrong with it; [`Error::Busy`] when too many wait.
    pub(super) async fn sizes_of(
        &self,
        person: AccountId,
        looked: Looked,
        kind: FileType,
        folder: &Path,
    ) -> Result<(Looked, Vec<Made>), Error> {
        let folder = folder.to_owned();
        let sized = self.in_turn(&self.sizing, person, kind, move |program| {
            let sizes = place(&folder)?;
            let content = looked.copy.as_ref().unwrap_or(&looked.original).path();
            let said: Vec<Said> = apart::run(program, COMMAND, kind, [content, sizes.as_ref()], &folder)?;
            Ok((divided(&sizes, &said, &folder)?, looked))
        });
        let (made, looked) = sized.await?;
        Ok((looked, made))
    }
}

/// Makes the sizes of one image as the process that was started for it, and says what it made.
///
/// # Errors
/// When the disk fails.
pub(crate) fn show_image(kind: FileType, content: &Path, sizes: &Path) -> io::Result<String> {
    let bounds = |size: u64| Bounds { memory: size.saturating_add(MEMORY), seconds: SECONDS };
    apart::said(content, bounds, || written(kind, content, sizes))
}

/// Makes the sizes of an image that the program has brought itself, in this process.
///
/// # Errors
/// What is wrong with it.
pub(crate) async fn sized_here(content: Incoming, kind: FileType, folder: &Path) -> Result<Vec<Made>, Error> {
    let folder = folder.to_owned();
    apart::here(kind, move || {
        let sizes = place(&folder)?;
        let said = written(kind, content.path(), &sizes)?;
        Ok(divided(&sizes, &said, &folder)?)
    })
    .await
}

fn written(kind: FileType, content: &Path, sizes: &Path) -> Result<Vec<Said>, Failure> {
    let mut file = File::options().write(true).truncate(true).open(sizes)?;
    let mut said = Vec::new();
    for Rendition { width, height, content } in renditions::make(content, kind)? {
        file.write_all(&content)?;
        said.push(Said { width, height, bytes: content.len() as u64 });
    }
    Ok(said)
}

/// What lies one behind the other, each in a file of its own.
fn divided(sizes: &Path, said: &[Said], folder: &Path) -> io::Result<Vec<Made>> {
    let all = File::open(sizes)?;
    let mut made = Vec::new();
    for Said { width, height, bytes } in said {
        let one = place(folder)?;
        io::copy(&mut (&all).take(*bytes), &mut File::options().write(true).open(&one)?)?;
        let pixels = |length: u32| i32::try_from(length).map_err(io::Error::other);
        made.push(Made { width: pixels(*width)?, height: pixels(*height)?, content: Incoming::measured(one)? });
    }
    Ok(made)
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Damaged => Refusal::Damaged.into(),
            Unfit::TooLarge { megapixels } => Refusal::ImageTooLarge { megapixels }.into(),
            Unfit::Unreadable(error) => Self::Disk(error),
        }
    }
}
