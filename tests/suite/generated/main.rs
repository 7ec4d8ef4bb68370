//! Requests that nobody thought of: schemathesis reads the document, makes valid and invalid requests to every operation,
//! and holds each answer against what the document says. Once as nobody in particular, and once as everybody who has a
//! part.
//!
//! The same requests each time, and a few to each operation. What is invalid in every single way is tried as a visitor
//! and as an owner: it is refused before anybody's part is looked at. With `AGORA_TEST_LONGER` it is tried as everybody,
//! and all else a hundred times as much.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what is wrong best by panicking where it is, and how much it covered by printing it"
)]

mod clients;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::json;
use tests::{
    App, Person, Who,
    specimen::{Specimen, Wish},
};
use tokio::process::Command;
use uuid::Uuid;

/// What schemathesis is told of Agora.
const CONFIGURATION: &str = include_str!("schemathesis.toml");

/// What is tried as everybody; all there is, is tried as some.
const FOR_EVERYBODY: &str = "examples,fuzzing,stateful";

/// Logging out would leave the rest of a run without its session: it is asked for at the end, alone.
const LOG_OUT: [&str; 2] = ["delete_session", "delete_sessions"];

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_gets_what_the_document_says() {
    everything_as(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_gets_what_the_document_says() {
    everything_as(Some(Who::Employee(9))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_gets_what_the_document_says() {
    everything_as(Some(Who::Owner)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_gets_what_the_document_says() {
    everything_as(Some(Who::Reviewer)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_worker_gets_what_the_document_says() {
    everything_as(Some(Who::CaseWorker)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitee_gets_what_the_document_says() {
    everything_as(Some(Who::Invitee)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_gets_what_the_document_says() {
    everything_as(Some(Who::Administrator)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_gets_what_the_document_says() {
    everything_as(Some(Who::Auditor)).await;
}

async fn everything_as(who: Option<Who>) {
    let app = App::start().await;
    let mut person = app.anonymous();
    match who {
        Some(who) => drop(person.log_in_as(who).await),
        None => drop(person.visit().await),
    }
    let configuration = format!("{CONFIGURATION}\n{}\n{}", who_asks(&person), what_there_is(&app).await);
    let folder = env::temp_dir().join(format!("agora-generated-{}", Uuid::now_v7()));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("schemathesis.toml"), configuration).unwrap();
    let document = format!("{}/api/v1/openapi.json", app.url());
    let extent = match who {
        None | Some(Who::Owner) => Vec::new(),
        Some(_) if is_longer() => Vec::new(),
        Some(_) => vec!["--phases", FOR_EVERYBODY],
    };
    run(
        &folder,
        &document,
        &[&["--exclude-operation-id", LOG_OUT[0], "--exclude-operation-id", LOG_OUT[1]][..], &extent].concat(),
    )
    .await;
    if who.is_some() {
        run(&folder, &document, &["--include-operation-id", LOG_OUT[0]]).await;
    }
    fs::remove_dir_all(folder).unwrap();
    app.database().owner().batch_execute("DELETE FROM job").await.unwrap();
    let _ = app.mailbox.take();
    app.finish().await;
}

/// The session, and the token that goes with it.
fn who_asks(person: &Person) -> String {
    let socket = person.socket();
    let csrf = json!(person.csrf_token());
    match (socket.cookie("agora_session"), socket.cookie("agora_visit")) {
        (Some(session), _) => {
            format!("[auth.openapi]\nsession = {{ api_key = {} }}\ncsrf = {{ api_key = {csrf} }}\n", json!(session))
        }
        (None, visit) => {
            let cookie = json!(format!("agora_visit={}", visit.unwrap_or_default()));
            format!("[headers]\nCookie = {cookie}\nX-CSRF-Token = {csrf}\n")
        }
    }
}

/// A hearing in every status, each with a draft and an answer, so that requests find something half of the time.
async fn what_there_is(app: &App) -> String {
    let pattern = app.hearing().staffed().draft().await;
    let mut there = Vec::new();
    for status in ["draft", "scheduled", "open", "processing", "concluded", "cancelled"] {
        let has_begun = !matches!(status, "draft" | "scheduled");
        let wish = Wish { draft: status == "open", response: has_begun, ..Wish::of(status) };
        there.push(Specimen::copy(app, &pattern, wish).await.with_dead_job(app).await);
    }
    let ids = |name: &str, of: fn(&Specimen) -> Uuid| {
        let ids: Vec<Uuid> = there.iter().map(of).collect();
        format!(
            "[dictionaries.{name}]\nvalues = {}\n[parameters.\"path.{name}\"]\ndictionary = \"{name}\"\nprobability = 0.7\n",
            json!(ids)
        )
    };
    [
        ids("hearing", |it| it.hearing),
        ids("draft", |it| it.draft),
        ids("response", |it| it.response),
        ids("role", |it| it.role),
        ids("job", |it| it.job),
    ]
    .concat()
}

fn is_longer() -> bool {
    env::var_os("AGORA_TEST_LONGER").is_some()
}

/// A program where `cargo xtask setup` installed it: in the target folder, wherever cargo was told to have that.
fn installed(program: &str) -> PathBuf {
    let this = env::current_exe().unwrap();
    let mut candidates = this.ancestors().map(|folder| folder.join("python/bin").join(program));
    candidates
        .find(|program| program.is_file())
        .unwrap_or_else(|| panic!("{program} is installed: `cargo xtask setup`"))
}

async fn run(folder: &Path, document: &str, extent: &[&str]) {
    let examples = if is_longer() { "400" } else { "4" };
    let mut command = Command::new(installed("schemathesis"));
    command
        .args(["run", document, "--max-examples", examples, "--seed", "20261102"])
        .args(["--generation-database", "none", "--no-color", "--continue-on-failure"])
        .args(extent)
        .current_dir(folder)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = command.output().await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let figures = said.lines().find(|line| line.contains(" generated, ")).unwrap_or_default().trim();
    println!("{}: {figures}", extent.join(" "));
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}
