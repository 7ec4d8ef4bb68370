//! Exists because the document is for others: their linters find nothing in it, and clients that their generators make of
//! it compile and read a list.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tests::{App, Setup, contract::repository};

use super::installed;

const TITLE: &str = "Cykelsti mellem Ørby og Åstrup";

#[test]
fn linters_find_nothing_in_the_document() {
    let document = repository().join("openapi/openapi.json");
    let document = document.to_str().unwrap();
    let rules = clients().join("spectral.yaml");
    says(node("spectral").args(["lint", "--fail-severity", "hint", "--ruleset", rules.to_str().unwrap(), document]));
    let said = says(
        node("redocly")
            .args(["lint", "--format", "json", document])
            .envs([("REDOCLY_TELEMETRY", "off"), ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")]),
    );
    let found: serde_json::Value = serde_json::from_str(&said[said.find('{').expect("it reports as JSON")..]).unwrap();
    assert_eq!(found["problems"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_generated_in_typescript_reads_a_list() {
    let folder = tempfile::tempdir_in(clients()).unwrap();
    says(
        node("openapi-typescript")
            .arg(repository().join("openapi/openapi.json"))
            .arg("--output")
            .arg(folder.path().join("agora.d.ts")),
    );
    fs::copy(clients().join("reads.ts"), folder.path().join("reads.ts")).unwrap();
    says(
        node("tsc")
            .args(["--strict", "--target", "es2022", "--module", "nodenext", "--types", "node", "reads.ts"])
            .current_dir(&folder),
    );
    let app = with_a_hearing().await;
    let said = says(Command::new("node").arg(folder.path().join("reads.js")).arg(app.url()));
    assert_eq!(said.trim_end(), TITLE);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_generated_in_python_reads_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("agora_client");
    let generator = installed("openapi-python-client");
    // It formats what it makes with a program that it looks for.
    let path = std::env::join_paths([generator.parent().unwrap(), Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    says(
        Command::new(&generator)
            .args(["generate", "--meta", "none", "--fail-on-warning", "--path"])
            .arg(repository().join("openapi/openapi.json"))
            .arg("--output-path")
            .arg(&package)
            .arg("--config")
            .arg(clients().join("generator.yaml"))
            .env("PATH", path),
    );
    let python = installed("python3");
    says(Command::new(&python).args(["-m", "compileall", "-q"]).arg(&package));
    let app = with_a_hearing().await;
    let read = clients().join("reads.py");
    let said = says(
        Command::new(&python)
            .arg(read)
            .arg(app.url())
            .env("PYTHONPATH", folder.path())
            .env("PYTHONIOENCODING", "utf-8"),
    );
    assert_eq!(said.trim_end(), TITLE);
    app.finish().await;
}

async fn with_a_hearing() -> App {
    let app = Setup::default().start().await;
    app.hearing().public().titled(TITLE).open().await;
    app
}

fn clients() -> PathBuf {
    repository().join("tests/clients")
}

/// A program of an npm package.
fn node(program: &str) -> Command {
    let program = clients().join("node_modules/.bin").join(program);
    assert!(program.is_file(), "{} is installed: `cargo xtask setup`", program.display());
    Command::new(program)
}

/// What it prints. It has to succeed.
fn says(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}
