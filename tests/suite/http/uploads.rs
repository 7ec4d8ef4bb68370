//! Uploads that go wrong: too large, broken off, hung up. Nothing is read in vain, and nothing is left behind.

use openapi::{hearings::Hearing, ids::DraftId, problem::ProblemCode};
use tests::{
    App, Person, Setup,
    attachments::{files_in, form, office, pdf, pdf_of_size, txt, upload},
    key, refused,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Somebody with an unsent answer.
async fn writing(app: &App) -> (Person, Hearing, DraftId) {
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Mine ord").await;
    (employee, hearing, draft.id)
}

/// A connection on which an upload of so many bytes was announced.
async fn announced(app: &App, person: &Person, hearing: &Hearing, draft: DraftId, length: usize) -> TcpStream {
    let address = format!("/api/v1/hearings/{}/drafts/{draft}/attachments", hearing.id);
    let (_, media_type) = form(&pdf("x.pdf"));
    let session = person.socket().cookie("agora_session").unwrap();
    let head = format!(
        "POST {address} HTTP/1.1\r\nHost: agora\r\nCookie: agora_session={session}\r\nX-CSRF-Token: {}\r\n\
         Content-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n",
        person.csrf_token()
    );
    let mut connection = TcpStream::connect(app.url().trim_start_matches("http://")).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection
}

async fn status(connection: &mut TcpStream) -> String {
    let mut said = vec![0; 16];
    connection.read_exact(&mut said).await.unwrap();
    String::from_utf8(said).unwrap()
}

/// Waits until a folder is as it should be: what a client that is gone leaves is cleared away behind its back.
async fn until(mut holds: impl FnMut() -> bool) {
    while !holds() {
        tokio::task::yield_now().await;
    }
}

async fn words_are_kept(person: &Person, hearing: &Hearing, draft: DraftId) {
    let read = person.get_draft(hearing.id, draft).await.unwrap();
    assert_eq!((read.text.as_str(), read.attachments.len()), ("Mine ord", 0));
}

/// Two hundred megabytes are announced, and refused before one of them is sent.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_announced_too_large_is_refused_before_it_is_read() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let mut connection = announced(&app, &employee, &hearing, draft, 200 * 1024 * 1024).await;
    assert!(status(&mut connection).await.starts_with("HTTP/1.1 413"));
    assert!(files_in(app.files()).is_empty());
    words_are_kept(&employee, &hearing, draft).await;
    app.finish().await;
}

/// A length can be left out: then it is the bytes that are counted, and the rest is not waited for.
#[tokio::test(flavor = "multi_thread")]
async fn what_grows_too_large_is_refused_on_the_way() {
    let app = Setup::default().configure(|config| config.files.attachment_size = 1).start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let mebibyte = 1024 * 1024;
    let begun = pdf_of_size("stor.pdf", mebibyte + 9);
    // Within the frame that a form may have around its file.
    let mut connection = announced(&app, &employee, &hearing, draft, mebibyte + 8 * 1024).await;
    connection.write_all(&form(&begun).0).await.unwrap();
    assert!(status(&mut connection).await.starts_with("HTTP/1.1 413"));
    let exact = pdf_of_size("lige.pdf", mebibyte);
    let taken = employee.create_attachment(hearing.id, draft, &exact, &key()).await.unwrap();
    assert_eq!(taken.size, 1024 * 1024, "the limit itself is allowed");
    app.finish().await;
}

/// A client that hangs up in the middle leaves nothing, neither in the folder nor in the database.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_hangs_up_leaves_nothing_behind() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let (whole, _) = form(&pdf_of_size("halv.pdf", 500_000));
    for part in [60, 400_000, whole.len() - 4] {
        let mut connection = announced(&app, &employee, &hearing, draft, whole.len()).await;
        connection.write_all(&whole[..part]).await.unwrap();
        if part > 1000 {
            until(|| !files_in(app.files()).is_empty()).await;
        }
        drop(connection);
        until(|| files_in(app.files()).is_empty()).await;
    }
    assert_eq!(app.database().count("file").await, 0);
    words_are_kept(&employee, &hearing, draft).await;
    let _ = app.take_failures();
    app.finish().await;
}

/// A connection that is closed on one side only still hears what went wrong.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_cut_off_is_told_from_a_whole_one() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let (whole, media_type) = form(&pdf("halv.pdf"));
    let address = format!("/api/v1/hearings/{}/drafts/{draft}/attachments", hearing.id);
    let headers = [("X-CSRF-Token", employee.csrf_token()), ("Content-Type", media_type.as_str())];
    let half = &whole[..whole.len() - 30];
    let answer = employee.socket().request("POST", &address, &headers, Some(half)).await;
    assert_eq!((answer.status, answer.problem().code), (400, ProblemCode::AttachmentCutOff));
    assert!(files_in(app.files()).is_empty());
    words_are_kept(&employee, &hearing, draft).await;
    app.finish().await;
}

/// Each refusal has its own code, so that the page can say what happened to which file.
#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_says_what_is_wrong() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let long = format!("{}.pdf", "a".repeat(300));
    for (file, code) in [
        (upload("tom.pdf", Vec::new()), ProblemCode::AttachmentEmpty),
        (upload("program.exe", b"MZ".to_vec()), ProblemCode::AttachmentType),
        (upload("program.pdf", b"MZ\x90\0".to_vec()), ProblemCode::AttachmentMislabelled),
        (txt("ikke et dokument.docx", "Bare tekst"), ProblemCode::AttachmentMislabelled),
        (office("regneark.docx", excel, "xl/styles.xml"), ProblemCode::AttachmentMislabelled),
        (office("makro.xlsx", excel, "xl/vbaProject.bin"), ProblemCode::AttachmentMacros),
        (pdf("../../etc/passwd.pdf"), ProblemCode::RequestInvalid),
        (pdf(&long), ProblemCode::RequestInvalid),
    ] {
        let refusal = refused(employee.create_attachment(hearing.id, draft, &file, &key()).await);
        assert_eq!(refusal.code, code, "{}", file.name);
    }
    assert!(files_in(app.files()).is_empty());
    words_are_kept(&employee, &hearing, draft).await;
    app.finish().await;
}

/// Browsers escape what would end a header; the name comes out as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_kept_as_it_was() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    for name in ["Svar \"endeligt\" (2).pdf", "100 % æøå – ü.pdf", "a;b=c'd&e.pdf", "日本語 🇩🇰.pdf"] {
        let taken = employee.create_attachment(hearing.id, draft, &pdf(name), &key()).await.unwrap();
        assert_eq!(taken.name, name);
        let address = format!("/api/v1/hearings/{}/drafts/{draft}/attachments/{}/content", hearing.id, taken.id);
        let disposition = employee.socket().get(&address).await.header("content-disposition").to_owned();
        assert!(disposition.starts_with("attachment; filename=\""), "{disposition}");
        let (_, encoded) = disposition.split_once("filename*=UTF-8''").expect(&disposition);
        let decoded =
            url::form_urlencoded::parse(format!("n={}", encoded.replace('+', "%2B").replace('&', "%26")).as_bytes())
                .next()
                .map(|(_, value)| value.into_owned());
        assert_eq!(decoded.as_deref(), Some(name), "{disposition}");
    }
    app.finish().await;
}

/// Names as macOS and careless programs write them: what nobody sees is gone, and the kind is read behind it.
#[tokio::test(flavor = "multi_thread")]
async fn a_files_name_is_cleaned() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    for (sent, kept) in [
        ("Bla\u{30A}ba\u{AD}er\u{200B}.pdf\u{FEFF}", "Blåbaer.pdf"),
        ("to%0Alinjer.pdf", "to linjer.pdf"),
        ("\u{202E}fdp.exe.pdf", "fdp.exe.pdf"),
    ] {
        let made = employee.create_attachment(hearing.id, draft, &pdf(sent), &key()).await.unwrap();
        assert_eq!(made.name, kept);
    }
    app.finish().await;
}
