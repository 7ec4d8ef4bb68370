//! Exists because a backup that nobody brought back is none: drills, with the program as it is shipped.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use api::clock::Clock;
use tempfile::TempDir;
use tests::{
    App, Database, Setup,
    attachments::{files_in, pdf, place, png, shown},
    key,
};
use tokio::process::Command;

const AGORA: &str = env!("CARGO_BIN_EXE_agora-under-test");

/// A backup's folder, and where one is brought back to.
struct Drill {
    folder: TempDir,
    database: Database,
}

impl Drill {
    async fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: Database::create_empty().await }
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("backup")
    }

    fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    async fn save(&self, app: &App) -> (Option<i32>, String) {
        agora("backup", &self.backup(), &app.database().owner_url(), app.files()).await
    }

    async fn restore(&self) -> (Option<i32>, String) {
        agora("restore", &self.backup(), &self.database.owner_url(), &self.files()).await
    }

    async fn finish(self, app: App) {
        self.database.remove().await;
        app.finish().await;
    }
}

/// The exit code of a command, and what it said.
async fn agora(command: &str, folder: &Path, database: &str, files: &Path) -> (Option<i32>, String) {
    let mut process = Command::new(AGORA);
    process.arg(command).arg(folder).env_clear().env("AGORA_OWNER_DATABASE_URL", database).env("AGORA_FILES", files);
    outcome(process).await
}

async fn outcome(mut process: Command) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = process.output().await.unwrap();
    (status.code(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

/// Every table, every file; and a server on them shows everybody what he saw.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_brought_back_is_what_was_there() {
    // A process goes by the machine's clock.
    let (app, drill) = (Setup::default().at(Clock::real_now()).start().await, Drill::new().await);
    let hearing = app.hearing().titled("Æblehaven på Ørnevej").with_files().open().await;
    let employee = app.employee(1);
    let draft = employee.write(hearing.id, "Vi vil gerne beholde træerne.").await;
    employee.create_attachment(hearing.id, draft.id, &pdf("Træer.pdf"), &key()).await.unwrap();
    employee.create_attachment(hearing.id, draft.id, &png("Æble.png"), &key()).await.unwrap();
    app.employee(2).answer(hearing.id, "Enig.").await;
    app.run_jobs().await;
    drop(app.mailbox.take());

    assert_eq!(drill.save(&app).await.0, Some(0));
    let (code, said) = drill.restore().await;
    assert_eq!(code, Some(0), "{said}");
    let copies = app.database().count("file WHERE shown_id IS NOT NULL").await;
    assert!(copies >= 2, "{copies} copies are shown in place of what was uploaded");
    assert_eq!(app.database().count("file").await, 5, "the image has one size");
    assert!(said.contains(&format!("{} files", 5 + copies)), "{said}");
    assert_eq!(drill.database.fingerprint().await, app.database().fingerprint().await);
    let names = |folder: &Path| files_in(folder).iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>();
    assert_eq!(names(&drill.files()), names(app.files()));

    let server = app
        .serve(AGORA)
        .without_jobs()
        .option("database-url", &drill.database.service_url())
        .option("files", drill.files().to_str().unwrap());
    let server = server.start().await;
    let there = employee.at(&server.url);
    assert_eq!(there.get_draft(hearing.id, draft.id).await.unwrap().attachments.len(), 2);
    assert!(there.get_document_content(hearing.id, hearing.documents[0].id).await.is_ok());
    server.terminate().await;
    drill.finish(app).await;
}

/// Answers that come while it is made are in it whole or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_beside_senders_has_no_holes() {
    let (app, drill) = (App::start().await, Drill::new().await);
    let hearing = app.hearing().open().await;
    app.employee(1).answer(hearing.id, "Den første").await;
    let senders = (2..=20).map(|number| {
        let employee = app.employee(number);
        async move { employee.answer(hearing.id, "Mens der bliver taget backup").await }
    });
    let (saved, _) = futures::join!(drill.save(&app), futures::future::join_all(senders));
    assert_eq!(saved.0, Some(0), "{}", saved.1);
    assert_eq!(drill.restore().await.0, Some(0));
    let owner = drill.database.owner();
    let row = owner
        .query_one(
            "SELECT response_count, (SELECT count(*) FROM response), (SELECT max(number) FROM response) FROM hearing",
            &[],
        )
        .await
        .unwrap();
    let (counted, rows, last): (i32, i64, i32) = (row.get(0), row.get(1), row.get(2));
    assert!(
        counted >= 1 && i64::from(counted) == rows && counted == last,
        "{counted} counted, {rows} rows, number {last}"
    );
    app.run_jobs().await;
    drop(app.mailbox.take());
    drill.finish(app).await;
}

/// A content that the dump knows of is not removed before it is copied.
#[tokio::test(flavor = "multi_thread")]
async fn contents_stay_while_a_backup_is_made() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let employee = app.employee(1);
    let draft = employee.write(hearing.id, "Fortrudt").await;
    employee.create_attachment(hearing.id, draft.id, &pdf("Et.pdf"), &key()).await.unwrap();
    let backup = app.database().another_owner().await;
    // As `agora backup` does.
    backup.execute("SELECT pg_advisory_lock($1)", &[&0x6167_6f72_615f_626b_i64]).await.unwrap();
    employee.delete_draft(hearing.id, draft.id, draft.version).await.unwrap();
    app.run_jobs().await;
    assert_eq!(files_in(app.files()).len(), 2, "the backup may need it, and the copy that is shown");
    drop(backup);
    app.clock.set(app.now() + chrono::TimeDelta::hours(1));
    while !files_in(app.files()).is_empty() {
        app.run_jobs().await;
    }
    app.finish().await;
}

/// A lost file costs nobody the others: they are saved, it is named, and a restore names it too.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_what_is_there_and_names_what_is_lost() {
    let (app, drill) = (Setup::default().at(Clock::real_now()).start().await, Drill::new().await);
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    let mut ids = Vec::new();
    for name in ["Tabt.pdf", "Skadet.pdf", "Hel.pdf"] {
        ids.push(employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap().id);
    }
    app.run_jobs().await;
    let copy = shown(app.database(), ids[0]).await;
    let whole = fs::read(place(app.files(), ids[2])).unwrap();
    for lost in [ids[0], copy] {
        fs::remove_file(place(app.files(), lost)).unwrap();
    }
    fs::write(place(app.files(), ids[1]), "%PDF-1.7 kun noget").unwrap();
    let named = [
        format!("lost: the file {} is not in the file store", ids[0]),
        format!("lost: the file {} is not what was uploaded", ids[1]),
        format!("lost: the file {copy} is not in the file store"),
    ];
    let (code, said) = drill.save(&app).await;
    assert!(code == Some(1) && named.iter().all(|name| said.contains(name)), "{said}");
    assert!(said.contains("3 files are lost") && !said.contains(&ids[2].to_string()), "{said}");
    let rest = drill.backup().join("contents").join(format!("{}.damaged", ids[1].0.simple()));
    assert_eq!(fs::read_to_string(rest).unwrap(), "%PDF-1.7 kun noget", "what is left of it is kept");

    let (code, said) = drill.restore().await;
    assert!(code == Some(0) && named.iter().all(|name| said.contains(name)), "{said}");
    assert_eq!(drill.database.count("draft_attachment").await, 3);
    assert_eq!(files_in(&drill.files()).len(), 3, "the third, and the copies of it and of the second that are shown");
    assert_eq!(fs::read(place(&drill.files(), ids[2])).unwrap(), whole);
    let lost = "SELECT id FROM file WHERE lost_at IS NOT NULL ORDER BY id";
    let lost = drill.database.owner().query(lost, &[]).await.unwrap();
    let lost: Vec<uuid::Uuid> = lost.iter().map(|row| row.get(0)).collect();
    assert_eq!(lost, [ids[0].0, ids[1].0], "readiness tells of them there too");
    let lost = "SELECT shown_id FROM file WHERE shown_lost_at IS NOT NULL";
    let lost = drill.database.owner().query_one(lost, &[]).await.unwrap();
    assert_eq!(lost.get::<_, uuid::Uuid>(0), copy.0);
    drill.finish(app).await;
}

/// One file that cannot be read, here because a folder lies in its place, costs nobody the others.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_all_but_what_cannot_be_read() {
    let (app, drill) = (App::start().await, Drill::new().await);
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    let mut ids = Vec::new();
    for name in ["Ulæselig.pdf", "Hel.pdf"] {
        ids.push(employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap().id);
    }
    app.run_jobs().await;
    let unreadable = place(app.files(), ids[0]);
    fs::remove_file(&unreadable).unwrap();
    fs::create_dir(&unreadable).unwrap();
    let (code, said) = drill.save(&app).await;
    let named = format!("lost: the file {} could not be read", ids[0]);
    assert!(code == Some(1) && said.contains(&named) && said.contains("1 files are lost"), "{said}");
    let (code, said) = drill.restore().await;
    assert!(code == Some(0) && said.contains(&named), "{said}");
    assert_eq!(files_in(&drill.files()).len(), 3, "all but that original");
    let whole = fs::read(place(app.files(), ids[1])).unwrap();
    assert_eq!(fs::read(place(&drill.files(), ids[1])).unwrap(), whole);
    fs::remove_dir(&unreadable).unwrap();
    drill.finish(app).await;
}

/// A store that is away has not lost its files: the backup ends, says so, and leaves nothing that passes for one.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_away_ends_the_backup_and_nothing_is_noted_as_lost() {
    let (app, drill) = (App::start().await, Drill::new().await);
    app.hearing().with_files().open().await;
    app.run_jobs().await;
    let mut process = Command::new(AGORA);
    process.arg("backup").arg(drill.backup()).env_clear();
    process.env("AGORA_OWNER_DATABASE_URL", app.database().owner_url()).env("AGORA_FILES", "s3://hearings/agora");
    // Where nobody listens.
    process.env("AGORA_FILES_ENDPOINT", "http://127.0.0.1:1");
    process.env("AGORA_FILES_ACCESS_KEY", "agora").env("AGORA_FILES_SECRET_KEY", "en-hemmelighed");
    let (code, said) = outcome(process).await;
    assert!(code == Some(1) && said.contains("the file store failed"), "{said}");
    assert!(!said.contains("lost"), "{said}");
    assert!(!drill.backup().join("manifest.json").exists());
    assert_eq!(app.database().count("file WHERE lost_at IS NOT NULL OR shown_lost_at IS NOT NULL").await, 0);
    let (code, said) = drill.restore().await;
    assert!(code == Some(2) && said.contains("no backup that is whole"), "{said}");
    drill.finish(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_damaged_or_in_the_way_is_named_and_nothing_is_brought_back() {
    let (app, drill) = (App::start().await, Drill::new().await);
    app.hearing().with_files().open().await;
    app.run_jobs().await;
    assert_eq!(drill.save(&app).await.0, Some(0));
    let (code, said) = drill.save(&app).await;
    assert!(code == Some(2) && said.contains("is there already"), "{said}");
    let (code, said) = agora("restore", &drill.backup(), &app.database().owner_url(), &drill.files()).await;
    assert!(code == Some(2) && said.contains("not empty"), "{said}");

    let content = fs::read_dir(drill.backup().join("contents")).unwrap().next().unwrap().unwrap().path();
    let (dump, manifest) = (drill.backup().join("database.dump"), drill.backup().join("manifest.json"));
    for (file, what) in
        [(content, "is not what was uploaded"), (dump, "database.dump"), (manifest.clone(), "manifest.json")]
    {
        let whole = fs::read(&file).unwrap();
        let mut changed = whole.clone();
        changed[10] ^= 1;
        fs::write(&file, &changed).unwrap();
        let (code, said) = drill.restore().await;
        assert!(code == Some(1) && said.contains(what), "{said}");
        fs::write(&file, &whole).unwrap();
    }
    fs::rename(&manifest, drill.folder.path().join("elsewhere")).unwrap();
    let (code, said) = drill.restore().await;
    assert!(code == Some(2) && said.contains("no backup that is whole"), "{said}");
    let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    let tables: i64 = drill.database.owner().query_one(tables, &[]).await.unwrap().get(0);
    assert_eq!(tables, 0, "nothing of it was brought back");
    drill.finish(app).await;
}
