//! Which steps a run takes, and the command of each.

use std::env;
use std::process::Command;

use crate::run;
use crate::test::Part;

/// Where the suite finds a server to make its databases on. Whoever sets it brings a server of their own.
const DATABASE_URL: &str = "AGORA_TEST_DATABASE_URL";

/// What tells the suite to try many more generated cases and requests.
const LONGER: &str = "AGORA_TEST_LONGER";

/// The programs of the step `http`: those that need neither a browser nor other people's tools nor processes.
const TOGETHER: [&str; 4] = ["http", "nets", "ports", "properties"];

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

/// What is to be run, and on what.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// One part, or all.
    pub(crate) part: Option<Part>,
    /// Narrows the tests to those whose name contains it.
    pub(crate) name: Option<&'a str>,
    /// Many more generated cases and requests.
    pub(crate) longer: bool,
    /// The database server, where nobody has brought one.
    pub(crate) database: Option<&'a str>,
}

/// Whether these steps include one that needs a database server which nobody has brought.
pub(crate) fn need_database(part: Option<Part>) -> bool {
    matches!(part, None | Some(Part::Http | Part::Processes | Part::Generated | Part::Browser))
        && env::var_os(DATABASE_URL).is_none()
}

/// The steps of one part, or of all.
///
/// Everything is built with the workspace's features (`--workspace`), never with those of one package: otherwise cargo
/// would build many dependencies twice.
pub(crate) fn of(wish: Wanted<'_>) -> Vec<Step> {
    let wanted = |candidate: Part| wish.part.is_none_or(|part| part == candidate);
    let mut steps = Vec::new();
    if wanted(Part::Lint) {
        steps.extend(lints());
    }
    if wanted(Part::Supply) {
        steps.push(Step { name: "supply", kind: Kind::Supply });
        steps.push(Step { name: "advisories", kind: Kind::Advisories });
    }
    if wanted(Part::Unit) {
        steps.push(Step { name: "unit", kind: Kind::Tests(unit(wish)) });
    }
    if wanted(Part::Http) {
        steps.push(Step { name: "http", kind: Kind::Tests(vec![programs(&TOGETHER, wish)]) });
    }
    if wanted(Part::Processes) {
        // One after the other: each has enough processes of its own.
        let mut command = programs(&["processes"], wish);
        command.args(["--test-threads", "1"]);
        steps.push(Step { name: "processes", kind: Kind::Tests(vec![command]) });
    }
    if wanted(Part::Generated) {
        steps.push(Step { name: "generated", kind: Kind::Tests(vec![programs(&["generated"], wish)]) });
    }
    if wanted(Part::Browser) {
        steps.push(Step { name: "page", kind: Kind::Page });
        steps.push(Step { name: "browser", kind: Kind::Tests(vec![programs(&["browser"], wish)]) });
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

fn unit(wish: Wanted<'_>) -> Vec<Command> {
    [&["--lib", "--bins"][..], &["--doc"]]
        .map(|targets| {
            let mut command = run::cargo();
            command.args(["test", "--workspace", "--no-fail-fast"]).args(targets).arg("--").args(wish.name);
            if wish.longer {
                command.env("PROPTEST_CASES", "20000");
            }
            command
        })
        .into()
}

/// The tests of some of the suite's programs, or those of them whose name is wanted.
fn programs(names: &[&str], wish: Wanted<'_>) -> Command {
    let mut command = run::cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]);
    command.args(names.iter().flat_map(|name| ["--test", name]));
    command.arg("--").args(wish.name);
    if let Some(url) = wish.database {
        command.env(DATABASE_URL, url);
    }
    if wish.longer {
        command.env(LONGER, "1");
    }
    command
}
