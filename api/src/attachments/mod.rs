//! Files, whatever they hang on: taken in, looked at, handed out, and gone when nothing refers to them any more.
//!
//! A file's row is here, its content in the file store. What it hangs on is the other domains' business: hearings have
//! documents and a picture, answers have attachments. They refer to files and load them through what may see them.

mod actions;
pub mod afterwards;
mod apart;
mod archive;
mod cleaning;
pub mod contents;
mod error;
mod images;
mod inspection;
pub mod jobs;
pub mod losses;
pub mod queries;
mod refusal;
mod removal;
mod renditions;
mod rows;
pub mod rules;
mod showing;
pub mod verify;

pub use self::{
    actions::{check_quota, content, take_in, take_in_image},
    apart::Looking,
    archive::{Contents, Entry, archive},
    error::Error,
    refusal::Refusal,
    removal::BACKUP_LOCK,
    rows::{File, Image, SeesOriginals, Served, Size},
};
#[cfg(any(test, feature = "testing"))]
pub use self::{cleaning::specimens as media_specimens, images::specimens};
pub use crate::config::FileLimits as Limits;

pub(crate) use self::{
    apart::{look_at, looked_at},
    error::ROOM_AFTER,
    showing::{Made, show_image, shown},
};
