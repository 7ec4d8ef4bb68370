//! Files as they lie in the database, and what of them a reader gets.

use chrono::{DateTime, Utc};
use diesel::{Insertable, Queryable, Selectable};
use openapi::{
    attachments::{Attachment, FileType, ScanState, ShownState},
    ids::{AccountId, FileId},
};

use crate::db::schema::file;

/// A file. What a reader gets of it is a [`Served`]: there is no other way to its content.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = file, check_for_backend(diesel::pg::Pg))]
#[allow(missing_docs, reason = "the columns carry their comments in the database")]
pub struct File {
    pub id: FileId,
    pub uploaded_by: AccountId,
    pub name: String,
    pub file_type: FileType,
    pub size: i64,
    pub sha256: Vec<u8>,
    pub scan_state: ScanState,
    pub created_at: DateTime<Utc>,
    pub shown_id: Option<FileId>,
    pub shown_size: Option<i64>,
    pub shown_sha256: Option<Vec<u8>>,
    pub lost_at: Option<DateTime<Utc>>,
    pub shown_lost_at: Option<DateTime<Utc>>,
    pub shown_state: ShownState,
}

/// Proof that the asker may have originals of what hangs on something: what a file says of the people who made it too.
pub trait SeesOriginals {}

/// A file with the content that one reader gets.
#[derive(Debug, Clone)]
pub struct Served {
    pub(super) id: FileId,
    pub(super) name: String,
    pub(super) file_type: FileType,
    pub(super) scan_state: ScanState,
    pub(super) created_at: DateTime<Utc>,
    pub(super) content: FileId,
    pub(super) size: i64,
    pub(super) sha256: Vec<u8>,
    /// Whether this content is known to be lost.
    pub(super) lost: bool,
    /// Whether the reader gets this content.
    pub(super) state: ShownState,
}

/// A file that was uploaded and that nothing refers to yet.
#[derive(Debug, Clone)]
pub struct Uploaded {
    /// The file.
    pub file: File,
    /// The sizes in which an image is shown that stands in a page, the narrowest first.
    pub sizes: Vec<Size>,
}

/// A size of an image.
#[derive(Debug, Clone)]
pub struct Size {
    /// Pixels in a row.
    pub width: i32,
    /// Rows of pixels.
    pub height: i32,
    /// Its own file.
    pub file: File,
}

impl File {
    /// The file for those who see what it hangs on: the original for its uploader; for everybody else the copy that is shown,
    /// or the original once it was looked at and nothing in it names people. Until then they get nothing of it.
    #[must_use]
    pub fn shown_to(self, reader: Option<AccountId>) -> Served {
        if reader == Some(self.uploaded_by) {
            return self.whole();
        }
        let state = self.shown_state;
        match (self.shown_id, self.shown_size, &self.shown_sha256) {
            (Some(copy), Some(size), Some(sha256)) => {
                let (sha256, lost) = (sha256.clone(), self.shown_lost_at.is_some());
                Served { state, ..self.with(copy, size, sha256, lost) }
            }
            _ => Served { state, ..self.whole() },
        }
    }

    /// The file as it was uploaded, for staff.
    #[must_use]
    pub fn original(self, _: &impl SeesOriginals) -> Served {
        self.whole()
    }

    pub(super) fn whole(self) -> Served {
        let (id, size, sha256, lost) = (self.id, self.size, self.sha256.clone(), self.lost_at.is_some());
        self.with(id, size, sha256, lost)
    }

    fn with(self, content: FileId, size: i64, sha256: Vec<u8>, lost: bool) -> Served {
        let Self { id, name, file_type, scan_state, created_at, .. } = self;
        let state = ShownState::Ready;
        Served { id, name, file_type, scan_state, created_at, content, size, sha256, lost, state }
    }

    /// What the store calls its contents: its original and the copy that is shown.
    pub(super) fn contents(&self) -> impl Iterator<Item = FileId> + use<> {
        [Some(self.id), self.shown_id].into_iter().flatten()
    }

    /// Bytes of its contents together.
    pub(super) fn stored_bytes(&self) -> u64 {
        self.size.unsigned_abs() + self.shown_size.map_or(0, i64::unsigned_abs)
    }
}

impl Served {
    /// Bytes of its content.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.size.unsigned_abs()
    }

    /// Its content in the file store.
    #[cfg(test)]
    pub(crate) fn content(&self) -> FileId {
        self.content
    }

    /// SHA-256 of its content.
    #[must_use]
    pub fn sha256(&self) -> &[u8] {
        &self.sha256
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    #[must_use]
    pub fn file_type(&self) -> FileType {
        self.file_type
    }

    /// The file as its reader sees it beside what it hangs on.
    #[must_use]
    pub fn into_wire(self) -> Attachment {
        Attachment {
            id: self.id,
            name: self.name,
            file_type: self.file_type,
            size: self.size,
            scan_state: self.scan_state,
            shown_state: self.state,
            uploaded_at: self.created_at,
        }
    }
}
