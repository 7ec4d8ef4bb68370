//! What is shown of a file: everything that can be seen in it, and nothing of who made it.

mod specimens;

use std::{
    io::{Cursor, Read, Write},
    process::Command,
};

use openapi::{
    attachments::{Attachment, Upload},
    hearings::{Hearing, RespondentShown, ResponsesShown},
    page::PageQuery,
    responses::Receipt,
};
use tests::{App, Person, attachments::upload, key};
use zip::ZipArchive;

use self::specimens::{NAME, WORDS, compressed_pdf, docx, odt, pdf, revised_pdf, xlsx};

/// An open hearing that shows its responses to everybody at once, and of none who sent it.
async fn without_senders(app: &App) -> Hearing {
    let hearing = app.hearing().public().staffed().patch(|patch| {
        patch.responses_shown = Some(ResponsesShown::WhenApproved);
        patch.respondent_shown = Some(RespondentShown::Nothing);
    });
    hearing.open().await
}

async fn send(author: &Person, hearing: &Hearing, files: &[Upload]) -> (Receipt, Vec<Attachment>) {
    let draft = author.write(hearing.id, "Se bilagene").await;
    let mut taken = Vec::new();
    for file in files {
        taken.push(author.create_attachment(hearing.id, draft.id, file, &key()).await.unwrap());
    }
    let sent = author.send_draft(hearing.id, draft.id, draft.version, &author.terms().await, &key()).await;
    (sent.unwrap(), taken)
}

fn files() -> Vec<Upload> {
    vec![
        upload("Svar.pdf", pdf()),
        upload("Pakket.pdf", compressed_pdf()),
        upload("Rettet.pdf", revised_pdf()),
        upload("Svar.docx", docx()),
        upload("Svar.xlsx", xlsx()),
        upload("Svar.odt", odt()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_who_wrote_a_document_but_staff_and_its_author() {
    let app = App::start().await;
    let (author, hearing) = (app.employee(1), without_senders(&app).await);
    let files = files();
    let (receipt, taken) = send(&author, &hearing, &files).await;
    let answer = receipt.response;
    for (file, sent) in taken.iter().zip(&files) {
        assert!(names_somebody(&sent.file), "{}: there is something to take out", sent.name);
        assert_eq!(file.size, i64::try_from(sent.file.len()).unwrap());
        for reader in [app.anonymous(), app.employee(2), app.owner()] {
            let shown = reader.get_response_attachment(hearing.id, answer, file.id).await.unwrap();
            assert!(!names_somebody(&shown), "{}", sent.name);
            assert!(text(&shown).contains(WORDS), "{} still says what it says", sent.name);
            let listed = reader.get_response(hearing.id, answer).await.unwrap();
            let listed = listed.attachments.iter().find(|listed| listed.id == file.id).unwrap();
            assert_eq!(listed.size, i64::try_from(shown.len()).unwrap(), "{}: the size of what is got", sent.name);
        }
        let own = author.get_response_attachment(hearing.id, answer, file.id).await.unwrap();
        assert_eq!(own, sent.file, "{} is its author's as it was", sent.name);
        let staff = app.owner().get_staff_attachment(hearing.id, answer, file.id).await.unwrap();
        assert_eq!(staff, sent.file, "{} is what was received", sent.name);
    }
    let archived = app.owner().get_attachment_archive(hearing.id).await.unwrap();
    assert_eq!(unpacked(&archived).len(), files.len());
    assert!(unpacked(&archived).iter().all(|(_, content)| names_somebody(content)), "staff get the originals");
    let staff = app.owner().list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap().items.remove(0);
    assert_eq!(staff.attachments, taken, "with the originals' sizes");
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

/// Parts, tags and ranges are of what the reader gets: nobody puts a file together from the halves of two.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_one_of_what_the_reader_gets() {
    let app = App::start().await;
    let (author, hearing) = (app.employee(1), without_senders(&app).await);
    let (receipt, taken) = send(&author, &hearing, &[upload("Svar.pdf", pdf())]).await;
    let address =
        format!("/api/v1/hearings/{}/responses/{}/attachments/{}/content", hearing.id, receipt.response, taken[0].id);
    let (own, other) = (author.socket().get(&address).await, app.employee(2).socket().get(&address).await);
    assert_ne!(own.header("etag"), other.header("etag"));
    let shown = other.body.clone();
    assert_eq!(other.header("content-length"), shown.len().to_string());
    let last = app.employee(2).socket().request("GET", &address, &[("Range", "bytes=-10")], None).await;
    assert_eq!((last.status, &last.body[..]), (206, &shown[shown.len() - 10..]));
    assert!(last.header("content-range").ends_with(&format!("/{}", shown.len())));
    let stale = [("Range", "bytes=0-9"), ("If-Range", own.header("etag"))];
    let whole = app.employee(2).socket().request("GET", &address, &stale, None).await;
    assert_eq!((whole.status, whole.body.len()), (200, shown.len()), "a part of another content is not added");
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

/// Documents of hearings are shown in the same way.
#[tokio::test(flavor = "multi_thread")]
async fn a_hearings_documents_name_nobody_either() {
    let app = App::start().await;
    let hearing = app.hearing().public().draft().await;
    let owner = app.owner();
    for file in files() {
        owner.create_document(hearing.id, &file, &key()).await.unwrap();
    }
    let hearing = owner.get_hearing(hearing.id).await.unwrap();
    let reviewer = app.person(tests::Who::Administrator);
    let read = reviewer.get_hearing(hearing.id).await.unwrap();
    for (document, file) in read.documents.iter().zip(files()) {
        let shown = reviewer.get_document_content(hearing.id, document.id).await.unwrap();
        assert!(!names_somebody(&shown), "{}", file.name);
        assert_eq!(document.file.size, i64::try_from(shown.len()).unwrap());
        assert_eq!(owner.get_document_content(hearing.id, document.id).await.unwrap(), file.file);
    }
    app.finish().await;
}

/// Whether a name stands anywhere in a content, in whatever it is packed and in each coding that programs use.
fn names_somebody(content: &[u8]) -> bool {
    let wide = |bytes: fn(u16) -> [u8; 2]| NAME.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    let forms = [
        NAME.as_bytes().to_vec(),
        wide(u16::to_be_bytes),
        wide(u16::to_le_bytes),
        NAME.bytes().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes(),
        b"JHEM".to_vec(),
    ];
    let holds = |bytes: &[u8]| forms.iter().any(|form| bytes.windows(form.len()).any(|found| found == form));
    if holds(content) {
        return true;
    }
    if content.starts_with(b"PK") {
        return unpacked(content).iter().any(|(name, part)| name.contains(NAME) || holds(part));
    }
    if content.starts_with(b"%PDF") {
        let document = lopdf::Document::load_mem(content).unwrap();
        let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
        let unpacked = streams.filter_map(|stream| stream.decompressed_content().ok());
        return format!("{:?}", document.trailer).contains(NAME)
            || poppler("pdfinfo", content).contains(NAME)
            || unpacked.into_iter().any(|stream| holds(&stream))
            || document.objects.values().any(|object| {
                let mut written = Vec::new();
                lopdf::Writer::write_object(&mut written, object).unwrap();
                holds(&written)
            });
    }
    false
}

/// What a reader reads of a document.
fn text(content: &[u8]) -> String {
    if content.starts_with(b"%PDF") {
        return poppler("pdftotext", content);
    }
    let parts = unpacked(content);
    let is_text = |name: &str| ["word/document.xml", "xl/worksheets/sheet1.xml", "content.xml"].contains(&name);
    let main = parts.iter().find(|(name, _)| is_text(name)).expect("the part with the words");
    for (name, part) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        let text = str::from_utf8(part).unwrap();
        assert_eq!(text.matches('<').count(), text.matches('>').count(), "{name}");
    }
    String::from_utf8(main.1.clone()).unwrap()
}

fn unpacked(content: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(content)).unwrap();
    let part = |index| {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(content)).unwrap().len()).map(part).collect()
}

fn poppler(program: &str, content: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content).unwrap();
    let mut command = Command::new(program);
    command.arg(file.path());
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
