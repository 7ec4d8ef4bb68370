//! Files on hearings and answers: what they are, which are taken, and how they are checked.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    enums::wire_enum,
    ids::{DocumentId, FileId},
    limits, patch,
    text::{self, Clean, Lines},
    validation::{FieldErrors, Validate},
};

wire_enum! {
    /// The kinds of files that are taken. Decided by the content; the name has to agree with it.
    pub enum FileType {
        /// PDF.
        Pdf = "pdf",
        /// Word, without macros.
        Docx = "docx",
        /// OpenDocument text, without macros.
        Odt = "odt",
        /// Excel, without macros.
        Xlsx = "xlsx",
        /// PNG image.
        Png = "png",
        /// JPEG image.
        Jpeg = "jpeg",
        /// Plain text in UTF-8 or Windows-1252.
        Text = "text",
    }
}

impl FileType {
    /// Those that are pictures.
    pub const IMAGES: &'static [Self] = &[Self::Png, Self::Jpeg];

    /// What the content is sent as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain",
            Self::Unknown => "application/octet-stream",
        }
    }

    /// How names of such files end, without the dot; the usual ending first.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Odt => &["odt"],
            Self::Xlsx => &["xlsx"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Text => &["txt"],
            Self::Unknown => &[],
        }
    }

    /// What a name says a file is; nothing when it ends in none of the endings that are taken.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        let ends_so = |kind: &&Self| kind.extensions().iter().any(|known| known.eq_ignore_ascii_case(ending));
        Self::ALL.iter().find(ends_so).copied().filter(|_| !stem.is_empty())
    }
}

wire_enum! {
    /// What is known of a file's harmlessness.
    pub enum ScanState {
        /// No virus scanner is set up: nobody has looked.
        NotScanned = "not_scanned",
        /// Waits for the virus scanner; until then only who uploaded it can fetch it.
        Waiting = "waiting",
        /// The virus scanner found nothing.
        Clean = "clean",
        /// The virus scanner found something; nobody can fetch it.
        Infected = "infected",
    }
}

impl ScanState {
    /// Whether others than who uploaded the file can fetch it.
    #[must_use]
    pub const fn is_available(self) -> bool {
        matches!(self, Self::NotScanned | Self::Clean)
    }
}

wire_enum! {
    /// Whether there is something of a file for the caller. Others than the uploader and those who process responses get a copy, or the original
    /// where nothing in it names people; which of the two, looking at it decides.
    pub enum ShownState {
        /// There is.
        Ready = "ready",
        /// Not yet: an older version took it in, and a job is about to look at it.
        Waiting = "waiting",
        /// There is not: no copy of it can be made.
        Refused = "refused",
    }
}

/// A file on a hearing or an answer. Never changes; its content lies at `…/content` below its own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// The file.
    pub id: FileId,
    /// Its name, as whoever uploaded it called it.
    pub name: String,
    /// What it is.
    pub file_type: FileType,
    /// The size in bytes of what the caller gets of it.
    pub size: i64,
    /// What is known of its harmlessness.
    pub scan_state: ScanState,
    /// Whether there is something of it for the caller. Of a hearing's image there is once its sizes are made.
    pub shown_state: ShownState,
    /// When it was uploaded.
    pub uploaded_at: DateTime<Utc>,
}

impl Attachment {
    /// Whether it can be fetched now: the virus scanner has passed it, and there is something of it for the caller.
    #[must_use]
    pub fn can_be_fetched(&self) -> bool {
        self.scan_state.is_available() && self.shown_state == ShownState::Ready
    }
}

/// A document of a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The document.
    pub id: DocumentId,
    /// Counts every change; goes into `If-Match` as `"v3"`.
    pub version: i64,
    /// What it is called on the hearing's page.
    pub title: String,
    /// Its file.
    pub file: Attachment,
}

/// A change of a hearing's document, as JSON Merge Patch: what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DocumentPatch {
    /// What it is called on the hearing's page.
    #[serde(deserialize_with = "patch::kept", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = String, required = false, min_length = 1, max_length = 200))]
    pub title: Option<String>,
}

impl Validate for DocumentPatch {
    fn clean(&mut self) {
        self.title.clean(Lines::One);
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(title) = &self.title {
            errors.present("/title", title);
            errors.text("/title", title, limits::DOCUMENT_TITLE);
        }
        errors.finish()
    }
}

/// A file on its way in: `multipart/form-data` with one part, `file`, which has a file name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Upload {
    /// The file.
    #[cfg_attr(feature = "server", schema(value_type = String, format = Binary))]
    pub file: Vec<u8>,
    /// Its name, which stands in the part's header.
    #[cfg_attr(feature = "server", schema(ignore))]
    pub name: String,
}

/// The part of an upload that holds the file.
pub const FILE_PART: &str = "file";

/// Checks a file's name, cleaned by [`crate::text::name`]: one that no file system and no reader takes for anything else.
///
/// # Errors
/// What is wrong with it, at `/file`.
pub fn validate_name(name: &str) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    let pointer = format!("/{FILE_PART}");
    errors.require(!text::is_blank(name), &pointer, "name.required", "needs a name");
    let length = name.chars().count();
    if length > limits::FILE_NAME {
        let detail = format!("has a name of {length} characters; at most {} are allowed", limits::FILE_NAME);
        errors.add(&pointer, "name.too_long", detail);
    }
    let is_no_path = !name.contains(['/', '\\']) && !name.starts_with('.');
    errors.require(is_no_path, &pointer, "name.path", "needs a name without folders and without a dot in front");
    errors.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_files_are() {
        assert_eq!(FileType::of_name("Høringssvar.PDF"), Some(FileType::Pdf));
        assert_eq!(FileType::of_name("a.b.jpeg"), Some(FileType::Jpeg));
        for other in ["notat", "notat.", "notat.docm", "pdf", ".pdf", "notat.pdf.exe"] {
            assert_eq!(FileType::of_name(other), None, "{other}");
        }
    }

    #[test]
    fn a_name_is_a_name_and_nothing_else() {
        assert_eq!(validate_name("Svar fra ældrerådet (endeligt) – æøå 100 %.pdf"), Ok(()));
        let longest = format!("{}.pdf", "å".repeat(limits::FILE_NAME - 4));
        assert_eq!(validate_name(&longest), Ok(()));
        for (wrong, code) in [
            ("", "name.required"),
            ("../../etc/passwd.txt", "name.path"),
            ("..\\x.txt", "name.path"),
            (".htaccess.txt", "name.path"),
            (&format!("å{longest}"), "name.too_long"),
        ] {
            let errors = validate_name(wrong).unwrap_err();
            assert_eq!(errors.0[0].code, code, "{wrong:?}");
            assert_eq!(errors.0[0].pointer, "/file");
        }
    }
}
