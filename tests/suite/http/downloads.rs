//! Downloads: whole or in part, saved rather than opened, compared by their tags; and all of a hearing's as an archive.

use std::{
    io::{Cursor, Read},
    sync::Arc,
};

use openapi::{ids::FileId, problem::ProblemCode};
use tests::{
    App, Person, Setup,
    attachments::{Breakable, pdf, pdf_of_size, pdf_with, place, upload},
    key,
};
use zip::ZipArchive;

/// A file on an unsent answer: who may fetch it, where it lies, and what is in it.
async fn file(app: &App) -> (Person, String, Vec<u8>) {
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilaget").await;
    let letters: Vec<u8> = (0..100_000_u32).map(|place| b'a' + u8::try_from(place % 23).unwrap()).collect();
    let content = pdf_with(&[], "", &letters, 0);
    let (file, key) = (upload("Bilag.pdf", content.clone()), key());
    let FileId(id) = employee.create_attachment(hearing.id, draft.id, &file, &key).await.unwrap().id;
    (employee, format!("/api/v1/hearings/{}/drafts/{}/attachments/{id}/content", hearing.id, draft.id), content)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_answered_with_that_part() {
    let app = App::start().await;
    let (employee, address, content) = file(&app).await;
    let size = content.len();
    for (range, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=70000-70999", 70_000, 70_999),
        ("bytes=99999-", 99_999, size - 1),
        ("bytes=-10", size - 10, size - 1),
        ("bytes=100-99999999", 100, size - 1),
    ] {
        let answer = employee.socket().request("GET", &address, &[("Range", range)], None).await;
        assert_eq!((answer.status, &answer.body[..]), (206, &content[first..=last]), "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {first}-{last}/{size}"), "{range}");
        assert_eq!(answer.header("content-length"), (last - first + 1).to_string(), "{range}");
    }
    // Several at once, or what is none, is answered with the whole.
    for range in ["bytes=0-9,20-29", "bytes=9-0", "lines=1-2", "bytes"] {
        let answer = employee.socket().request("GET", &address, &[("Range", range)], None).await;
        assert_eq!((answer.status, answer.body.len()), (200, size), "{range}");
    }
    let behind = employee.socket().request("GET", &address, &[("Range", "bytes=999999-")], None).await;
    assert_eq!((behind.status, behind.problem().code), (416, ProblemCode::RangeNotSatisfiable));
    assert_eq!(behind.header("content-range"), format!("bytes */{size}"));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_another_file_is_not_added_to_this_one() {
    let app = App::start().await;
    let (employee, address, content) = file(&app).await;
    let tag = employee.socket().get(&address).await.header("etag").to_owned();
    for (known, status, length) in [(tag.as_str(), 206, 10), ("\"another\"", 200, content.len())] {
        let headers = [("Range", "bytes=0-9"), ("If-Range", known)];
        let answer = employee.socket().request("GET", &address, &headers, None).await;
        assert_eq!((answer.status, answer.body.len()), (status, length), "{known}");
    }
    let known = employee.socket().request("GET", &address, &[("If-None-Match", &tag)], None).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    app.finish().await;
}

/// What users upload is saved, never opened as a page of this service, and kept by no proxy.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_saved_and_not_opened() {
    let app = App::start().await;
    let (employee, address, content) = file(&app).await;
    let headers = [("Accept-Encoding", "br, gzip")];
    let answer = employee.socket().request("GET", &address, &headers, None).await;
    assert_eq!((answer.status, answer.body), (200, content.clone()), "not compressed: its parts would not fit");
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("accept-ranges", "bytes"),
        ("cache-control", "no-store"),
        ("content-encoding", ""),
    ] {
        assert_eq!(answer.headers.get(name).map_or("", |found| found.to_str().unwrap()), value, "{name}");
    }
    assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
    assert!(answer.headers["vary"].to_str().unwrap().to_lowercase().contains("cookie"));
    assert_eq!(answer.headers["content-length"].to_str().unwrap(), content.len().to_string());
    app.finish().await;
}

/// Each file once, under a name of its own that begins with its answer's number.
#[tokio::test(flavor = "multi_thread")]
async fn an_archive_holds_every_file_under_a_safe_name() {
    let app = App::start().await;
    let hearing = app.hearing().titled("Nye skoleveje på Åsen").open().await;
    let names = [["Bilag.pdf", "bilag.PDF"], ["Bilag.pdf", "Hvad? \"Nu\" <her>: a|b*.pdf"]];
    for (number, names) in (1..).zip(names) {
        let employee = app.employee(number);
        let draft = employee.write(hearing.id, "Se bilagene").await;
        for name in names {
            employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap();
        }
        let terms = employee.terms().await;
        employee.send_draft(hearing.id, draft.id, draft.version, &terms, &key()).await.unwrap();
    }
    let third = app.employee(3).answer(hearing.id, "Uden bilag").await;
    assert_eq!(third.number, 3);
    let address = format!("/api/v1/hearings/{}/processing/attachments.zip", hearing.id);
    let answer = app.owner().socket().get(&address).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"));
    assert!(answer.header("content-disposition").contains("bilag-nye-skoleveje-paa-aasen.zip"));
    let mut archive = ZipArchive::new(Cursor::new(answer.body)).unwrap();
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        assert!(content.starts_with(b"%PDF-1.7"), "{}", entry.name().unwrap());
        found.push(entry.name().unwrap().into_owned());
    }
    let expected = ["0001-Bilag.pdf", "0001-bilag (2).PDF", "0002-Bilag.pdf", "0002-Hvad_ _Nu_ _her__ a_b_.pdf"];
    assert_eq!(found, expected);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 3);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_leaves_out_what_the_virus_scanner_has_not_passed() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    for name in ["Venter.pdf", "Ren.pdf"] {
        employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap();
    }
    employee.send_draft(hearing.id, draft.id, draft.version, &employee.terms().await, &key()).await.unwrap();
    let waiting = "UPDATE file SET scan_state = 'waiting' WHERE name = 'Venter.pdf'";
    app.database().owner().execute(waiting, &[]).await.unwrap();
    let archive = app.owner().get_attachment_archive(hearing.id).await.unwrap();
    let archive = unpacked(archive);
    let names: Vec<&str> = archive.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["0001-Ren.pdf", "Manglende filer.txt"]);
    let said = "Høringssvar nr. 1: »Venter.pdf« – den er ikke godkendt af virusscanneren.";
    assert!(archive[1].1.contains(said), "{}", archive[1].1);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// What is in an archive, by its name there, as text.
fn unpacked(archive: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("the archive is whole");
    let length = archive.len();
    let entry = |index| {
        let (mut entry, mut content) = (archive.by_index(index).unwrap(), Vec::new());
        entry.read_to_end(&mut content).unwrap();
        (entry.name().unwrap().into_owned(), String::from_utf8_lossy(&content).into_owned())
    };
    (0..length).map(entry).collect()
}

/// A file that cannot be read, here because a folder lies in its place, costs nobody the others either.
#[tokio::test(flavor = "multi_thread")]
async fn an_archive_goes_on_behind_what_cannot_be_read() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    let mut ids = Vec::new();
    for name in ["Ulæselig.pdf", "Her.pdf"] {
        ids.push(employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap().id);
    }
    employee.send_draft(hearing.id, draft.id, draft.version, &employee.terms().await, &key()).await.unwrap();
    let unreadable = place(app.files(), ids[0]);
    std::fs::remove_file(&unreadable).unwrap();
    std::fs::create_dir(&unreadable).unwrap();
    let size = "UPDATE file SET size = $2 WHERE id = $1";
    let folder = i64::try_from(std::fs::metadata(&unreadable).unwrap().len()).unwrap();
    app.database().owner().execute(size, &[&ids[0].0, &folder]).await.unwrap();
    let archive = unpacked(app.owner().get_attachment_archive(hearing.id).await.unwrap());
    let names: Vec<&str> = archive.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["0001-Ulæselig.pdf", "0001-Her.pdf", "Manglende filer.txt"]);
    assert!(archive[1].1.starts_with("%PDF"));
    let said = "Høringssvar nr. 1: »Ulæselig.pdf« – kun begyndelsen af den kunne læses.";
    assert!(archive[2].1.contains(said), "{}", archive[2].1);
    std::fs::remove_dir(&unreadable).unwrap();
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// A lost file costs nobody the others: they are in the archive, and a text says which one is missing, and why.
#[tokio::test(flavor = "multi_thread")]
async fn an_archive_holds_the_rest_and_says_what_is_missing() {
    let app = App::start().await;
    let (hearing, mut ids) = (app.hearing().open().await, Vec::new());
    for (number, names) in [(1, ["Tabt æble.pdf", "Her.pdf"]), (2, ["Også her.pdf", "Halv.pdf"])] {
        let employee = app.employee(number);
        let draft = employee.write(hearing.id, "Se bilagene").await;
        for name in names {
            ids.push(employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap().id);
        }
        employee.send_draft(hearing.id, draft.id, draft.version, &employee.terms().await, &key()).await.unwrap();
    }
    let [lost, _, _, half] = ids[..] else { panic!("four files") };
    std::fs::remove_file(place(app.files(), lost)).unwrap();
    std::fs::write(place(app.files(), half), "%PDF-").unwrap();
    let archive = unpacked(app.owner().get_attachment_archive(hearing.id).await.unwrap());
    let names: Vec<&str> = archive.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["0001-Her.pdf", "0002-Også her.pdf", "Manglende filer.txt"]);
    assert!(archive[0].1.starts_with("%PDF-1.7") && archive[1].1.starts_with("%PDF-1.7"));
    let said = &archive[2].1;
    for missing in
        ["Høringssvar nr. 1: »Tabt æble.pdf« – den er gået tabt", "Høringssvar nr. 2: »Halv.pdf« – den er gået tabt"]
    {
        assert!(said.contains(missing), "{said}");
    }
    assert!(!said.contains("Her.pdf") && !said.contains("Også her.pdf"), "{said}");
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 2);
    app.finish().await;
}

/// An archive that cannot be finished must not look finished; one that cannot be begun is refused in words.
#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_breaks_off_looks_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Breakable::new(folder.path()));
    let app = Setup::default().files(store.clone()).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    for name in ["Et.pdf", "To.pdf"] {
        // More than lies between server and client.
        let large = pdf_of_size(name, 9 * 1024 * 1024);
        employee.create_attachment(hearing.id, draft.id, &large, &key()).await.unwrap();
    }
    employee.send_draft(hearing.id, draft.id, draft.version, &employee.terms().await, &key()).await.unwrap();
    let address = format!("/api/v1/hearings/{}/processing/attachments.zip", hearing.id);
    let session = app.owner().socket().cookie("agora_session").unwrap();
    let request = reqwest::Client::new().get(format!("{}{address}", app.url()));
    let mut answer = request.header("Cookie", format!("agora_session={session}")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.chunk().await.unwrap().is_some(), "it has begun");
    store.go_away(true);
    assert!(answer.bytes().await.is_err(), "the connection ends before the archive does");
    let refusal = app.owner().socket().get(&address).await;
    assert_eq!((refusal.status, refusal.problem().code), (503, ProblemCode::Unavailable));
    store.go_away(false);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    let _ = app.take_failures();
    app.finish().await;
}
