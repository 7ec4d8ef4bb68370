//! From a template and its data to a PDF.

use std::sync::LazyLock;

use serde::Serialize;
use typst::{
    Library, LibraryExt, World, comemo,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::FONTS;

/// Why a document could not be made: a mistake in this crate, which no text from outside can cause.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data cannot be written as JSON.
    #[error("the data cannot be written as JSON")]
    Data(#[from] serde_json::Error),
    /// Typst refused the template or the document.
    #[error("Typst refused it: {0}")]
    Refused(String),
}

impl Error {
    fn refused(diagnostics: impl IntoIterator<Item = SourceDiagnostic>) -> Self {
        let said: Vec<_> = diagnostics.into_iter().map(|diagnostic| diagnostic.message.to_string()).collect();
        Self::Refused(said.join("; "))
    }
}

/// Sets a template, which finds its data as `data.json`. The same data makes the same bytes.
///
/// # Errors
/// [`Error`].
pub(crate) fn pdf(template: &'static str, data: &impl Serialize) -> Result<Vec<u8>, Error> {
    let desk = Desk { template: Source::new(*TEMPLATE, template.to_owned()), data: serde_json::to_vec(data)? };
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(Error::refused);
    let pdf = document.and_then(|document| {
        let standards =
            PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| Error::Refused(error.message().to_string()))?;
        let options = PdfOptions { standards, ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(Error::refused)
    });
    // Typst remembers what it has set; nothing of one person's document is of use for the next one's.
    comemo::evict(0);
    pdf
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static TEMPLATE: LazyLock<FileId> = LazyLock::new(|| file("main.typ"));
static DATA: LazyLock<FileId> = LazyLock::new(|| file("data.json"));

fn file(name: &str) -> FileId {
    // Both names are this module's own.
    #[allow(clippy::expect_used)]
    let path = VirtualPath::new(name).expect("a plain name is a path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// All that a template can reach: itself, its data and the fonts. No files, no clock, no network.
struct Desk {
    template: Source,
    data: Vec<u8>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        *TEMPLATE
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *TEMPLATE { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(Bytes::new(self.data.clone())) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
