//! Files for tests, small and true to their kinds; and what must not be left of files at a test's end.

use std::{
    collections::BTreeSet,
    io::{self, Cursor, Write},
    ops::Range,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use api::attachments::specimens::Png;
use api::ports::files::{Content, FileStore, Incoming, Listing, LocalFiles, Pending, StoreError};
use futures::stream;
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

/// A PDF document of one page, which says its name.
#[must_use]
pub fn pdf(name: &str) -> Upload {
    upload(name, pdf_with(&[], "", name.as_bytes(), 0))
}

/// A PDF document of so many bytes, at least a thousand.
#[must_use]
pub fn pdf_of_size(name: &str, bytes: usize) -> Upload {
    let least = pdf_with(&[], "", b"", 0).len();
    upload(name, pdf_with(&[], "", b"", bytes - least))
}

/// A PDF document of one page, with objects from 6 on and more in its trailer. Its page says some text, behind which so
/// many blanks stand. Numbers that depend on its size have leading zeros.
#[must_use]
pub fn pdf_with(more: &[Vec<u8>], trailer: &str, text: &[u8], blanks: usize) -> Vec<u8> {
    let hexadecimal: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
    let shown = [format!("BT /F1 12 Tf 72 720 Td <{hexadecimal}> Tj ET").into_bytes(), vec![b' '; blanks]].concat();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
        [format!("<</Length {:010}>>stream\n", shown.len()).into_bytes(), shown, b"\nendstream".to_vec()].concat(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf_of(&objects, trailer)
}

/// A PDF document of these objects, from 1 on; the first is its catalog.
#[must_use]
pub fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut content = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        places += &format!("{:010} 00000 n \n", content.len());
        content.extend([format!("{number} 0 obj\n").into_bytes(), object.clone(), b"\nendobj\n".to_vec()].concat());
    }
    let (size, start) = (objects.len() + 1, content.len());
    let end = format!(
        "xref\n0 {size}\n{places}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start:010}\n%%EOF\n"
    );
    content.extend(end.into_bytes());
    content
}

/// A PNG image of one pixel.
#[must_use]
pub fn png(name: &str) -> Upload {
    upload(name, Png::new(1, 1).file(&[]).unwrap())
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
    let parts = [("[Content_Types].xml", types.as_str()), ("word/document.xml", "<w/>"), (part, "x")];
    upload(name, archive(&parts.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()))))
}

/// An archive of parts.
#[must_use]
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
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

/// Where a content lies in a folder of files.
#[must_use]
pub fn place(folder: &Path, FileId(id): FileId) -> PathBuf {
    let name = id.simple().to_string();
    folder.join("contents").join(&name[name.len() - 2..]).join(name)
}

/// The copy that is shown of a file.
pub async fn shown(database: &Database, FileId(id): FileId) -> FileId {
    FileId(database.owner().query_one("SELECT shown_id FROM file WHERE id = $1", &[&id]).await.unwrap().get(0))
}

/// How many files a database knows. Their contents lie in the folder, each original and each copy that is shown, and
/// nothing else does.
pub async fn files_kept(folder: &Path, database: &Database) -> usize {
    let contents =
        database.count("(SELECT id FROM file UNION SELECT shown_id FROM file WHERE shown_id IS NOT NULL) AS c");
    assert_eq!(files_in(folder).len(), usize::try_from(contents.await).unwrap());
    assert!(strays(folder, database).await.is_empty());
    usize::try_from(database.count("file").await).unwrap()
}

/// Contents in a folder of files that no row knows of, and uploads that broke off: there must be none, ever.
pub(crate) async fn strays(folder: &Path, database: &Database) -> Vec<PathBuf> {
    let rows = database
        .owner()
        .query("SELECT id FROM file UNION SELECT shown_id FROM file WHERE shown_id IS NOT NULL", &[])
        .await
        .unwrap();
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
        let away = self.away.load(Ordering::SeqCst);
        let failed = async { Err(StoreError::Failed("told to be away".into())) };
        if away { Box::pin(stream::once(failed)) } else { self.store.list() }
    }

    fn check(&self) -> Pending<'_, ()> {
        self.keeping(self.store.check())
    }
}
