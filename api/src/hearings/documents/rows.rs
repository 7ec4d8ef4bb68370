//! Documents as they lie in the database.

use diesel::{Insertable, Queryable, Selectable};
use openapi::{
    attachments::Document,
    ids::{DocumentId, FileId, HearingId},
};

use crate::{attachments::Served, db::schema::hearing_document, http::AtVersion};

/// A document.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = hearing_document, check_for_backend(diesel::pg::Pg))]
pub(super) struct DocumentRow {
    pub(super) id: DocumentId,
    pub(super) version: i64,
    pub(super) hearing_id: HearingId,
    pub(super) file_id: FileId,
    pub(super) position: i32,
    pub(super) title: String,
}

impl AtVersion for DocumentRow {
    fn version(&self) -> i64 {
        self.version
    }
}

impl DocumentRow {
    pub(super) fn into_wire(self, file: Served) -> Document {
        Document { id: self.id, version: self.version, title: self.title, file: file.into_wire() }
    }
}
