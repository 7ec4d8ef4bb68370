//! Uploads that are for nothing: the same request again, one too many, one whose response was sent or thrown away meanwhile,
//! one whose sender hung up. Nothing of them stays, and one person's uploads do not fill the disk.

use futures::future::join_all;
use openapi::{
    attachments::Upload,
    client::Error,
    hearings::Hearing,
    ids::{DraftId, FileId, HearingId},
    problem::{Problem, ProblemCode},
};
use tests::{
    App, Person, Refused, Setup,
    attachments::{files_in, form, pdf, pdf_of_size, png, txt},
    key, refused,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Duration, sleep},
};

const MEBIBYTE: usize = 1024 * 1024;

async fn writing(app: &App) -> (Person, Hearing, DraftId) {
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Mine ord").await;
    (employee, hearing, draft.id)
}

/// A document of so many mebibytes, of which a copy is shown.
fn large(name: &str, mebibytes: usize) -> Upload {
    pdf_of_size(name, mebibytes * MEBIBYTE)
}

/// A text of a mebibyte, which is shown as it is.
fn text(number: usize) -> Upload {
    txt(&format!("{number}.txt"), &" ".repeat(MEBIBYTE))
}

/// The contents that are stored, two of each document, and how many files the database knows of.
async fn kept(app: &App) -> (usize, i64) {
    (files_in(app.files()).len(), app.database().count("file").await)
}

/// The bytes of everything in the folder for files.
fn bytes(app: &App) -> u64 {
    files_in(app.files()).iter().map(|file| std::fs::metadata(file).unwrap().len()).sum()
}

/// A connection over which the beginning of an upload was sent, and the rest of it.
async fn begun(app: &App, person: &Person, hearing: HearingId, draft: DraftId, file: &Upload) -> (TcpStream, Vec<u8>) {
    let (body, media_type) = form(file);
    let session = person.socket().cookie("agora_session").unwrap();
    let head = format!(
        "POST /api/v1/hearings/{hearing}/drafts/{draft}/attachments HTTP/1.1\r\nHost: agora\r\n\
         Cookie: agora_session={session}\r\nX-CSRF-Token: {}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        person.csrf_token(),
        body.len()
    );
    let mut connection = TcpStream::connect(app.url().trim_start_matches("http://")).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    let half = body.len() / 2;
    connection.write_all(&body[..half]).await.unwrap();
    while files_in(app.files()).is_empty() {
        sleep(Duration::from_millis(5)).await;
    }
    (connection, body[half..].to_vec())
}

async fn reply(connection: &mut TcpStream) -> String {
    let mut said = vec![0; 2000];
    let length = connection.read(&mut said).await.unwrap();
    String::from_utf8_lossy(&said[..length]).into_owned()
}

/// Eight times the same: stored once, and no job has to clear anything away.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_upload_again_is_not_stored_again() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let (file, key) = (large("Stor.pdf", 2), key());
    let first = employee.create_attachment(hearing.id, draft, &file, &key).await.unwrap();
    let stored = bytes(&app);
    assert!(stored > 2 * MEBIBYTE as u64, "the document and its copy");
    for _ in 0..7 {
        assert_eq!(employee.create_attachment(hearing.id, draft, &file, &key).await.unwrap(), first);
        assert_eq!((kept(&app).await, bytes(&app)), ((2, 1), stored));
    }
    let other = employee.create_attachment(hearing.id, draft, &pdf("En anden.pdf"), &key).await;
    assert_eq!(refused(other), ProblemCode::IdempotencyKeyReused);
    assert_eq!(kept(&app).await, (2, 1));

    let owner = app.owner();
    let case = app.hearing().draft().await;
    let key = tests::key();
    let first = owner.create_document(case.id, &file, &key).await.unwrap();
    assert_eq!(owner.create_document(case.id, &file, &key).await.unwrap(), first);
    assert_eq!(kept(&app).await, (4, 2), "documents alike");
    app.finish().await;
}

/// Who sends twice at once gets one file; what the slower ones stored goes in the moment in which it is known.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_upload_at_once_leaves_one_file() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let (file, key) = (large("Stor.pdf", 1), key());
    let all = join_all((0..8).map(|_| employee.create_attachment(hearing.id, draft, &file, &key))).await;
    let ids: Vec<FileId> = all.into_iter().map(|taken| taken.unwrap().id).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(app.database().count("file").await, 1);
    app.run_jobs().await;
    assert_eq!(kept(&app).await, (2, 1));
    app.finish().await;
}

/// The eleventh that races with the tenth is refused, and nothing of it stays; the tenth can be repeated all the same.
#[tokio::test(flavor = "multi_thread")]
async fn one_too_many_leaves_nothing() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    for number in 1..=9 {
        employee.create_attachment(hearing.id, draft, &pdf(&format!("{number}.pdf")), &key()).await.unwrap();
    }
    let last: Vec<_> = (10..=14).map(|number| (pdf(&format!("{number}.pdf")), key())).collect();
    let all = join_all(last.iter().map(|(file, key)| employee.create_attachment(hearing.id, draft, file, key))).await;
    let taken: Vec<_> = all.iter().zip(&last).filter(|(taken, _)| taken.is_ok()).collect();
    assert_eq!(taken.len(), 1);
    for refusal in all.iter().filter_map(|taken| taken.as_ref().err()) {
        assert!(matches!(refusal, Error::Problem(problem) if problem.code == ProblemCode::AttachmentTooMany));
    }
    let (tenth, (file, key)) = &taken[0];
    let again = employee.create_attachment(hearing.id, draft, file, key).await.unwrap();
    assert_eq!(again.id, tenth.as_ref().unwrap().id, "full is no reason to forget what was taken");
    assert_eq!(app.database().count("file").await, 10);
    app.run_jobs().await;
    assert_eq!(kept(&app).await, (20, 10));
    app.finish().await;
}

/// What arrives for a response that is sent or thrown away by then is refused, and goes.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_for_what_is_gone_leaves_nothing() {
    let app = App::start().await;
    for (sent, refusal) in [(true, "draft.sent"), (false, "request.not_found")] {
        let (employee, hearing, draft) = writing(&app).await;
        let version = employee.get_draft(hearing.id, draft).await.unwrap().version;
        let (mut connection, rest) = begun(&app, &employee, hearing.id, draft, &large("For sent.pdf", 1)).await;
        if sent {
            employee.send_draft(hearing.id, draft, version, &employee.terms().await, &key()).await.unwrap();
        } else {
            employee.delete_draft(hearing.id, draft, version).await.unwrap();
        }
        connection.write_all(&rest).await.unwrap();
        let said = reply(&mut connection).await;
        assert!(said.contains(refusal), "{said}");
        assert_eq!(kept(&app).await, (0, 0), "{refusal}");
    }
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// A client that hangs up when all of it has arrived leaves a file that is attached, or none; never one that hangs.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_hangs_up_at_the_end_leaves_nothing_half_done() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    for number in 0..8 {
        let file = large(&format!("{number}.pdf"), 1);
        let (mut connection, rest) = begun(&app, &employee, hearing.id, draft, &file).await;
        connection.write_all(&rest).await.unwrap();
        sleep(Duration::from_millis(number)).await;
        drop(connection);
    }
    let attached = || async { employee.get_draft(hearing.id, draft).await.unwrap().attachments.len() };
    let mut patience = 400;
    loop {
        app.run_jobs().await;
        let (contents, rows) = kept(&app).await;
        if contents == 2 * attached().await && i64::try_from(contents).unwrap() == 2 * rows {
            sleep(Duration::from_millis(50)).await;
            if kept(&app).await == (2 * attached().await, rows) {
                break;
            }
        }
        patience -= 1;
        assert!(patience > 0, "{contents} contents, {rows} rows, {} attached", attached().await);
        sleep(Duration::from_millis(20)).await;
    }
    let _ = app.take_failures();
    app.finish().await;
}

/// What is sent does not count; what lies unsent, wherever it lies, is bounded, also for those who send at once.
#[tokio::test(flavor = "multi_thread")]
async fn one_person_cannot_fill_the_disk() {
    let setup = Setup::default().configure(|config| {
        config.files.attachment_size = 1;
        config.files.attachments = 3;
        config.files.unsent_files = Some(6);
    });
    let app = setup.start().await;
    let (employee, first, draft) = writing(&app).await;
    let (second, third) = (app.hearing().titled("En anden høring"), app.hearing().titled("En tredje høring"));
    let (second, third) = (second.open().await, third.open().await);
    let other = employee.write(second.id, "Andre ord").await;
    let another = employee.write(third.id, "Flere ord").await;
    for number in 1..=3 {
        employee.create_attachment(first.id, draft, &text(number), &key()).await.unwrap();
    }
    for number in 4..=5 {
        employee.create_attachment(second.id, other.id, &text(number), &key()).await.unwrap();
    }
    let at_once = (6..=8).map(|number| {
        let (employee, file) = (&employee, text(number));
        async move { employee.create_attachment(third.id, another.id, &file, &key()).await }
    });
    let refusals: Vec<Refused> = join_all(at_once).await.into_iter().filter(Result::is_err).map(refused).collect();
    let quota = Refused { code: ProblemCode::AttachmentQuota, pointers: vec!["/file".to_owned()] };
    assert_eq!(refusals, [quota.clone(), quota.clone()], "six mebibytes are there");
    app.run_jobs().await;
    assert_eq!((kept(&app).await, bytes(&app)), ((6, 6), 6 * MEBIBYTE as u64), "nothing of what was refused");
    let colleague = app.employee(2);
    let theirs = colleague.write(second.id, "Mine").await;
    colleague.create_attachment(second.id, theirs.id, &text(1), &key()).await.expect("others have their own");

    let version = employee.get_draft(first.id, draft).await.unwrap().version;
    employee.send_draft(first.id, draft, version, &employee.terms().await, &key()).await.unwrap();
    employee.create_attachment(second.id, other.id, &text(9), &key()).await.expect("three were sent");
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// What counts is what is stored: copies that are shown too. What a hearing shows does not, nor its image's sizes.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_counts() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    employee.create_attachment(hearing.id, draft, &large("Stor.pdf", 1), &key()).await.unwrap();
    let stored = i64::try_from(bytes(&app)).unwrap();
    assert!(stored > i64::try_from(MEBIBYTE).unwrap());
    let unsent = async |who: tests::Who| {
        let unsent = "SELECT file_unsent_bytes($1)";
        app.database().owner().query_one(unsent, &[&who.id().0]).await.unwrap().get::<_, i64>(0)
    };
    assert_eq!(unsent(tests::Who::Employee(1)).await, stored);
    let case = app.hearing().draft().await;
    app.owner().create_document(case.id, &pdf("a.pdf"), &key()).await.unwrap();
    app.owner().replace_image(case.id, &png("a.png"), &key()).await.unwrap();
    assert_eq!(unsent(tests::Who::Owner).await, 0, "all of it belongs to a hearing");
    app.finish().await;
}

/// An image that comes too late leaves nothing, nor its sizes.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_for_what_is_gone_leaves_nothing() {
    let app = App::start().await;
    let (owner, case) = (app.owner(), app.hearing().draft().await);
    let fails = "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
            RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$; \
        CREATE TRIGGER fails BEFORE INSERT ON hearing_image_size FOR EACH ROW EXECUTE FUNCTION fails()";
    app.database().owner().batch_execute(fails).await.unwrap();
    assert_eq!(refused(owner.replace_image(case.id, &png("a.png"), &key()).await), ProblemCode::Unavailable);
    assert_eq!(kept(&app).await, (0, 0));
    app.database().owner().batch_execute("DROP TRIGGER fails ON hearing_image_size").await.unwrap();
    owner.replace_image(case.id, &png("a.png"), &key()).await.unwrap();
    assert_eq!(app.database().count("hearing_image_size").await, 1);
    let _ = app.take_failures();
    app.finish().await;
}

/// The quota holds for documents and images too; it says so before anything is read.
#[tokio::test(flavor = "multi_thread")]
async fn every_upload_keeps_to_the_quota() {
    let app = App::start().await;
    let (owner, case) = (app.owner(), app.hearing().draft().await);
    // As if servers had died in the middle of a thousand uploads.
    let hanging = "INSERT INTO file (id, uploaded_by, name, file_type, size, sha256, scan_state, created_at, sweep_at) \
        SELECT gen_random_uuid(), $1, 'x.pdf', 'pdf', 1024 * 1024 * 1000, decode(repeat('00', 32), 'hex'), \
               'not_scanned', now(), now() + interval '1 day'";
    app.database().owner().execute(hanging, &[&tests::Who::Owner.id().0]).await.unwrap();
    assert_eq!(refused(owner.create_document(case.id, &pdf("a.pdf"), &key()).await), ProblemCode::AttachmentQuota);
    assert_eq!(refused(owner.replace_image(case.id, &png("a.png"), &key()).await), ProblemCode::AttachmentQuota);
    app.database().owner().execute("UPDATE file SET sweep_at = '-infinity'", &[]).await.unwrap();
    app.run_jobs().await;
    owner.replace_image(case.id, &png("a.png"), &key()).await.unwrap();
    app.finish().await;
}

/// Uploads that a person begins and does not go on with take no room from others.
#[tokio::test(flavor = "multi_thread")]
async fn uploads_under_way_are_counted() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let mut waiting = Vec::new();
    for _ in 0..10 {
        waiting.push(begun(&app, &employee, hearing.id, draft, &large("Venter.pdf", 1)).await);
    }
    while files_in(app.files()).len() < 10 {
        sleep(Duration::from_millis(5)).await;
    }
    let (body, media_type) = form(&pdf("En for meget.pdf"));
    let address = format!("/api/v1/hearings/{}/drafts/{draft}/attachments", hearing.id);
    let headers = [("X-CSRF-Token", employee.csrf_token()), ("Content-Type", media_type.as_str())];
    let refusal = employee.socket().request("POST", &address, &headers, Some(&body)).await;
    let Problem { code, .. } = refusal.problem();
    assert_eq!((refusal.status, code), (429, ProblemCode::RateLimited));
    assert!(refusal.header("retry-after").parse::<u32>().is_ok());
    drop(waiting);
    while !files_in(app.files()).is_empty() {
        sleep(Duration::from_millis(5)).await;
    }
    employee.create_attachment(hearing.id, draft, &pdf("Nu.pdf"), &key()).await.expect("there is a place again");
    let _ = app.take_failures();
    app.finish().await;
}
