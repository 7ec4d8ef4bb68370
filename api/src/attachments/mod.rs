//! Files, whatever they hang on: taken in, looked at, handed out, and gone when nothing refers to them any more.
//!
//! A file's row is here, its content in the file store. What it hangs on is the other domains' business: hearings have
//! documents and a picture, answers have attachments. They refer to files and load them through what may see them.

mod actions;
mod apart;
mod archive;
mod cleaning;
mod error;
mod inspection;
pub mod jobs;
pub mod queries;
mod refusal;
mod rows;
pub mod rules;

pub(crate) use self::apart::{look_at, looked_at};
pub use self::{
    actions::{content, take_in},
    apart::Looking,
    archive::{Archive, Entry},
    error::Error,
    refusal::Refusal,
    rows::{File, SeesOriginals, Served},
};

/// How many files an answer may have, and how large one may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files of one answer.
    pub files: usize,
    /// Bytes of one file.
    pub bytes: u64,
}
