//! Exists because a door that is there for tests is a door: the program itself, built as it is shipped but for the
//! optimiser, is asked for them. What it should be built of, `tidy` knows.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tests::contract::repository;

/// What cargo tells the tests about themselves. A cargo that inherits it takes build scripts for changed.
const SET_BY_CARGO: [&str; 3] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"];

/// A clock that can be moved keeps its hands behind a lock. So the code that lets go of it tells of it, in whatever way
/// the compiler spells names.
const MOVABLE_CLOCK: [&str; 3] = ["drop_in_place", "RawMutex", "ClockHands"];

#[test]
fn the_program_holds_nothing_for_tests() {
    let (program, features) = build();
    assert!(!features.contains(&"testing".to_owned()), "it is built with {features:?}");
    assert!(names_a_movable_clock(&env::current_exe().unwrap()), "the tests' own clock can be moved");
    assert!(!names_a_movable_clock(&program), "its clock can be moved");
    let document = Command::new(&program).arg("openapi").output().unwrap();
    let written = fs::read(repository().join("openapi/openapi.json")).unwrap();
    assert!(document.status.success() && document.stdout == written, "it has operations of its own");
}

/// Builds the program, and tells where it is and which of the project's features are in it.
fn build() -> (PathBuf, Vec<String>) {
    let mut cargo = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        if SET_BY_CARGO.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            cargo.env_remove(name);
        }
    }
    cargo.args(["build", "--offline", "--package", "api", "--message-format", "json-render-diagnostics"]);
    let output = cargo.current_dir(repository()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages: Vec<Value> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let own =
        messages.iter().filter(|message| message["package_id"].as_str().is_some_and(|id| id.starts_with("path+")));
    let features = own.clone().filter_map(|message| message["features"].as_array()).flatten();
    let programs: Vec<&str> = own.filter_map(|message| message["executable"].as_str()).collect();
    let [program] = programs[..] else { panic!("one program is shipped, not {programs:?}") };
    (PathBuf::from(program), features.filter_map(Value::as_str).map(ToOwned::to_owned).collect())
}

fn names_a_movable_clock(program: &Path) -> bool {
    let bytes = fs::read(program).unwrap();
    String::from_utf8_lossy(&bytes).split('\0').any(|name| MOVABLE_CLOCK.iter().all(|part| name.contains(part)))
}
