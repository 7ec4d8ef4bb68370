//! Files for tests, small and true to their kinds; and what must not be left of files at a test's end.

use std::{
    collections::BTreeSet,
    io::{self, Cursor, Write},
    ops::Range,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use api::ports::files::{Content, FileStore, Incoming, Listing, LocalFiles, Pending, StoreError};
use openapi::{attachments::Upload, ids::FileId};
use uuid::Uuid;
use walkdir::WalkDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::Database;

/// What a Word document without macros says of its main part.
pub const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// A file with this name and content.
#[must_use]
pub fn upload(name: &str, content: impl Into<Vec<u8>>) -> Upload {
    Upload { file: content.into(), name: name.to_owned() }
}

/// A PDF document.
#[must_use]
pub fn pdf(name: &str) -> Upload {
    upload(name, format!("%PDF-1.7\n% {name}\n"))
}

/// A PNG picture.
#[must_use]
pub fn png(name: &str) -> Upload {
    upload(name, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec())
}

/// A text.
#[must_use]
pub fn txt(name: &str, text: &str) -> Upload {
    upload(name, text)
}

/// An office document whose main part is of this kind, with one part more.
#[must_use]
pub fn office(name: &str, main: &str, part: &str) -> Upload {
    let types = format!("<Types><Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("[Content_Types].xml", types.as_str()), ("word/document.xml", "<w/>"), (part, "x")] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    upload(name, zip.finish().unwrap().into_inner())
}

/// The body of a request that sends a file as a browser does, and its media type.
#[must_use]
pub fn form(upload: &Upload) -> (Vec<u8>, String) {
    let boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n",
        upload.name
    );
    let body = [head.as_bytes(), &upload.file, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    (body, format!("multipart/form-data; boundary={boundary}"))
}

/// Every file in a folder, however deep.
#[must_use]
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).into_iter().map(|entry| entry.expect("the folder can be read"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// Contents in a folder of files that no row knows of, and uploads that broke off: there must be none, ever.
pub(crate) async fn strays(folder: &Path, database: &Database) -> Vec<PathBuf> {
    let rows = database.owner().query("SELECT id FROM file", &[]).await.unwrap();
    let known: BTreeSet<String> = rows.iter().map(|row| row.get::<_, Uuid>(0).simple().to_string()).collect();
    let is_known =
        |path: &PathBuf| path.file_name().and_then(|name| name.to_str()).is_some_and(|id| known.contains(id));
    files_in(folder).into_iter().filter(|path| !is_known(path)).collect()
}

/// A file store that can go away and come back, and be full.
pub struct Breakable {
    store: LocalFiles,
    away: AtomicBool,
    full: AtomicBool,
}

impl Breakable {
    /// In this folder, and there.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        let store = LocalFiles::open(folder).expect("the folder is one");
        Self { store, away: AtomicBool::new(false), full: AtomicBool::new(false) }
    }

    /// From now on full, or with room.
    pub fn fill(&self, full: bool) {
        self.full.store(full, Ordering::SeqCst);
    }

    /// What keeps something: not while it is full.
    fn keeping<'a, T: Send + 'a>(&self, otherwise: Pending<'a, T>) -> Pending<'a, T> {
        let full = self.full.load(Ordering::SeqCst);
        let no_room = || io::Error::from(io::ErrorKind::StorageFull);
        if full { Box::pin(async move { Err(no_room().into()) }) } else { self.pending(otherwise) }
    }

    /// From now on away, or there.
    pub fn go_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    fn pending<'a, T: Send + 'a>(&self, otherwise: Pending<'a, T>) -> Pending<'a, T> {
        let away = self.away.load(Ordering::SeqCst);
        if away { Box::pin(async { Err(StoreError::Failed("told to be away".into())) }) } else { otherwise }
    }
}

impl FileStore for Breakable {
    fn adapter(&self) -> &'static str {
        "breakable"
    }

    fn incoming(&self) -> &Path {
        self.store.incoming()
    }

    fn put(&self, id: FileId, content: Incoming) -> Pending<'_, ()> {
        self.keeping(self.store.put(id, content))
    }

    fn get(&self, id: FileId, range: Range<u64>) -> Pending<'_, Content> {
        self.pending(self.store.get(id, range))
    }

    fn remove(&self, id: FileId) -> Pending<'_, ()> {
        self.pending(self.store.remove(id))
    }

    fn size(&self, id: FileId) -> Pending<'_, u64> {
        self.pending(self.store.size(id))
    }

    fn list(&self) -> Listing<'_> {
        self.store.list()
    }

    fn check(&self) -> Pending<'_, ()> {
        self.keeping(self.store.check())
    }
}
