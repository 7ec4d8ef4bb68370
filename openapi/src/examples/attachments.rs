//! Files of the hearing and of its answer.

use uuid::uuid;

use super::at;
use crate::{
    attachments::{Attachment, Document, DocumentPatch, FileType, ScanState, ShownState},
    ids::{DocumentId, FileId},
};

const TITLE: &str = "Udkast til retningslinje for hjemmearbejde";

pub(super) fn attachment() -> Attachment {
    Attachment {
        id: FileId(uuid!("019a9f31-40d2-7b1c-8e57-2a9c6f0d3b71")),
        name: "Vagtplan for skranken.xlsx".to_owned(),
        file_type: FileType::Xlsx,
        size: 38_412,
        scan_state: ScanState::NotScanned,
        shown_state: ShownState::Ready,
        uploaded_at: at(11, 23, 9, 21),
    }
}

pub(super) fn document() -> Document {
    Document {
        id: DocumentId(uuid!("019a9d53-08e4-7f6a-9c02-7d5b1e8a4f62")),
        version: 2,
        title: TITLE.to_owned(),
        file: Attachment {
            id: FileId(uuid!("019a9d53-08e4-7a90-b3d1-0c4f7e2a9b85")),
            name: "retningslinje-udkast.pdf".to_owned(),
            file_type: FileType::Pdf,
            size: 184_320,
            scan_state: ScanState::NotScanned,
            shown_state: ShownState::Ready,
            uploaded_at: at(11, 4, 13, 2),
        },
    }
}

pub(super) fn document_patch() -> DocumentPatch {
    DocumentPatch { title: Some(TITLE.to_owned()) }
}

pub(super) fn image() -> Attachment {
    Attachment {
        id: FileId(uuid!("019a9d53-1f77-7c08-a4e6-5b9d2c0f8e13")),
        name: "raadhuset.jpg".to_owned(),
        file_type: FileType::Jpeg,
        size: 412_760,
        scan_state: ScanState::NotScanned,
        shown_state: ShownState::Ready,
        uploaded_at: at(11, 4, 13, 5),
    }
}
