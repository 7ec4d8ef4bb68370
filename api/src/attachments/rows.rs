//! Files as they lie in the database.

use chrono::{DateTime, Utc};
use diesel::{Insertable, Queryable, Selectable};
use openapi::{
    attachments::{Attachment, FileType, ScanState},
    ids::{AccountId, FileId},
};

use crate::db::schema::file;

/// A file.
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
    pub lost_at: Option<DateTime<Utc>>,
}

impl File {
    /// Its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.size.unsigned_abs()
    }

    /// The file as everybody sees it who sees what it hangs on.
    #[must_use]
    pub fn into_wire(self) -> Attachment {
        Attachment {
            id: self.id,
            name: self.name,
            file_type: self.file_type,
            size: self.size,
            scan_state: self.scan_state,
            uploaded_at: self.created_at,
        }
    }
}
