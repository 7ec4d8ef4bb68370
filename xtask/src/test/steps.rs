//! Which steps a run takes, and the command of each.

use std::env;
use std::process::Command;

use crate::run;
use crate::test::Part;

/// Where the suite finds a server to make its databases on. Whoever sets it brings a server of their own.
const DATABASE_URL: &str = "AGORA_TEST_DATABASE_URL";

/// One line of the summary.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    /// Holds or does not.
    Check(Command),
    /// Runs tests, which count one by one.
    Tests(Vec<Command>),
    /// Builds the page that the browser is shown.
    Page,
    /// Compares the dependencies with what they may be.
    Supply,
    /// Looks the dependencies' known weaknesses up.
    Advisories,
}

/// Whether these steps include one that needs a database server which nobody has brought.
pub(crate) fn need_database(part: Option<Part>) -> bool {
    matches!(part, None | Some(Part::Http | Part::Browser)) && env::var_os(DATABASE_URL).is_none()
}

/// The steps of one part, or of all. `name` narrows the tests to those whose name contains it.
///
/// Everything is built with the workspace's features (`--workspace`), never with those of one package: otherwise cargo
/// would build many dependencies twice.
pub(crate) fn of(part: Option<Part>, name: Option<&str>, database: Option<&str>) -> Vec<Step> {
    let wanted = |candidate: Part| part.is_none_or(|part| part == candidate);
    let mut steps = Vec::new();
    if wanted(Part::Lint) {
        steps.extend(lints());
    }
    if wanted(Part::Supply) {
        steps.push(Step { name: "supply", kind: Kind::Supply });
        steps.push(Step { name: "advisories", kind: Kind::Advisories });
    }
    if wanted(Part::Unit) {
        steps.push(Step { name: "unit", kind: Kind::Tests(unit(name)) });
    }
    if wanted(Part::Http) {
        // All but the browser's, so that a new module of the suite is never forgotten here.
        let mut command = suite(database);
        command.args(["--skip", "browser::"]).args(name);
        steps.push(Step { name: "http", kind: Kind::Tests(vec![command]) });
    }
    if wanted(Part::Browser) {
        steps.push(Step { name: "page", kind: Kind::Page });
        let mut command = suite(database);
        match name {
            None => command.arg("browser::"),
            Some(name) => command.args([name, "--skip", "http::", "--skip", "nets::"]),
        };
        steps.push(Step { name: "browser", kind: Kind::Tests(vec![command]) });
    }
    steps
}

fn lints() -> [Step; 4] {
    let deny = ["--", "--deny", "warnings"];
    let mut format = run::cargo();
    format.args(["fmt", "--all", "--check"]);
    let mut clippy = run::cargo();
    clippy.args(["clippy", "--workspace", "--all-targets"]).args(deny);
    let mut clippy_wasm = run::cargo();
    clippy_wasm.args(["clippy", "--package", "frontend", "--target", "wasm32-unknown-unknown"]).args(deny);
    let mut documentation = run::cargo();
    documentation.args(["doc", "--workspace", "--no-deps", "--document-private-items"]);
    documentation.env("RUSTDOCFLAGS", "--deny warnings");
    [
        Step { name: "format", kind: Kind::Check(format) },
        Step { name: "lints", kind: Kind::Check(clippy) },
        Step { name: "lints of the page", kind: Kind::Check(clippy_wasm) },
        Step { name: "documentation", kind: Kind::Check(documentation) },
    ]
}

fn unit(name: Option<&str>) -> Vec<Command> {
    [&["--lib", "--bins"][..], &["--doc"]]
        .map(|targets| {
            let mut command = run::cargo();
            command.args(["test", "--workspace", "--no-fail-fast"]).args(targets).arg("--").args(name);
            command
        })
        .into()
}

fn suite(database: Option<&str>) -> Command {
    let mut command = run::cargo();
    command.args(["test", "--workspace", "--test", "suite", "--"]);
    if let Some(url) = database {
        command.env(DATABASE_URL, url);
    }
    command
}
