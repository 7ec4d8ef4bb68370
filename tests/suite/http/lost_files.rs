//! Files whose content is missing or damaged: told to whoever wants them, to operators and administrators, and found by
//! `agora files verify`; forgotten when they are found again.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use api::ports::files::{FileStore, LocalFiles, Spool};
use openapi::{
    hearings::{Hearing, ImageQuery},
    ids::{DraftId, FileId},
    integrations::{IntegrationState, Port},
    operations::HealthStatus,
    problem::ProblemCode,
};
use tests::{
    App, Person, Who,
    attachments::{pdf, shown},
    key, refused,
};
use tokio::process::Command;
use uuid::Uuid;

const AGORA: &str = env!("CARGO_BIN_EXE_agora-under-test");

/// Somebody's unsent response with so many files.
async fn with_files(app: &App, names: &[&str]) -> (Person, Hearing, DraftId, Vec<FileId>) {
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    let mut ids = Vec::new();
    for name in names {
        ids.push(employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap().id);
    }
    (employee, hearing, draft.id, ids)
}

/// Where a content lies.
fn place(app: &App, id: FileId) -> PathBuf {
    tests::attachments::place(app.files(), id)
}

/// What readiness says of the file store, and the page of integrations.
async fn told(app: &App) -> (HealthStatus, Option<String>, IntegrationState, Option<u64>) {
    let ready = app.client().get_readiness().await.unwrap();
    let part = ready.parts.into_iter().find(|part| part.name == "file_store").unwrap();
    assert_eq!(ready.status, part.status, "seen at the top, and no reason to send requests elsewhere");
    let integrations = app.person(Who::Administrator).list_integrations().await.unwrap().items;
    let store = integrations.into_iter().find(|found| found.port == Port::FileStore).unwrap();
    (part.status, part.detail, store.state, store.lost_files)
}

/// The exit code of `agora files verify`, and what it said.
async fn verify(app: &App, files: &Path, options: &[&str]) -> (Option<i32>, String) {
    let mut process = Command::new(AGORA);
    process.args(["files", "verify"]).args(options).env_clear();
    process.env("AGORA_DATABASE_URL", app.database().service_url()).env("AGORA_FILES", files);
    let Output { status, stdout, stderr } = process.output().await.unwrap();
    (status.code(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

/// Whoever wants a lost file is told so in words of its own, operators and administrators see it, and it is forgotten when
/// the file is there again.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_file_is_told_and_found_again() {
    let app = App::start().await;
    let (employee, hearing, draft, ids) = with_files(&app, &["Tabt.pdf", "Her.pdf"]).await;
    let content = fs::read(place(&app, ids[0])).unwrap();
    assert_eq!(told(&app).await, (HealthStatus::Ok, None, IntegrationState::Ok, Some(0)));
    for damage in ["gone", "cut off"] {
        match damage {
            "gone" => fs::remove_file(place(&app, ids[0])).unwrap(),
            _ => fs::write(place(&app, ids[0]), &content[..4]).unwrap(),
        }
        let lost = refused(employee.get_draft_attachment(hearing.id, draft, ids[0]).await);
        assert_eq!((lost.code, lost.code.status()), (ProblemCode::AttachmentLost, 410), "{damage}");
        assert!(employee.get_draft_attachment(hearing.id, draft, ids[1]).await.is_ok(), "the other one is there");
        let lost = Some("lost files: 1; `agora files verify` names them".to_owned());
        assert_eq!(told(&app).await, (HealthStatus::Degraded, lost, IntegrationState::Incomplete, Some(1)), "{damage}");
        fs::write(place(&app, ids[0]), &content).unwrap();
        assert_eq!(employee.get_draft_attachment(hearing.id, draft, ids[0]).await.unwrap(), content);
        assert_eq!(told(&app).await, (HealthStatus::Ok, None, IntegrationState::Ok, Some(0)), "{damage}");
    }
    app.finish().await;
}

/// The original and the copy that is shown are lost and found each by itself: who gets the other one gets it.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_copy_is_told_to_those_who_get_it() {
    let app = App::start().await;
    let (owner, employee) = (app.owner(), app.employee(1));
    let hearing = app.hearing().with_files().open().await;
    let document = &hearing.documents[0];
    let copy = shown(app.database(), document.file.id).await;
    let fetch = async |who: &Person| who.get_document_content(hearing.id, document.id).await;
    let (original, shown) = (fetch(&owner).await.unwrap(), fetch(&employee).await.unwrap());
    assert_ne!(original, shown);
    let kept = fs::read(place(&app, copy)).unwrap();
    assert_eq!(kept, shown);

    fs::remove_file(place(&app, copy)).unwrap();
    assert_eq!(refused(fetch(&employee).await), ProblemCode::AttachmentLost);
    assert_eq!(fetch(&owner).await.unwrap(), original, "its uploader gets the original");
    assert_eq!(told(&app).await.3, Some(1), "and the copy is lost all the same");
    let (code, said) = verify(&app, app.files(), &["--mark"]).await;
    let named = format!("lost: {copy} is not in the file store, and is used");
    assert!(code == Some(1) && said.contains(&named) && !said.contains(&document.file.id.to_string()), "{said}");
    assert_eq!(told(&app).await.3, Some(1));

    fs::remove_file(place(&app, document.file.id)).unwrap();
    assert_eq!(refused(fetch(&owner).await), ProblemCode::AttachmentLost);
    assert_eq!(told(&app).await.3, Some(1), "it is one file");
    fs::write(place(&app, copy), &kept).unwrap();
    assert_eq!(fetch(&employee).await.unwrap(), shown);
    assert_eq!(told(&app).await.3, Some(1), "its original is still lost");
    fs::write(place(&app, document.file.id), &original).unwrap();
    assert_eq!(verify(&app, app.files(), &["--contents", "--mark"]).await.0, Some(0));
    assert_eq!(told(&app).await.3, Some(0));
    app.finish().await;
}

/// A size of an image is a file of its own, and may be lost as any other.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_size_of_an_image_is_told() {
    let app = App::start().await;
    let hearing = app.hearing().with_files().open().await;
    let size = "SELECT file_id FROM hearing_image_size WHERE hearing_id = $1";
    let size = app.database().owner().query_one(size, &[&hearing.id.0]).await.unwrap();
    let size = FileId(size.get(0));
    fs::remove_file(place(&app, size)).unwrap();
    let image = hearing.image.unwrap().id;
    let lost = app.employee(1).get_image_content(hearing.id, image, &ImageQuery::default()).await;
    assert_eq!(refused(lost), ProblemCode::AttachmentLost);
    assert_eq!(told(&app).await.3, Some(1));
    let (code, said) = verify(&app, app.files(), &[]).await;
    assert!(code == Some(1) && said.contains(&format!("lost: {size}")), "{said}");
    app.finish().await;
}

/// Each is named with what is wrong with it; what is on its way out is none. Nothing is changed, unless it is asked for.
#[tokio::test(flavor = "multi_thread")]
async fn verifying_names_what_is_lost_damaged_and_orphaned() {
    let app = App::start().await;
    let names = ["Tabt.pdf", "Kort.pdf", "Skadet.pdf", "Hel.pdf", "Fortrudt.pdf"];
    let (employee, hearing, draft, ids) = with_files(&app, &names).await;
    let (code, said) = verify(&app, app.files(), &["--contents"]).await;
    assert_eq!((code, said.contains("10 contents are known, 10 contents")), (Some(0), true), "{said}");

    // Its row goes, and its content only when a job has removed it.
    employee.delete_attachment(hearing.id, draft, ids[4]).await.unwrap();
    let removal = "WITH gone AS (DELETE FROM file WHERE sweep_at = '-infinity' RETURNING id, shown_id) \
        INSERT INTO job (id, kind, payload, created_at, run_at) \
        SELECT gen_random_uuid(), 'file.remove_content', jsonb_build_object('file', content), $1, $1 \
        FROM gone, unnest(ARRAY[id, shown_id]) AS content";
    assert_eq!(app.database().owner().execute(removal, &[&app.now()]).await.unwrap(), 2);
    let orphan = FileId(Uuid::now_v7());
    let store = LocalFiles::open(app.files()).unwrap();
    let mut spool = Spool::begin(store.incoming()).await.unwrap();
    spool.write(b"x").await.unwrap();
    store.put(orphan, spool.finish().await.unwrap()).await.unwrap();
    let whole = fs::read(place(&app, ids[2])).unwrap();
    fs::remove_file(place(&app, ids[0])).unwrap();
    fs::write(place(&app, ids[1]), "%PDF").unwrap();
    fs::write(place(&app, ids[2]), vec![b'x'; whole.len()]).unwrap();

    let before = app.database().fingerprint().await;
    let (code, said) = verify(&app, app.files(), &[]).await;
    let named = [
        format!("orphaned: {orphan} is in the file store, and no file has it"),
        format!("lost: {} is not in the file store, and is used", ids[0]),
        format!("damaged: {} has another size than what was uploaded", ids[1]),
    ];
    let lines =
        |said: &str| said.lines().take_while(|line| !line.contains("are known")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((code, lines(&said)), (Some(1), named.to_vec()), "{said}");
    let (code, said) = verify(&app, app.files(), &["--contents"]).await;
    let damaged = format!("damaged: {} has another content than what was uploaded", ids[2]);
    assert_eq!((code, lines(&said)), (Some(1), [&named[..], &[damaged]].concat()), "{said}");
    assert_eq!(app.database().fingerprint().await, before, "nothing was changed");
    assert_eq!(told(&app).await.3, Some(0));

    assert_eq!(verify(&app, app.files(), &["--contents", "--mark"]).await.0, Some(1));
    assert_eq!(told(&app).await.3, Some(3));
    fs::write(place(&app, ids[2]), &whole).unwrap();
    assert_eq!(verify(&app, app.files(), &["--contents", "--mark"]).await.0, Some(1));
    assert_eq!(told(&app).await.3, Some(2), "one was found again");
    fs::remove_file(place(&app, orphan)).unwrap();
    app.run_jobs().await;
    app.finish().await;
}

/// A mark goes when the SHA-256 was compared and agreed, by nothing less, and says what has become of the content.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_stays_marked_until_it_was_compared_and_agrees() {
    let app = App::start().await;
    let (employee, hearing, draft, ids) = with_files(&app, &["Skadet.pdf", "Her.pdf"]).await;
    let whole = fs::read(place(&app, ids[0])).unwrap();
    let loss = async || {
        let loss = "SELECT loss FROM file WHERE id = $1";
        app.database().owner().query_one(loss, &[&ids[0].0]).await.unwrap().get::<_, Option<String>>(0)
    };
    let damaged = vec![b'x'; whole.len()];
    fs::write(place(&app, ids[0]), &damaged).unwrap();
    assert_eq!(verify(&app, app.files(), &["--contents", "--mark"]).await.0, Some(1));
    assert_eq!((told(&app).await.3, loss().await.as_deref()), (Some(1), Some("damaged")));

    // Its size agrees, and nothing of it is given: not all of it, not a part.
    let address = format!("/api/v1/hearings/{}/drafts/{draft}/attachments/{}/content", hearing.id, ids[0]);
    for headers in [&[][..], &[("Range", "bytes=0-3")]] {
        let answer = employee.socket().request("GET", &address, headers, None).await;
        assert_eq!((answer.status, answer.problem().code), (410, ProblemCode::AttachmentLost), "{headers:?}");
        assert_eq!((told(&app).await.3, loss().await.as_deref()), (Some(1), Some("damaged")), "{headers:?}");
    }
    let (code, said) = verify(&app, app.files(), &["--mark"]).await;
    let named = format!("damaged: {} has another content than what was uploaded", ids[0]);
    assert!(code == Some(1) && said.contains(&named), "what is known to be lost is compared in any case: {said}");
    assert_eq!((told(&app).await.3, loss().await.as_deref()), (Some(1), Some("damaged")), "sizes alone agree");

    fs::remove_file(place(&app, ids[0])).unwrap();
    assert_eq!(refused(employee.get_draft_attachment(hearing.id, draft, ids[0]).await), ProblemCode::AttachmentLost);
    assert_eq!((told(&app).await.3, loss().await.as_deref()), (Some(1), Some("gone")));
    fs::write(place(&app, ids[0]), &damaged).unwrap();
    assert_eq!(refused(employee.get_draft_attachment(hearing.id, draft, ids[0]).await), ProblemCode::AttachmentLost);
    assert_eq!((told(&app).await.3, loss().await.as_deref()), (Some(1), Some("damaged")), "something else came back");
    fs::write(place(&app, ids[0]), &whole).unwrap();
    assert_eq!(verify(&app, app.files(), &["--mark"]).await.0, Some(0));
    assert_eq!((told(&app).await.3, loss().await), (Some(0), None));
    let part = employee.socket().request("GET", &address, &[("Range", "bytes=0-3")], None).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &whole[..4]));
    app.finish().await;
}

/// One content that cannot be read, here because a folder lies in its place, is named; the others are verified.
#[tokio::test(flavor = "multi_thread")]
async fn a_content_that_cannot_be_read_is_named_among_others() {
    let app = App::start().await;
    let (_, _, _, ids) = with_files(&app, &["Ulæselig.pdf", "Tabt.pdf"]).await;
    let content = fs::read(place(&app, ids[0])).unwrap();
    fs::remove_file(place(&app, ids[0])).unwrap();
    fs::create_dir(place(&app, ids[0])).unwrap();
    // As large as the folder, so that the size alone tells nothing.
    let size = i64::try_from(fs::metadata(place(&app, ids[0])).unwrap().len()).unwrap();
    app.database().owner().execute("UPDATE file SET size = $2 WHERE id = $1", &[&ids[0].0, &size]).await.unwrap();
    fs::remove_file(place(&app, ids[1])).unwrap();
    let (code, said) = verify(&app, app.files(), &["--contents", "--mark"]).await;
    assert!(code == Some(1) && said.contains(&format!("unreadable: {} could not be read", ids[0])), "{said}");
    assert!(said.contains(&format!("lost: {}", ids[1])), "{said}");
    assert_eq!(told(&app).await.3, Some(1), "what cannot be read may be read again");
    fs::remove_dir(place(&app, ids[0])).unwrap();
    fs::write(place(&app, ids[0]), content).unwrap();
    app.finish().await;
}

/// A wrong name is not taken for an empty store.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_not_there_has_lost_nothing() {
    let app = App::start().await;
    with_files(&app, &["Her.pdf"]).await;
    let nowhere = app.files().join("et andet sted");
    let (code, said) = verify(&app, &nowhere, &["--mark"]).await;
    assert!(code == Some(2) && said.contains("holds no files of Agora"), "{said}");
    assert!(!nowhere.exists(), "nothing was made there");
    assert_eq!(told(&app).await.3, Some(0));
    app.finish().await;
}

/// Files come and go while it is verified: none of them is a finding.
#[tokio::test(flavor = "multi_thread")]
async fn verifying_beside_the_service_finds_nothing_that_is_none() {
    let app = App::start().await;
    let (employee, hearing, draft, _) = with_files(&app, &["Her.pdf"]).await;
    let busy = async {
        for number in 0..40 {
            let file = pdf(&format!("{number}.pdf"));
            let taken = employee.create_attachment(hearing.id, draft, &file, &key()).await.unwrap();
            employee.delete_attachment(hearing.id, draft, taken.id).await.unwrap();
            app.run_jobs().await;
        }
    };
    let verifying = async {
        for _ in 0..6 {
            let (code, said) = verify(&app, app.files(), &[]).await;
            assert_eq!(code, Some(0), "{said}");
        }
    };
    futures::join!(busy, verifying);
    app.finish().await;
}
