//! A file as it is shown: what it is called, what it is, and where it is fetched.

use chrono::{DateTime, Utc};
use openapi::{
    attachments::{Attachment, Document, FileType, ShownState},
    client::operations as op,
    ids::{DraftId, HearingId, ResponseId},
};
use yew::AttrValue;

use crate::{
    i18n::{I18n, key},
    t,
};

/// A file as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownFile {
    /// What it is called.
    pub name: AttrValue,
    /// What it is.
    pub file_type: FileType,
    /// Its size in bytes.
    pub size: u64,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
    /// Where it is fetched; nothing while the reader cannot.
    pub address: Option<AttrValue>,
    /// Whether there is something of it for the reader.
    pub shown_state: ShownState,
}

impl ShownFile {
    fn new(file: &Attachment, address: String) -> ShownFile {
        ShownFile {
            name: file.name.clone().into(),
            file_type: file.file_type,
            size: file.size.unsigned_abs(),
            uploaded_at: file.uploaded_at,
            address: file.can_be_fetched().then(|| address.into()),
            shown_state: file.shown_state,
        }
    }

    /// A document of a hearing.
    pub fn document(hearing: HearingId, document: &Document) -> ShownFile {
        let address = op::GET_DOCUMENT_CONTENT.address(&[&hearing, &document.id]);
        ShownFile { name: document.title.clone().into(), ..ShownFile::new(&document.file, address) }
    }

    /// A hearing's picture.
    pub fn image(hearing: HearingId, image: &Attachment) -> ShownFile {
        ShownFile::new(image, op::GET_IMAGE_CONTENT.address(&[&hearing, &image.id]))
    }

    /// A file of the reader's unsent answer.
    pub fn of_draft(hearing: HearingId, draft: DraftId, file: &Attachment) -> ShownFile {
        ShownFile::new(file, op::GET_DRAFT_ATTACHMENT.address(&[&hearing, &draft, &file.id]))
    }

    /// A file of an answer, as far as others than staff see it.
    pub fn of_response(hearing: HearingId, response: ResponseId, file: &Attachment) -> ShownFile {
        ShownFile::new(file, op::GET_RESPONSE_ATTACHMENT.address(&[&hearing, &response, &file.id]))
    }

    /// A file of any answer, for the hearing's staff.
    pub fn for_staff(hearing: HearingId, response: ResponseId, file: &Attachment) -> ShownFile {
        ShownFile::new(file, op::GET_STAFF_ATTACHMENT.address(&[&hearing, &response, &file.id]))
    }

    /// Why the reader cannot fetch it now.
    pub fn why_not(&self, i18n: &I18n) -> AttrValue {
        match self.shown_state {
            ShownState::Waiting => t!(i18n, "file-not-looked-at"),
            ShownState::Refused => t!(i18n, "file-not-shown"),
            ShownState::Ready | ShownState::Unknown => t!(i18n, "file-not-yet"),
        }
    }

    /// What it is and how large: »PDF, 1,4 MB«.
    pub fn kind_and_size(&self, i18n: &I18n) -> AttrValue {
        kind_and_size(self.file_type, self.size, i18n)
    }
}

/// What a file is and how large: »PDF, 1,4 MB«.
pub fn kind_and_size(file_type: FileType, size: u64, i18n: &I18n) -> AttrValue {
    format!("{}, {}", t!(i18n, kind(file_type)), i18n.size(size)).into()
}

/// What people call a kind of file.
fn kind(kind: FileType) -> &'static str {
    match kind {
        FileType::Pdf => key("file-type-pdf"),
        FileType::Docx => key("file-type-docx"),
        FileType::Odt => key("file-type-odt"),
        FileType::Xlsx => key("file-type-xlsx"),
        FileType::Png => key("file-type-png"),
        FileType::Jpeg => key("file-type-jpeg"),
        FileType::Text => key("file-type-text"),
        FileType::Unknown => key("file-type-unknown"),
    }
}
