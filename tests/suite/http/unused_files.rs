//! What becomes of files that nothing refers to any more, and what happens while the file store is away.

use std::sync::Arc;

use chrono::TimeDelta;
use openapi::{
    hearings::ImageQuery,
    integrations::{IntegrationState, Port},
    jobs::JobQuery,
    operations::HealthStatus,
    problem::ProblemCode,
};
use tests::{
    App, Setup, Who,
    attachments::{Breakable, files_kept, pdf, png},
    key, refused,
};

/// However a file is let go of, its content goes, and no other one does.
#[tokio::test(flavor = "multi_thread")]
async fn contents_go_when_nothing_refers_to_them() {
    let app = App::start().await;
    let (owner, employee) = (app.owner(), app.employee(1));
    let (kept, deleted) = (app.hearing().with_files().open().await, app.hearing().with_files().draft().await);
    let draft = employee.write(kept.id, "Fortrudt").await;
    for name in ["Et.pdf", "To.pdf"] {
        employee.create_attachment(kept.id, draft.id, &pdf(name), &key()).await.unwrap();
    }
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 8, "each image has one size");
    let attached = employee.get_draft(kept.id, draft.id).await.unwrap().attachments;
    employee.delete_attachment(kept.id, draft.id, attached[0].id).await.unwrap();
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 7, "a file was taken away");
    employee.delete_draft(kept.id, draft.id, draft.version).await.unwrap();
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 6, "an unsent answer was thrown away");
    owner.delete_hearing(deleted.id, deleted.version).await.unwrap();
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 3, "a draft of a hearing was deleted");
    assert_eq!(app.database().count("file").await, 3);
    assert!(owner.get_document_content(kept.id, kept.documents[0].id).await.is_ok());
    assert!(owner.get_image_content(kept.id, kept.image.unwrap().id, &ImageQuery::default()).await.is_ok());
    app.finish().await;
}

/// A server that dies between taking a file in and attaching it leaves a row that says so.
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_attached_goes_after_a_day() {
    let app = App::start().await;
    let hearing = app.hearing().with_files().draft().await;
    app.run_jobs().await;
    // As if it had died before it could attach the picture.
    let owner = app.database().owner();
    owner
        .batch_execute(
            "ALTER TABLE hearing DISABLE TRIGGER hearing_lets_go; UPDATE hearing SET image_id = NULL; \
             ALTER TABLE hearing_image_size DISABLE TRIGGER ALL; DELETE FROM hearing_image_size",
        )
        .await
        .unwrap();
    app.clock.set(app.now() + TimeDelta::hours(23));
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 3, "somebody may still be at it");
    app.clock.set(app.now() + TimeDelta::hours(2));
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 1);
    assert!(app.owner().get_document_content(hearing.id, hearing.documents[0].id).await.is_ok());
    app.clock.set(app.now() + TimeDelta::days(30));
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 1, "what is used stays");
    app.finish().await;
}

/// A reference to files stands in the one list of them, and has a trigger that lets go.
#[tokio::test(flavor = "multi_thread")]
async fn every_reference_to_files_is_known() {
    let app = App::start().await;
    let references = "\
        SELECT conrelid::regclass::text, attname FROM pg_constraint \
        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] \
        WHERE contype = 'f' AND confrelid = 'file'::regclass ORDER BY 1";
    let owner = app.database().owner();
    let rows = owner.query(references, &[]).await.unwrap();
    assert!(rows.len() >= 4, "the references were found");
    let listed = "\
        SELECT EXISTS (SELECT FROM pg_depend JOIN pg_rewrite ON pg_rewrite.oid = objid AND ev_class = 'file_reference'::regclass \
            JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid \
            WHERE refobjid = $1::text::regclass AND attname = $2)";
    for row in &rows {
        let (table, column): (String, String) = (row.get(0), row.get(1));
        let is_listed: bool = owner.query_one(listed, &[&table, &column]).await.unwrap().get(0);
        assert!(is_listed, "{table}.{column} is missing in the view file_reference");
        let triggers =
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1::text::regclass AND NOT tgisinternal";
        let triggers = owner.query(triggers, &[&table]).await.unwrap();
        let lets_go = triggers.iter().map(|row| row.get::<_, String>(0)).any(|trigger| {
            trigger.contains(&format!("AFTER DELETE OR UPDATE OF {column}"))
                && trigger.contains(&format!("file_let_go('{column}')"))
        });
        assert!(lets_go, "{table}.{column} lets go of files without a word");
    }
    app.finish().await;
}

/// While the store is away nothing is lost and nothing is half done; everything goes on when it is back.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_away_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Breakable::new(folder.path()));
    let app = Setup::default().files(store.clone()).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().with_files().open().await);
    let draft = employee.write(hearing.id, "Mine ord").await;
    let file = employee.create_attachment(hearing.id, draft.id, &pdf("Før.pdf"), &key()).await.unwrap();

    store.go_away(true);
    let upload = employee.create_attachment(hearing.id, draft.id, &pdf("Under.pdf"), &key()).await;
    assert_eq!(refused(upload), ProblemCode::Unavailable);
    let download = employee.get_draft_attachment(hearing.id, draft.id, file.id).await;
    assert_eq!(refused(download), ProblemCode::Unavailable);
    let read = employee.get_draft(hearing.id, draft.id).await.unwrap();
    assert_eq!((read.text.as_str(), read.attachments.len()), ("Mine ord", 1), "the rest of the answer survives");
    employee.delete_attachment(hearing.id, draft.id, file.id).await.unwrap();
    app.run_jobs().await;
    let administrator = app.person(Who::Administrator);
    let jobs = administrator.list_jobs(&JobQuery::default()).await.unwrap().items;
    let waiting: Vec<_> = jobs.iter().map(|job| (job.kind.as_str(), job.attempts)).collect();
    let removal = ("file.remove_content", 1);
    assert_eq!(
        waiting, [removal; 4],
        "removing the originals and the copies waits: of what was taken away, and of what was not taken in"
    );
    let ready = app.client().get_readiness().await.unwrap();
    let part = ready.parts.iter().find(|part| part.name == "file_store").unwrap();
    assert_eq!(
        (ready.status, part.status),
        (HealthStatus::Degraded, HealthStatus::Degraded),
        "hearings are read all the same"
    );
    assert_eq!(state_of_the_store(&app).await, IntegrationState::Failing);

    store.go_away(false);
    assert_eq!(state_of_the_store(&app).await, IntegrationState::Ok);
    app.clock.set(app.now() + TimeDelta::hours(25));
    app.run_jobs().await;
    assert_eq!(files_kept(folder.path(), app.database()).await, 3, "the hearing's own are left");
    employee.create_attachment(hearing.id, draft.id, &png("Efter.png"), &key()).await.unwrap();
    let _ = app.take_failures();
    app.finish().await;
}

async fn state_of_the_store(app: &App) -> IntegrationState {
    let integrations = app.person(Who::Administrator).list_integrations().await.unwrap().items;
    integrations.iter().find(|integration| integration.port == Port::FileStore).unwrap().state
}

/// Nobody is made to believe that files were looked at.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_what_is_behind_each_port() {
    let app = App::start().await;
    let integrations = app.person(Who::Administrator).list_integrations().await.unwrap().items;
    let told: Vec<_> = integrations.iter().map(|found| (found.port, found.adapter.as_str(), found.state)).collect();
    assert_eq!(
        told,
        [
            (Port::IdentityProvider, "built_in", IntegrationState::Ok),
            (Port::Mail, "memory", IntegrationState::Ok),
            (Port::FileStore, "local", IntegrationState::Ok),
            (Port::VirusScanner, "none", IntegrationState::Off),
        ]
    );
    assert_eq!(integrations[3].detail.as_deref(), Some("files are marked as not scanned"));
    app.finish().await;
}
