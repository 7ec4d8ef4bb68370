//! Files, whatever they hang on: taken in, looked at, handed out, and gone when nothing refers to them any more.
//!
//! A file's row is here, its content in the file store. What it hangs on is the other domains' business: hearings have
//! documents and a picture, answers have attachments. They refer to files and load them through what may see them.

mod actions;
mod archive;
pub mod contents;
mod error;
mod inspection;
pub mod jobs;
pub mod losses;
pub mod queries;
mod rows;
pub mod rules;
pub mod verify;

pub(crate) use self::error::ROOM_AFTER;
#[cfg(test)]
pub(crate) use self::inspection::agrees;
pub use self::{
    actions::{check_quota, content, take_in},
    archive::{Contents, Entry, archive},
    error::Error,
    rows::File,
};

/// How many files an answer may have, how large one may be, and how much of one person's may lie here unsent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files of one answer.
    pub files: usize,
    /// Bytes of one file.
    pub bytes: u64,
    /// Bytes of all files that one person has uploaded and that belong to nothing sent or published.
    pub unsent: u64,
}
