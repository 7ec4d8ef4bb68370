//! Files, whatever they hang on: taken in, looked at, handed out, and gone when nothing refers to them any more.
//!
//! A file's row is here, its content in the file store. What it hangs on is the other domains' business: hearings have
//! documents and a picture, answers have attachments. They refer to files and load them through what may see them.

mod actions;
mod apart;
mod archive;
mod cleaning;
mod error;
mod images;
mod inspection;
pub mod jobs;
pub mod queries;
mod refusal;
mod renditions;
mod rows;
pub mod rules;
mod showing;

#[cfg(any(test, feature = "testing"))]
pub use self::images::specimens;
pub use self::{
    actions::{content, take_in, take_in_image},
    apart::Looking,
    archive::{Archive, Entry},
    error::Error,
    refusal::Refusal,
    rows::{File, Image, SeesOriginals, Served, Size},
};
pub(crate) use self::{
    apart::{look_at, looked_at},
    showing::{Made, show_image, shown},
};

/// How many files an answer may have, and how large one may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files of one answer.
    pub files: usize,
    /// Bytes of one file.
    pub bytes: u64,
}
