//! Exists because a boundary that nobody watches is crossed by somebody in a hurry: what may be written where, what
//! depends on what, and that every text is there in every language.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use regex::Regex;
use tests::contract::repository;
use walkdir::WalkDir;

/// The folders with the project's own Rust.
const CRATES: [&str; 5] = ["api", "openapi", "frontend", "tests", "xtask"];

/// A file: its path from the project's folder, and what is in it.
struct Source {
    path: String,
    text: String,
}

fn files(folder: &str, extension: &str) -> Vec<Source> {
    let root = repository();
    let is_foreign = |path: &Path| path.ends_with("node_modules") || path.ends_with("target") || path.ends_with("dist");
    let entries = WalkDir::new(root.join(folder)).into_iter().filter_entry(|entry| !is_foreign(entry.path()));
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    assert!(!paths.is_empty(), "{folder} holds .{extension} files");
    let source = |path: PathBuf| Source {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(&root).unwrap().display().to_string(),
    };
    paths.into_iter().map(source).collect()
}

fn rust(folders: &[&str]) -> impl Iterator<Item = Source> {
    folders.iter().flat_map(|folder| files(folder, "rs")).collect::<Vec<_>>().into_iter()
}

/// The files in which something stands that may not stand there.
fn holding(sources: impl Iterator<Item = Source>, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    sources.filter(|source| pattern.is_match(&source.text)).map(|source| source.path).collect()
}

#[test]
fn routes_know_no_sql() {
    let routes = rust(&["api/src"]).filter(|source| source.path.ends_with("routes.rs"));
    let found = holding(routes, r#"diesel|sql_query|db::schema|"SELECT |"UPDATE |"INSERT "#);
    assert!(found.is_empty(), "SQL belongs in queries.rs and actions.rs: {found:?}");
}

#[test]
fn rules_and_actions_know_no_framework() {
    let pure = ["actions.rs", "queries.rs", "rules.rs", "rows.rs"];
    let files = rust(&["api/src"]).filter(|source| pure.iter().any(|name| source.path.ends_with(name)));
    let found = holding(files, "actix_web");
    assert!(found.is_empty(), "the framework belongs in routes.rs: {found:?}");
}

/// Rows are read and written in their own domain; two halves of one domain, as the audit log's, may share them.
#[test]
fn a_domain_calls_no_other_domains_rows() {
    let halves = [("audit_log", "audit")];
    let rows = Regex::new(r"\b(\w+)::(?:\{[^{};]*\b)?rows::").unwrap();
    let mut found = Vec::new();
    for source in rust(&["api/src"]) {
        let own = source.path.trim_start_matches("api/src/").split(['/', '.']).next().unwrap_or_default().to_owned();
        for used in rows.captures_iter(&source.text) {
            let of = &used[1];
            let is_own = ["self", "super"].contains(&of) || source.path.contains(&format!("/{of}/"));
            if !is_own && !halves.contains(&(own.as_str(), of)) {
                found.push(format!("{}: {of}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "a domain calls another's queries or actions: {found:?}");
}

/// The tables that several domains may read: lists are ordered by people's names, and what a file hangs on is shown with
/// it.
const EVERYBODYS: [&str; 2] = ["account", "file"];

/// Tables by the modules that may read them; others ask these.
const TABLES: [(&[&str], &[&str]); 8] = [
    (
        &["hearings", "participants", "overview"],
        &[
            "hearing",
            "hearing_role",
            "hearing_revocation",
            "hearing_section",
            "hearing_document",
            "hearing_image_size",
            "hearing_boundary",
            "conclusion_draft",
            "conclusion_version",
        ],
    ),
    (&["responses"], &["draft", "draft_attachment", "response", "response_attachment", "response_version"]),
    (&["audit", "audit_log"], &["audit_entry", "audit_value", "audit_tally", "audit_seal", "audit_unsealed"]),
    (&["jobs", "worker"], &["job"]),
    (&["identity", "login"], &["account_role", "session"]),
    (&["login"], &["credential", "login_failure", "known_device"]),
    (&["rates"], &["rate_count"]),
    (&["http"], &["idempotency_key"]),
];

/// What is in another domain's tables is asked of that domain.
#[test]
fn a_domain_reads_no_other_domains_tables() {
    let readers = |table: &str| TABLES.iter().find(|(_, tables)| tables.contains(&table)).map(|(readers, _)| *readers);
    let schema = fs::read_to_string(repository().join("api/src/db/schema.rs")).unwrap();
    let table = Regex::new(r"table! \{\s*(\w+) ").unwrap();
    let tables: Vec<&str> = table.captures_iter(&schema).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(tables.len() > 25, "the tables were found: {tables:?}");
    let unknown: Vec<_> =
        tables.iter().filter(|table| readers(table).is_none() && !EVERYBODYS.contains(*table)).collect();
    assert!(unknown.is_empty(), "no domain has these tables: {unknown:?}");
    let uses = Regex::new(r"(?s)schema::(\{[^}]*\}|\w+)").unwrap();
    let name = Regex::new(r"\w+").unwrap();
    let mut found = Vec::new();
    for source in rust(&["api/src"]).filter(|source| !source.path.starts_with("api/src/seed/")) {
        let own = source.path.trim_start_matches("api/src/").split(['/', '.']).next().unwrap_or_default().to_owned();
        for used in uses.captures_iter(&source.text) {
            let foreign = name
                .find_iter(&used[1])
                .filter(|table| readers(table.as_str()).is_some_and(|readers| !readers.contains(&own.as_str())));
            found.extend(foreign.map(|table| format!("{}: {}", source.path, table.as_str())));
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn only_the_clock_asks_for_the_time() {
    let others = rust(&["api/src", "openapi/src", "frontend/src"]);
    let others = others.filter(|source| !source.path.ends_with("src/clock.rs"));
    let found = holding(others, r"(Utc|Local|SystemTime|Instant|OffsetDateTime)::now\(|Date::new_0|Date::now");
    assert!(found.is_empty(), "rules get `now` as an argument: {found:?}");
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let others = rust(&["api/src", "openapi/src", "frontend/src"]);
    let others = others.filter(|source| !source.path.starts_with("api/src/config/"));
    let found = holding(others, r"env::(var|vars|var_os)\b");
    assert!(found.is_empty(), "every value is documented in api/src/config: {found:?}");
}

#[test]
fn every_file_begins_with_its_sentence() {
    let without: Vec<String> =
        rust(&CRATES).filter(|source| !source.text.starts_with("//! ")).map(|source| source.path).collect();
    assert!(without.is_empty(), "a sentence on top says what a file is for: {without:?}");
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    let nothing = ["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "shared"];
    let named: Vec<String> = rust(&CRATES)
        .map(|source| source.path)
        .filter(|path| path.trim_end_matches(".rs").split('/').any(|part| nothing.contains(&part)))
        .collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn files_stay_short() {
    // One line a column: as long as the database is.
    let tables = "api/src/db/schema.rs";
    let long: Vec<String> = rust(&CRATES)
        .filter(|source| source.path != tables && source.text.lines().count() > 320)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "a file that grows past about 300 lines becomes a folder: {long:?}");
}

#[test]
fn every_text_is_there_in_every_language() {
    let key = Regex::new(r"(?m)^([a-zA-Z][\w-]*) *=").unwrap();
    let mut languages: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for source in files("frontend/locales", "ftl") {
        let parts: Vec<&str> = source.path.split('/').collect();
        let [.., language, file] = parts.as_slice() else { panic!("{}", source.path) };
        let keys = languages.entry((*language).to_owned()).or_default();
        for found in key.captures_iter(&source.text) {
            assert!(
                keys.insert(((*file).to_owned(), found[1].to_owned())),
                "{}: {} stands there twice",
                source.path,
                &found[1]
            );
        }
    }
    let danish = &languages["da"];
    assert!(languages.len() >= 2 && danish.len() > 50, "the texts were found");
    for (language, keys) in &languages {
        let different: Vec<_> = danish.symmetric_difference(keys).collect();
        assert!(different.is_empty(), "da and {language} differ: {different:?}");
    }
}

/// What a package is built of, each line a package or one of its features.
fn tree(arguments: &[&str]) -> Vec<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--offline", "--prefix", "none", "--manifest-path"]).arg(repository().join("Cargo.toml"));
    let output = cargo.args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(ToOwned::to_owned).collect()
}

#[test]
fn the_page_carries_nothing_of_the_server() {
    let page = tree(&["--package", "frontend", "--target", "wasm32-unknown-unknown", "--edges", "normal"]);
    assert!(page.iter().any(|line| line.starts_with("yew ")), "the tree was read");
    for kept_out in ["diesel", "utoipa", "api ", "actix", "tokio ", "postgres"] {
        let found: Vec<_> = page.iter().filter(|line| line.starts_with(kept_out)).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn arrows_go_one_way() {
    for (package, kept_out) in [
        ("markdown", ["api ", "frontend ", "openapi "]),
        ("openapi", ["api ", "frontend ", "tests "]),
        ("api", ["frontend ", "tests ", "xtask "]),
    ] {
        let tree = tree(&["--package", package, "--edges", "normal,build,dev"]);
        let found: Vec<_> = tree.iter().filter(|line| kept_out.iter().any(|other| line.starts_with(other))).collect();
        assert!(found.is_empty(), "{package} depends on {found:?}");
    }
}

#[test]
fn what_is_shipped_holds_nothing_for_tests() {
    let shipped = tree(&["--package", "api", "--edges", "features"]);
    assert!(shipped.iter().any(|line| line.contains("openapi feature \"server\"")), "the features were read");
    let testing: Vec<_> = shipped.iter().filter(|line| line.contains("api feature \"testing\"")).collect();
    assert!(testing.is_empty(), "{testing:?}");
    // The tests of server and page share texts with their markup.
    let shipped = tree(&["--package", "api", "--package", "frontend", "--edges", "features,no-dev"]);
    assert!(shipped.iter().any(|line| line.starts_with("markdown feature ")), "the features were read");
    let testing: Vec<_> = shipped.iter().filter(|line| line.contains("markdown feature \"testing\"")).collect();
    assert!(testing.is_empty(), "{testing:?}");
    let manifest = fs::read_to_string(repository().join("api/Cargo.toml")).unwrap();
    assert!(!manifest.contains("default = ["), "no default feature of the server may switch on `testing`");
}
