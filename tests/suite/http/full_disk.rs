//! A disk without room: what writes is asked to come back, what reads goes on, and operators see it.

use std::{
    fs::File,
    io::{ErrorKind, Write},
    path::Path,
    process::Command,
    sync::Arc,
};

use api::clock::Clock;
use openapi::{
    attachments::Upload,
    ids::{DraftId, HearingId},
    integrations::{IntegrationState, Port},
    operations::HealthStatus,
    problem::ProblemCode,
};
use tests::{
    Answer, App, Person, Setup, Who,
    attachments::{Breakable, files_in, files_kept, form, pdf, pdf_of_size},
    key,
};

const AGORA: &str = env!("CARGO_BIN_EXE_agora-under-test");

async fn send(person: &Person, hearing: HearingId, draft: DraftId, name: &str) -> Answer {
    send_file(person, hearing, draft, &pdf(name)).await
}

async fn send_file(person: &Person, hearing: HearingId, draft: DraftId, file: &Upload) -> Answer {
    let (body, media_type) = form(file);
    let address = format!("/api/v1/hearings/{hearing}/drafts/{draft}/attachments");
    let headers = [("X-CSRF-Token", person.csrf_token()), ("Content-Type", media_type.as_str())];
    person.socket().request("POST", &address, &headers, Some(&body)).await
}

/// A refusal that says when to come back: when somebody may have made room.
fn comes_back_later(answer: &Answer) {
    assert_eq!((answer.status, answer.problem().code), (503, ProblemCode::Unavailable));
    assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 5, "{:?}", answer.headers);
}

/// What readiness says of the file store.
async fn readiness(person: &Person) -> (HealthStatus, HealthStatus, String) {
    let ready = person.get_readiness().await.unwrap();
    let part = ready.parts.into_iter().find(|part| part.name == "file_store").unwrap();
    (ready.status, part.status, part.detail.unwrap_or_default())
}

const NO_ROOM: &str = "has no room for more files; those that are there can be fetched";

/// With a store that says it is full, as S3-compatible ones do (507).
#[tokio::test(flavor = "multi_thread")]
async fn a_full_store_takes_nothing_and_gives_everything() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Breakable::new(folder.path()));
    let app = Setup::default().files(store.clone()).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().with_files().open().await);
    let draft = employee.write(hearing.id, "Mine ord").await;
    let file = employee.create_attachment(hearing.id, draft.id, &pdf("Før.pdf"), &key()).await.unwrap();

    store.fill(true);
    let refusal = send(&employee, hearing.id, draft.id, "Under.pdf").await;
    comes_back_later(&refusal);
    assert_eq!(refusal.header("retry-after"), "60");
    assert!(employee.get_draft_attachment(hearing.id, draft.id, file.id).await.is_ok());
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap().attachments.len(), 1);
    assert_eq!(readiness(&employee).await, (HealthStatus::Degraded, HealthStatus::Degraded, NO_ROOM.to_owned()));
    let integrations = app.person(Who::Administrator).list_integrations().await.unwrap().items;
    let found = integrations.into_iter().find(|found| found.port == Port::FileStore).unwrap();
    assert_eq!(found.state, IntegrationState::Full);
    assert_eq!(found.detail.as_deref(), Some("there is no room for more files"));
    app.run_jobs().await;
    assert_eq!(files_kept(folder.path(), app.database()).await, 4, "nothing of what was refused");

    store.fill(false);
    assert_eq!(send(&employee, hearing.id, draft.id, "Efter.pdf").await.status, 201);
    assert_eq!(readiness(&employee).await, (HealthStatus::Ok, HealthStatus::Ok, String::new()));
    let _ = app.take_failures();
    app.finish().await;
}

/// With `agora serve` on a real file system of four mebibytes, which another program fills to the last byte. Where no such
/// one can be made (it takes a mount namespace), this proves nothing; the test above and the store's own still do.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_takes_nothing_and_gives_everything() {
    let can = Command::new("unshare").args(["--map-root-user", "--mount", "true"]).status();
    if !can.is_ok_and(|status| status.success()) {
        println!("not tried: this machine lets nobody mount");
        return;
    }
    // A process goes by the machine's clock.
    let app = Setup::default().at(Clock::real_now()).start().await;
    let hearing = app.hearing().open().await;
    let server = app.serve(AGORA).without_jobs().on_a_small_disk(4, app.files()).start().await;
    let employee = app.employee(1).at(&server.url);
    let draft = employee.write(hearing.id, "Mine ord").await;
    let file = employee.create_attachment(hearing.id, draft.id, &pdf("Før.pdf"), &key()).await.unwrap();
    assert_eq!(readiness(&employee).await.1, HealthStatus::Ok);

    let filler = server.sees(&app.files().join("filler"));
    fill(&filler);
    comes_back_later(&send(&employee, hearing.id, draft.id, "Under.pdf").await);
    assert_eq!(readiness(&employee).await, (HealthStatus::Degraded, HealthStatus::Degraded, NO_ROOM.to_owned()));
    assert!(employee.get_draft_attachment(hearing.id, draft.id, file.id).await.is_ok());
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap().text, "Mine ord");
    let incoming = server.sees(&app.files().join("incoming"));
    assert!(files_in(&incoming).is_empty(), "nothing is left of what found no room");

    // Room for what is uploaded, and none for the copy of it that is shown.
    let most = std::fs::metadata(&filler).unwrap().len();
    File::options().write(true).open(&filler).unwrap().set_len(most - 1024 * 1024).unwrap();
    let refusal = send_file(&employee, hearing.id, draft.id, &pdf_of_size("Halvt.pdf", 700 * 1024)).await;
    comes_back_later(&refusal);
    assert_eq!(refusal.header("retry-after"), "60");
    assert!(files_in(&incoming).is_empty(), "nothing is left of what found no room for its copy");

    std::fs::remove_file(&filler).unwrap();
    assert_eq!(send(&employee, hearing.id, draft.id, "Efter.pdf").await.status, 201);
    assert_eq!(readiness(&employee).await, (HealthStatus::Ok, HealthStatus::Ok, String::new()));
    server.terminate().await;
    let _ = app.take_failures();
    app.finish().await;
}

/// Writes until not a byte more fits.
fn fill(place: &Path) {
    let mut filler = File::create(place).unwrap();
    for size in [65_536, 4096, 1] {
        let error = loop {
            if let Err(error) = filler.write_all(&vec![b'x'; size]) {
                break error;
            }
        };
        assert_eq!(error.kind(), ErrorKind::StorageFull);
    }
}

/// A database whose disk is full says so in words that are known: raised here as PostgreSQL does. What writes is asked to
/// come back, what reads goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_room_is_no_failure_of_the_service() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Mine ord").await;
    let full = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
            RAISE EXCEPTION 'could not extend file \"base/16384/16412\": No space left on device' \
                USING ERRCODE = 'disk_full', HINT = 'Check free disk space.'; END $$; \
        CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON draft_attachment FOR EACH ROW EXECUTE FUNCTION no_room()";
    app.database().owner().batch_execute(full).await.unwrap();
    let refusal = send(&employee, hearing.id, draft.id, "Under.pdf").await;
    comes_back_later(&refusal);
    assert!(!refusal.text().contains("base/"), "{}", refusal.text());
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap().text, "Mine ord");
    app.run_jobs().await;
    assert!(files_in(app.files()).is_empty(), "what was stored for nothing is gone");
    app.database().owner().batch_execute("DROP TRIGGER no_room ON draft_attachment").await.unwrap();
    assert_eq!(send(&employee, hearing.id, draft.id, "Efter.pdf").await.status, 201);
    let _ = app.take_failures();
    app.finish().await;
}
