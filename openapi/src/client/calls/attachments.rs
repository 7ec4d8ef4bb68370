//! Files on hearings and answers. What is fetched comes whole: it is meant for small files and for tests; the page links
//! to the addresses instead.

use super::{Answer, Call, operations};
use crate::{
    attachments::{Attachment, Document, DocumentPatch, Upload},
    client::{Client, Transport},
    hearings::ImageQuery,
    ids::{DocumentId, DraftId, FileId, HearingId, ResponseId},
};

operations! {
    /// Changes what a document is called.
    ///
    /// # Errors
    /// `request.precondition_failed` when somebody else was faster, `hearing.wrong_status`, `request.invalid`.
    UPDATE_DOCUMENT = Patch "/hearings/{}/documents/{}",
        update_document(
            at hearing: HearingId,
            at id: DocumentId,
            version version: i64,
            body patch: &DocumentPatch,
        ) reads Document;

    /// Takes a document away.
    ///
    /// # Errors
    /// `request.precondition_failed`, `hearing.wrong_status`.
    DELETE_DOCUMENT = Delete "/hearings/{}/documents/{}",
        delete_document(at hearing: HearingId, at id: DocumentId, version version: i64) ends ();

    /// A document's content.
    ///
    /// # Errors
    /// `request.not_found`, `attachment.unavailable`.
    GET_DOCUMENT_CONTENT = Get "/hearings/{}/documents/{}/content",
        get_document_content(at hearing: HearingId, at id: DocumentId) fetches Vec<u8>;

    /// Takes a hearing's picture away.
    ///
    /// # Errors
    /// `request.not_found` when it has none, `hearing.wrong_status`.
    DELETE_IMAGE = Delete "/hearings/{}/image", delete_image(at hearing: HearingId) ends ();

    /// An image's content, as wide as it is asked for.
    ///
    /// # Errors
    /// `request.not_found` when it is not the hearing's any more.
    GET_IMAGE_CONTENT = Get "/hearings/{}/image/{}/content",
        get_image_content(at hearing: HearingId, at image: FileId, query query: &ImageQuery) fetches Vec<u8>;

    /// Takes a file away from one's own unsent answer.
    ///
    /// # Errors
    /// `request.not_found`, `draft.sent`.
    DELETE_ATTACHMENT = Delete "/hearings/{}/drafts/{}/attachments/{}",
        delete_attachment(at hearing: HearingId, at draft: DraftId, at file: FileId) ends ();

    /// The content of a file on one's own unsent answer.
    ///
    /// # Errors
    /// `request.not_found`, `attachment.unavailable` when it is infected.
    GET_DRAFT_ATTACHMENT = Get "/hearings/{}/drafts/{}/attachments/{}/content",
        get_draft_attachment(at hearing: HearingId, at draft: DraftId, at file: FileId) fetches Vec<u8>;

    /// The content of a file on an answer, as far as others than staff see it; on one's own always.
    ///
    /// # Errors
    /// `request.not_found`, `response.not_shown`, `attachment.unavailable`.
    GET_RESPONSE_ATTACHMENT = Get "/hearings/{}/responses/{}/attachments/{}/content",
        get_response_attachment(at hearing: HearingId, at response: ResponseId, at file: FileId) fetches Vec<u8>;

    /// The content of a file on any answer, for the hearing's staff.
    ///
    /// # Errors
    /// `permission.denied`, `request.not_found`, `attachment.unavailable`.
    GET_STAFF_ATTACHMENT = Get "/hearings/{}/processing/responses/{}/attachments/{}/content",
        get_staff_attachment(at hearing: HearingId, at response: ResponseId, at file: FileId) fetches Vec<u8>;

    /// The files of all answers as a ZIP archive, for the hearing's staff.
    ///
    /// # Errors
    /// `permission.denied` for everybody else who sees the hearing.
    GET_ATTACHMENT_ARCHIVE = Get "/hearings/{}/processing/attachments.zip",
        get_attachment_archive(at hearing: HearingId) fetches Vec<u8>;

    @by_hand
    CREATE_DOCUMENT = Post "/hearings/{}/documents", create_document;
    REPLACE_IMAGE = Put "/hearings/{}/image", replace_image;
    CREATE_ATTACHMENT = Post "/hearings/{}/drafts/{}/attachments", create_attachment;
}

impl<T: Transport> Client<T> {
    /// Adds a document to a hearing; the same `key` and file give the same document again.
    ///
    /// # Errors
    /// `attachment.*` for a file that is not taken, `request.invalid` for its name, `hearing.wrong_status`.
    pub async fn create_document(&self, hearing: HearingId, upload: &Upload, key: &str) -> Answer<Document> {
        self.read(Call::new(CREATE_DOCUMENT).at(hearing).key(key).upload(upload, key)).await
    }

    /// Gives a hearing its picture, in place of the one it has. `boundary` is a text that is not in the file.
    ///
    /// # Errors
    /// `attachment.*` for a file that is not taken, `hearing.wrong_status`, `hearing.incomplete` when the hearing waits
    /// for its start and nothing stands for the picture.
    pub async fn replace_image(&self, hearing: HearingId, upload: &Upload, boundary: &str) -> Answer<Attachment> {
        self.read(Call::new(REPLACE_IMAGE).at(hearing).upload(upload, boundary)).await
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
        self.read(Call::new(CREATE_ATTACHMENT).at(hearing).at(draft).key(key).upload(upload, key)).await
    }
}
