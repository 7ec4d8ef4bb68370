//! How much memory a large file takes on its way in and out: measured in a process of its own, where nothing else grows.

use std::{
    env,
    fs::{self, File},
    io::{Cursor, Read},
    iter,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use futures::StreamExt;
use openapi::problem::ProblemCode;
use tests::{
    App, Person, Setup,
    attachments::{WORD, archive, pdf_of_size, pdf_with, upload},
    key, refused,
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// What the measured test is told by, so that it does nothing in the usual run.
pub(super) const MEASURED: &str = "AGORA_TEST_MEASURED";

const MEBIBYTE: usize = 1024 * 1024;
const FILE: usize = 100 * MEBIBYTE;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_100_mebibytes_adds_at_most_50() {
    say(&in_a_process_of_its_own("upload_memory::measured").await);
}

/// The same for documents that are made to be large when they are unpacked, for the process that looks at them too.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_unpacks_to_gigabytes_adds_at_most_50() {
    say(&in_a_process_of_its_own("upload_memory::traps").await);
}

fn say(said: &str) {
    println!("{}", said.lines().find(|line| line.contains("MiB in")).expect("it was measured"));
}

/// Runs an ignored test of this program alone, and gives what it says: what else grows or works here is none of it.
pub(super) async fn in_a_process_of_its_own(test: &str) -> String {
    let this = env::current_exe().unwrap();
    let mut measured = Command::new(this);
    measured.args(["--exact", test, "--nocapture", "--include-ignored"]).env(MEASURED, "1");
    let output = tokio::task::spawn_blocking(move || measured.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said.into_owned()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by the test above"]
async fn measured() {
    assert!(env::var_os(MEASURED).is_some(), "run by the test above");
    let app = Setup::default().configure(|config| config.files.attachment_size = 200).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Et stort bilag").await;
    let address = format!("{}/api/v1/hearings/{}/drafts/{}/attachments", app.url(), hearing.id, draft.id);
    // A small one before: what is loaded once is not the file's.
    let (small, large) = (on_disk(MEBIBYTE), on_disk(FILE));
    send(&app, &employee, &address, MEBIBYTE, &small).await;
    let (id, sent) = grown(send(&app, &employee, &address, FILE, &large)).await;
    for place in [small, large] {
        fs::remove_file(place).unwrap();
    }
    let (length, fetched) = grown(fetch(&employee, &format!("{address}/{id}/content"))).await;
    assert_eq!(length, FILE);
    println!("{sent} MiB in, {fetched} MiB out");
    assert!(sent <= 50 && fetched <= 50, "{sent} MiB in, {fetched} MiB out");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by the test above"]
async fn traps() {
    assert!(env::var_os(MEASURED).is_some(), "run by the test above");
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilaget").await;
    // Long enough to be seen, and small.
    let words = format!("<w:document>{}</w:document>", "<w:p></w:p>".repeat(50_000));
    let small = upload("lille.docx", word(words.into_bytes()));
    let (taken, program) =
        beside("look-at", async || employee.create_attachment(hearing.id, draft.id, &small, &key()).await).await;
    taken.unwrap();
    let large = |wide: usize| format!("<a b=\"{}\"/>", "a".repeat(wide * MEBIBYTE)).into_bytes();
    let traps = [
        ("samme.docx", same_name(1_000), ProblemCode::AttachmentUnpacksTooLarge),
        ("to gange.docx", same_name(300), ProblemCode::AttachmentMislabelled),
        ("stor.docx", copies("word/document.xml", 1_000), ProblemCode::AttachmentUnpacksTooLarge),
        ("indlejret.docx", nested(), ProblemCode::AttachmentUnpacksTooLarge),
        ("ord.docx", word(large(100)), ProblemCode::AttachmentUnpacksTooLarge),
        ("mange.xlsx", copies("xl/worksheets/sheet.xml", 1_000), ProblemCode::AttachmentUnpacksTooLarge),
        ("tal.xlsx", excel(large(100)), ProblemCode::AttachmentUnpacksTooLarge),
        ("billeder.odt", copies("Pictures/a.png", 1_000), ProblemCode::AttachmentUnpacksTooLarge),
        ("tekst.odt", open_document(large(100)), ProblemCode::AttachmentUnpacksTooLarge),
        ("mange.pdf", many_objects(), ProblemCode::AttachmentUnpacksTooLarge),
    ];
    let mut most = 0;
    for (name, content, code) in traps {
        let size = content.len().div_ceil(MEBIBYTE);
        let file = upload(name, content);
        let ((refusal, server), beside) =
            beside("look-at", async || grown(employee.create_attachment(hearing.id, draft.id, &file, &key())).await)
                .await;
        assert_eq!(refused(refusal).code, code, "{name}");
        let looking = beside.saturating_sub(program);
        println!(
            "{name}: {size} MiB, {server} MiB in the server, {looking} MiB beside it and the {program} of the program"
        );
        // The form holds the file once more on its way here.
        assert!(server <= 50 + 2 * size, "{name}: {server} MiB in the server");
        let allowed = if name.ends_with(".pdf") { 200 + 2 * size } else { 50 + size };
        assert!(looking <= allowed, "{name}: {looking} MiB beside the server");
        most = most.max(looking);
    }
    assert!(most > 100, "the PDF document was watched: {most} MiB");
    println!("{most} MiB in the process that looks");
    app.finish().await;
}

fn part(name: &str, content: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), content.into())
}

/// An office document whose main part is this.
fn office(main: &str, kind: &str, content: Vec<u8>) -> Vec<u8> {
    let types = format!("<Types><Override PartName=\"/{main}\" ContentType=\"{kind}\"/></Types>");
    let root = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let root = format!("<Relationships><Relationship Id=\"r\" Type=\"{root}\" Target=\"{main}\"/></Relationships>");
    archive(&[part("[Content_Types].xml", types), part("_rels/.rels", root), part(main, content)])
}

fn word(content: Vec<u8>) -> Vec<u8> {
    office("word/document.xml", WORD, content)
}

fn excel(content: Vec<u8>) -> Vec<u8> {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    office("xl/workbook.xml", kind, content)
}

fn open_document(content: Vec<u8>) -> Vec<u8> {
    let listed = "<m:manifest><m:file-entry m:full-path=\"content.xml\"/></m:manifest>";
    archive(&[
        part("mimetype", "application/vnd.oasis.opendocument.text"),
        part("content.xml", content),
        part("META-INF/manifest.xml", listed),
    ])
}

/// A document with one part, many times: each name is the same but for its letters' case.
fn same_name(parts: u32) -> Vec<u8> {
    let name = |number: u32| {
        let mut choices = (0..).map(|place| number >> place & 1 == 1);
        let letter = |letter: char| match letter {
            'a'..='z' if choices.next() == Some(true) => letter.to_ascii_uppercase(),
            _ => letter,
        };
        "[content_types].xml".chars().map(letter).collect()
    };
    repeated((0..parts).map(name))
}

fn copies(name: &str, parts: u32) -> Vec<u8> {
    repeated((0..parts).map(|number| format!("{name}{number}")))
}

/// An archive of parts of a mebibyte each, compressed once.
fn repeated(names: impl Iterator<Item = String>) -> Vec<u8> {
    let mut one = ZipWriter::new(Cursor::new(Vec::new()));
    one.start_file("a", SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut one, &vec![b'a'; MEBIBYTE]).unwrap();
    let mut one = ZipArchive::new(one.finish().unwrap()).unwrap();
    let mut all = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        all.raw_copy_file_rename(one.by_index(0).unwrap(), name).unwrap();
    }
    all.finish().unwrap().into_inner()
}

/// A document with an archive in it that has an archive in it.
fn nested() -> Vec<u8> {
    let types = format!("<Types><Override PartName=\"/word/document.xml\" ContentType=\"{WORD}\"/></Types>");
    let within = |name: &str, content| archive(&[(name.to_owned(), content)]);
    let deep = within("a.xlsx", within("b.xlsx", within("c.xlsx", Vec::new())));
    archive(&[("[Content_Types].xml".to_owned(), types.into_bytes()), ("word/embeddings/a.xlsx".to_owned(), deep)])
}

/// A PDF document whose objects are a hundred times larger in memory than in the file.
fn many_objects() -> Vec<u8> {
    let list = [b"[".to_vec(), b"0 ".repeat(4 * MEBIBYTE), b"]".to_vec()].concat();
    pdf_with(&[list], "/Info 6 0 R", b"Hej", 0)
}

/// What a piece of work gives, and how large the process that this one has started for a command meanwhile was at its
/// largest, in MiB, its program among them.
pub(super) async fn beside<T>(command: &'static str, work: impl AsyncFnOnce() -> T) -> (T, usize) {
    let watched = Watched::begin(command);
    let done = work().await;
    let most = watched.end();
    assert!(most > 0, "a process for {command} was seen");
    (done, most)
}

/// The largest that a process was which this one has started, as far as looking often finds it.
struct Watched {
    most: Arc<AtomicUsize>,
    over: Arc<AtomicBool>,
    thread: thread::JoinHandle<()>,
}

impl Watched {
    fn begin(command: &'static str) -> Self {
        let (most, over) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (found, stop) = (Arc::clone(&most), Arc::clone(&over));
        let thread = thread::spawn(move || {
            while !stop.load(Ordering::SeqCst) {
                let tasks = fs::read_dir("/proc/self/task").unwrap().flatten();
                let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
                for child in children.collect::<String>().split_whitespace() {
                    // Before it is what it was started for it is this one once more.
                    let told = fs::read_to_string(format!("/proc/{child}/cmdline")).unwrap_or_default();
                    if told.split('\0').nth(1) != Some(command) {
                        continue;
                    }
                    let status = fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default();
                    let line = status.lines().find(|line| line.starts_with("VmHWM"));
                    let size = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
                    found.fetch_max(size.unwrap_or(0) / 1024, Ordering::SeqCst);
                }
                thread::sleep(Duration::from_millis(2));
            }
        });
        Self { most, over, thread }
    }

    fn end(self) -> usize {
        self.over.store(true, Ordering::SeqCst);
        self.thread.join().unwrap();
        self.most.load(Ordering::SeqCst)
    }
}

/// What a piece of work gives, and by how many MiB the process was larger at its largest.
pub(super) async fn grown<T>(work: impl Future<Output = T>) -> (T, usize) {
    // From here on the largest size is counted anew.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = kibibytes("VmRSS");
    let done = work.await;
    (done, kibibytes("VmHWM").saturating_sub(before) / 1024)
}

fn kibibytes(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// A PDF document of this size on the disk.
fn on_disk(length: usize) -> PathBuf {
    let place = env::temp_dir().join(format!("agora-stor-{}-{length}.pdf", std::process::id()));
    fs::write(&place, pdf_of_size("stor.pdf", length).file).unwrap();
    place
}

/// Sends a file piece by piece, as a browser does, and tells its id.
async fn send(app: &App, person: &Person, address: &str, length: usize, file: &Path) -> String {
    // From the disk: whole in memory it would count.
    let mut file = File::open(file).unwrap();
    let head = b"--a\r\nContent-Disposition: form-data; name=\"file\"; filename=\"stor.pdf\"\r\n\r\n".to_vec();
    let rest = iter::from_fn(move || {
        let mut piece = vec![0; 4096];
        let length = file.read(&mut piece).unwrap();
        piece.truncate(length);
        Some(piece).filter(|piece| !piece.is_empty())
    });
    let pieces = [head].into_iter().chain(rest).chain([b"\r\n--a--\r\n".to_vec()]);
    let pieces = futures::stream::iter(pieces.map(Ok::<_, std::io::Error>));
    let answer = request(person, reqwest::Client::new().post(address))
        .header("X-CSRF-Token", person.csrf_token())
        .header("Content-Type", "multipart/form-data; boundary=a")
        .body(reqwest::Body::wrap_stream(pieces))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201, "{:?}", app.take_failures());
    let taken: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(taken["size"], length);
    taken["id"].as_str().unwrap().to_owned()
}

async fn fetch(person: &Person, address: &str) -> usize {
    let answer = request(person, reqwest::Client::new().get(address)).send().await.unwrap();
    answer.bytes_stream().map(|piece| piece.unwrap().len()).fold(0, async |sum, piece| sum + piece).await
}

pub(super) fn request(person: &Person, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
    let session = person.socket().cookie("agora_session").unwrap();
    request.header("Cookie", format!("agora_session={session}"))
}
