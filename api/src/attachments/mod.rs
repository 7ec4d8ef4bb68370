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
mod download;
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
mod uploading;
pub mod verify;

pub use self::{
    actions::{check_quota, content},
    archive::{Contents, Entry, archive},
    download::{Download, Shown, disposition},
    error::Error,
    refusal::Refusal,
    removal::BACKUP_LOCK,
    rows::{File, SeesOriginals, Served, Size, Uploaded},
};
#[cfg(any(test, feature = "testing"))]
pub use self::{cleaning::specimens as media_specimens, images::specimens};

pub(crate) use self::{
    apart::{inspect, inspected_here},
    showing::{Made, show_image, sized_here},
    uploading::{Destination, receive},
};
