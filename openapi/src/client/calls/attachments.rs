//! Files on hearings and answers. What is fetched comes whole: it is meant for small files and for tests; the page links
//! to the addresses instead.

use super::{Answer, Call};
use crate::{
    attachments::{Attachment, Document, DocumentPatch, Upload},
    client::{Client, Transport, operations as op},
    hearings::ImageQuery,
    ids::{DocumentId, DraftId, FileId, HearingId, ResponseId},
};

impl<T: Transport> Client<T> {
    /// Adds a document to a hearing; the same `key` and file give the same document again.
    ///
    /// # Errors
    /// `attachment.*` for a file that is not taken, `request.invalid` for its name, `hearing.wrong_status`.
    pub async fn create_document(&self, hearing: HearingId, upload: &Upload, key: &str) -> Answer<Document> {
        self.read(Call::new(op::CREATE_DOCUMENT).at(hearing).key(key).upload(upload, key)).await
    }

    /// Changes what a document is called.
    ///
    /// # Errors
    /// `request.precondition_failed` when somebody else was faster, `hearing.wrong_status`, `request.invalid`.
    pub async fn update_document(
        &self,
        hearing: HearingId,
        id: DocumentId,
        version: i64,
        patch: &DocumentPatch,
    ) -> Answer<Document> {
        self.read(Call::new(op::UPDATE_DOCUMENT).at(hearing).at(id).version(version).body(patch)).await
    }

    /// Takes a document away.
    ///
    /// # Errors
    /// `request.precondition_failed`, `hearing.wrong_status`.
    pub async fn delete_document(&self, hearing: HearingId, id: DocumentId, version: i64) -> Answer<()> {
        self.call(Call::new(op::DELETE_DOCUMENT).at(hearing).at(id).version(version)).await.map(drop)
    }

    /// A document's content.
    ///
    /// # Errors
    /// `request.not_found`, `attachment.unavailable`.
    pub async fn get_document_content(&self, hearing: HearingId, id: DocumentId) -> Answer<Vec<u8>> {
        self.fetch(Call::new(op::GET_DOCUMENT_CONTENT).at(hearing).at(id)).await
    }

    /// Gives a hearing its picture, in place of the one it has. `boundary` is a text that is not in the file.
    ///
    /// # Errors
    /// `attachment.*` for a file that is not taken, `hearing.wrong_status`, `hearing.incomplete` when the hearing waits
    /// for its start and nothing stands for the picture.
    pub async fn replace_image(&self, hearing: HearingId, upload: &Upload, boundary: &str) -> Answer<Attachment> {
        self.read(Call::new(op::REPLACE_IMAGE).at(hearing).upload(upload, boundary)).await
    }

    /// Takes a hearing's picture away.
    ///
    /// # Errors
    /// `request.not_found` when it has none, `hearing.wrong_status`.
    pub async fn delete_image(&self, hearing: HearingId) -> Answer<()> {
        self.call(Call::new(op::DELETE_IMAGE).at(hearing)).await.map(drop)
    }

    /// An image's content, as wide as it is asked for.
    ///
    /// # Errors
    /// `request.not_found` when it is not the hearing's any more.
    pub async fn get_image_content(&self, hearing: HearingId, image: FileId, query: &ImageQuery) -> Answer<Vec<u8>> {
        self.fetch(Call::new(op::GET_IMAGE_CONTENT).at(hearing).at(image).query(query)).await
    }

    /// Adds a file to one's own unsent answer; the same `key` and file give the same thing again.
    ///
    /// # Errors
    /// `attachment.*` for a file that is not taken, `request.invalid` for its name, `hearing.deadline_passed`,
    /// `draft.sent`.
    pub async fn create_attachment(
        &self,
        hearing: HearingId,
        draft: DraftId,
        upload: &Upload,
        key: &str,
    ) -> Answer<Attachment> {
        self.read(Call::new(op::CREATE_ATTACHMENT).at(hearing).at(draft).key(key).upload(upload, key)).await
    }

    /// Takes a file away from one's own unsent answer.
    ///
    /// # Errors
    /// `request.not_found`, `draft.sent`.
    pub async fn delete_attachment(&self, hearing: HearingId, draft: DraftId, file: FileId) -> Answer<()> {
        self.call(Call::new(op::DELETE_ATTACHMENT).at(hearing).at(draft).at(file)).await.map(drop)
    }

    /// The content of a file on one's own unsent answer.
    ///
    /// # Errors
    /// `request.not_found`, `attachment.unavailable` when it is infected.
    pub async fn get_draft_attachment(&self, hearing: HearingId, draft: DraftId, file: FileId) -> Answer<Vec<u8>> {
        self.fetch(Call::new(op::GET_DRAFT_ATTACHMENT).at(hearing).at(draft).at(file)).await
    }

    /// The content of a file on an answer, as far as others than staff see it; on one's own always.
    ///
    /// # Errors
    /// `request.not_found`, `response.not_shown`, `attachment.unavailable`.
    pub async fn get_response_attachment(
        &self,
        hearing: HearingId,
        response: ResponseId,
        file: FileId,
    ) -> Answer<Vec<u8>> {
        self.fetch(Call::new(op::GET_RESPONSE_ATTACHMENT).at(hearing).at(response).at(file)).await
    }

    /// The content of a file on any answer, for the hearing's staff.
    ///
    /// # Errors
    /// `permission.denied`, `request.not_found`, `attachment.unavailable`.
    pub async fn get_staff_attachment(
        &self,
        hearing: HearingId,
        response: ResponseId,
        file: FileId,
    ) -> Answer<Vec<u8>> {
        self.fetch(Call::new(op::GET_STAFF_ATTACHMENT).at(hearing).at(response).at(file)).await
    }

    /// The files of all answers as a ZIP archive, for the hearing's staff.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    pub async fn get_attachment_archive(&self, hearing: HearingId) -> Answer<Vec<u8>> {
        self.fetch(Call::new(op::GET_ATTACHMENT_ARCHIVE).at(hearing)).await
    }
}
