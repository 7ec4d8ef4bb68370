//! Files as older versions left them: before there were copies and before anybody looked at contents. Others than the
//! uploader get nothing of them until a job has made what is shown.

use std::fs;

use chrono::TimeDelta;
use openapi::{
    attachments::{Document, ShownState},
    hearings::Hearing,
    problem::ProblemCode,
};
use tests::{
    App, Person, Who,
    attachments::{files_kept, pdf_with, place, shown, txt, upload},
    key, refused,
};

const NAME: &str = "Jens Hemmelig";

/// A draft of a hearing with a document whose file says who wrote it, and what was uploaded.
async fn with_document(app: &App) -> (Person, Hearing, Document, Vec<u8>) {
    let (owner, hearing) = (app.owner(), app.hearing().staffed().draft().await);
    let written = pdf_with(&[format!("<</Author({NAME})>>").into_bytes()], "/Info 6 0 R", b"Notat", 0);
    let document = owner.create_document(hearing.id, &upload("Notat.pdf", written.clone()), &key()).await.unwrap();
    app.run_jobs().await;
    (owner, hearing, document, written)
}

/// Leaves a file as a version without copies did.
async fn as_an_older_version_left(app: &App, document: &Document) {
    fs::remove_file(place(app.files(), shown(app.database(), document.file.id).await)).unwrap();
    let before =
        "UPDATE file SET shown_id = NULL, shown_size = NULL, shown_sha256 = NULL, shown_state = DEFAULT WHERE id = $1";
    app.database().owner().execute(before, &[&document.file.id.0]).await.unwrap();
}

async fn state(app: &App, document: &Document) -> String {
    let state = "SELECT shown_state FROM file WHERE id = $1";
    app.database().owner().query_one(state, &[&document.file.id.0]).await.unwrap().get(0)
}

fn names(content: &[u8]) -> bool {
    content.windows(NAME.len()).any(|window| window == NAME.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_an_older_file_before_it_was_looked_at() {
    let app = App::start().await;
    let (owner, hearing, document, written) = with_document(&app).await;
    as_an_older_version_left(&app, &document).await;
    let reader = app.person(Who::Reviewer);
    let early = refused(reader.get_document_content(hearing.id, document.id).await);
    assert_eq!((early.code, early.code.status()), (ProblemCode::AttachmentUnavailable, 409));
    let told = async |who: &Person| who.get_hearing(hearing.id).await.unwrap().documents.remove(0).file;
    assert_eq!(told(&reader).await.shown_state, ShownState::Waiting);
    assert!(told(&owner).await.can_be_fetched(), "its uploader gets what was uploaded");
    assert_eq!(owner.get_document_content(hearing.id, document.id).await.unwrap(), written);

    app.run_jobs().await;
    assert!(told(&reader).await.can_be_fetched());
    let copy = reader.get_document_content(hearing.id, document.id).await.unwrap();
    assert!(names(&written) && !names(&copy) && copy.starts_with(b"%PDF"));
    assert_eq!(owner.get_document_content(hearing.id, document.id).await.unwrap(), written);
    assert_eq!(files_kept(app.files(), app.database()).await, 1);
    assert_eq!(app.database().count("job").await, 0);
    app.finish().await;
}

/// What names nobody needs no copy, and is told from what nobody has looked at.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_text_is_shown_as_it_is_once_it_was_looked_at() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().staffed().draft().await);
    let document = owner.create_document(hearing.id, &txt("Notat.txt", "Æbler"), &key()).await.unwrap();
    app.database().owner().execute("UPDATE file SET shown_state = DEFAULT", &[]).await.unwrap();
    let reader = app.person(Who::Reviewer);
    let early = refused(reader.get_document_content(hearing.id, document.id).await);
    assert_eq!(early, ProblemCode::AttachmentUnavailable);
    app.run_jobs().await;
    assert_eq!(reader.get_document_content(hearing.id, document.id).await.unwrap(), "Æbler".as_bytes());
    app.finish().await;
}

/// One of which no copy can be made stays with its uploader, and is not tried again and again.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_file_that_cannot_be_copied_is_refused_to_others() {
    let app = App::start().await;
    let (owner, hearing, document, _) = with_document(&app).await;
    as_an_older_version_left(&app, &document).await;
    let damaged = b"%PDF-1.7 og ikke mere";
    fs::write(place(app.files(), document.file.id), damaged).unwrap();
    let taken = "UPDATE file SET size = $2, sha256 = sha256($3) WHERE id = $1";
    let size = i64::try_from(damaged.len()).unwrap();
    app.database().owner().execute(taken, &[&document.file.id.0, &size, &&damaged[..]]).await.unwrap();
    for _ in 0..2 {
        app.run_jobs().await;
        assert_eq!((state(&app, &document).await.as_str(), app.database().count("job").await), ("refused", 0));
    }
    let reader = app.person(Who::Reviewer);
    let early = refused(reader.get_document_content(hearing.id, document.id).await);
    assert_eq!(early, ProblemCode::AttachmentUnavailable);
    let told = reader.get_hearing(hearing.id).await.unwrap().documents.remove(0).file;
    assert_eq!(told.shown_state, ShownState::Refused);
    assert_eq!(owner.get_document_content(hearing.id, document.id).await.unwrap(), damaged);
    app.finish().await;
}

/// One whose content is lost waits, is told to operators, and is made ready when it is there again. A copy that a try before
/// has noted goes.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_older_file_is_made_ready_when_it_is_found() {
    let app = App::start().await;
    let (_, hearing, document, written) = with_document(&app).await;
    app.database().owner().execute("UPDATE file SET shown_state = DEFAULT", &[]).await.unwrap();
    let former = shown(app.database(), document.file.id).await;
    fs::remove_file(place(app.files(), document.file.id)).unwrap();
    app.run_jobs().await;
    assert_eq!((state(&app, &document).await.as_str(), app.database().count("job").await), ("waiting", 1));
    assert_eq!(app.database().count("file WHERE loss = 'gone'").await, 1);
    fs::write(place(app.files(), document.file.id), &written).unwrap();
    app.clock.set(app.now() + TimeDelta::minutes(1));
    app.renew_sessions().await;
    app.run_jobs().await;
    assert_eq!(state(&app, &document).await, "ready");
    assert_ne!(shown(app.database(), document.file.id).await, former);
    let copy = app.person(Who::Reviewer).get_document_content(hearing.id, document.id).await.unwrap();
    assert!(!names(&copy));
    assert_eq!(files_kept(app.files(), app.database()).await, 1);
    assert_eq!(
        app.database().count("file WHERE lost_at IS NULL AND loss IS NULL").await,
        1,
        "it was compared, and agreed"
    );
    app.finish().await;
}

/// Many are looked at some at a time: what else is queued does not wait long.
#[tokio::test(flavor = "multi_thread")]
async fn older_files_are_queued_some_at_a_time() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    for employee in [app.employee(1), app.employee(2), app.employee(3)] {
        let draft = employee.write(hearing.id, "Se bilagene").await;
        for file in 0..10 {
            let file = txt(&format!("{file}.txt"), "Bilag");
            employee.create_attachment(hearing.id, draft.id, &file, &key()).await.unwrap();
        }
    }
    app.database().owner().execute("UPDATE file SET shown_state = DEFAULT", &[]).await.unwrap();
    app.run_jobs().await;
    assert_eq!(app.database().count("file WHERE shown_state = 'ready'").await, 20);
    app.run_jobs().await;
    assert_eq!(app.database().count("file WHERE shown_state = 'ready'").await, 30);
    app.finish().await;
}

/// Those whose contents are lost are tried again for days: none of the others waits for that.
#[tokio::test(flavor = "multi_thread")]
async fn lost_files_keep_no_others_waiting() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let mut written = Vec::new();
    for employee in [app.employee(1), app.employee(2), app.employee(3)] {
        let draft = employee.write(hearing.id, "Se bilagene").await;
        for file in 0..8 {
            let file = txt(&format!("{file}.txt"), "Bilag");
            written.push(employee.create_attachment(hearing.id, draft.id, &file, &key()).await.unwrap().id);
        }
    }
    app.database().owner().execute("UPDATE file SET shown_state = DEFAULT", &[]).await.unwrap();
    written.sort();
    let contents: Vec<_> = written[..20].iter().map(|file| place(app.files(), *file)).collect();
    contents.iter().for_each(|content| fs::remove_file(content).unwrap());
    app.run_jobs().await;
    assert_eq!(app.database().count("file WHERE shown_state = 'ready'").await, 0, "the lost ones come first");
    assert_eq!(app.database().count("job WHERE attempts = 1").await, 20);
    app.run_jobs().await;
    assert_eq!(app.database().count("file WHERE shown_state = 'ready'").await, 4);
    assert_eq!(app.database().count("job").await, 20, "each once");
    contents.iter().for_each(|content| fs::write(content, "Bilag").unwrap());
    app.clock.set(app.now() + TimeDelta::minutes(1));
    app.run_jobs().await;
    assert_eq!(app.database().count("file WHERE shown_state = 'ready'").await, 24);
    app.finish().await;
}
