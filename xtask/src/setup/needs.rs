//! The list of what Agora's developers need, how to see that it is there, and how to get it.

use std::env;
use std::fs;
use std::process::Command;

use crate::setup::For;
use crate::{run, workspace};

/// Something that must be on the machine.
pub(crate) struct Need {
    pub(crate) what: &'static str,
    /// Continues "... is missing, because".
    pub(crate) why: &'static str,
    /// The first purpose that needs it.
    pub(crate) from: For,
    pub(crate) remedy: Remedy,
    pub(crate) is_there: fn() -> bool,
}

/// How to get it.
pub(crate) enum Remedy {
    /// Only by hand: there are too many good ways to choose one for somebody.
    Yours(&'static str),
    /// `rustup` with these arguments.
    Rustup(&'static [&'static str]),
    /// The packages that this folder's `package-lock.json` lists.
    Npm(&'static str),
    /// The packages that `tests/requirements.txt` lists, in a virtual environment of their own.
    Python,
    /// The system's own packages, and what to do on systems other than Debian.
    System { debian: &'static [&'static str], others: &'static str },
}

/// In the order in which they are told. Node comes before the npm packages, which need it, and Python before its own.
pub(crate) const NEEDS: [Need; 15] = [
    Need {
        what: "a C compiler (cc)",
        why: "some Rust crates contain C",
        from: For::Building,
        remedy: Remedy::Yours("Debian, Ubuntu: apt-get install build-essential. macOS: xcode-select --install."),
        is_there: || run::is_in_path("cc"),
    },
    Need {
        what: "Node 20.19 or newer, with npm",
        why: "the design system and its stylesheet compiler are npm packages",
        from: For::Building,
        remedy: Remedy::Yours(
            "Get it from https://nodejs.org or from your system's packages, if these are new enough.",
        ),
        is_there: has_node,
    },
    Need {
        what: "the Rust target wasm32-unknown-unknown",
        why: "the page is compiled to WebAssembly",
        from: For::Building,
        remedy: Remedy::Rustup(&["target", "add", "wasm32-unknown-unknown"]),
        is_there: has_wasm_target,
    },
    Need {
        what: "the npm packages of frontend/package-lock.json",
        why: "the page uses the design system's styles, icons and fonts",
        from: For::Building,
        remedy: Remedy::Npm("frontend"),
        is_there: || has_npm_packages("frontend"),
    },
    Need {
        what: "PostgreSQL",
        why: "the demo and the tests run a private database server",
        from: For::Demo,
        remedy: Remedy::System {
            debian: &["postgresql"],
            others: "Fedora: dnf install postgresql-server. macOS: brew install postgresql@17.",
        },
        is_there: postgres::is_installed,
    },
    Need {
        what: "rustfmt",
        why: "the tests check the format",
        from: For::Tests,
        remedy: Remedy::Rustup(&["component", "add", "rustfmt"]),
        is_there: || run::succeeds(run::cargo().args(["fmt", "--version"])),
    },
    Need {
        what: "clippy",
        why: "the tests check the lints",
        from: For::Tests,
        remedy: Remedy::Rustup(&["component", "add", "clippy"]),
        is_there: || run::succeeds(run::cargo().args(["clippy", "--version"])),
    },
    Need {
        what: "Chromium with its driver",
        why: "the tests use the page as a person does",
        from: For::Tests,
        remedy: Remedy::System {
            debian: &["chromium", "chromium-driver"],
            others: "Fedora: dnf install chromium chromedriver. macOS: brew install --cask chromium chromedriver.",
        },
        is_there: has_browser,
    },
    Need {
        what: "Poppler's programs",
        why: "the tests read PDF documents as others do",
        from: For::Tests,
        remedy: Remedy::System {
            debian: &["poppler-utils"],
            others: "Fedora: dnf install poppler-utils. macOS: brew install poppler.",
        },
        is_there: || run::succeeds(Command::new("pdftotext").arg("-v")),
    },
    Need {
        what: "Python 3.10 or newer, with venv",
        why: "the tests generate requests with schemathesis",
        from: For::Tests,
        remedy: Remedy::System {
            debian: &["python3", "python3-venv"],
            others: "Fedora: dnf install python3. macOS: brew install python.",
        },
        is_there: || run::succeeds(Command::new("python3").args(["-c", HAS_VENV])),
    },
    Need {
        what: "the Python packages of tests/requirements.txt",
        why: "the tests generate requests and clients from the API's document",
        from: For::Tests,
        remedy: Remedy::Python,
        is_there: has_python_packages,
    },
    Need {
        what: "the npm packages of tests/clients/package-lock.json",
        why: "the tests check the API's document and generate clients from it",
        from: For::Tests,
        remedy: Remedy::Npm("tests/clients"),
        is_there: || has_npm_packages("tests/clients"),
    },
    Need {
        what: "nginx",
        why: "reads are measured beside it",
        from: For::Bench,
        remedy: Remedy::System { debian: &["nginx"], others: "Fedora: dnf install nginx. macOS: brew install nginx." },
        is_there: || is_in_system_path("nginx"),
    },
    Need {
        what: "wrk",
        why: "it makes the load that is measured",
        from: For::Bench,
        remedy: Remedy::System { debian: &["wrk"], others: "Fedora: dnf install wrk. macOS: brew install wrk." },
        is_there: || run::is_in_path("wrk"),
    },
    Need {
        what: "the npm packages of xtask/lighthouse/package-lock.json",
        why: "Lighthouse measures the page",
        from: For::Bench,
        remedy: Remedy::Npm("xtask/lighthouse"),
        is_there: || has_npm_packages("xtask/lighthouse"),
    },
];

/// Programs for administrators lie where others do not look.
fn is_in_system_path(program: &str) -> bool {
    run::is_in_path(program) || fs::exists(format!("/usr/sbin/{program}")).unwrap_or(false)
}

/// Fails where Python is too old or comes without what makes virtual environments.
const HAS_VENV: &str = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";

fn has_node() -> bool {
    let version = run::output(Command::new("node").arg("--version"));
    run::is_in_path("npm") && version.is_ok_and(|version| is_new_enough(&version))
}

/// `v20.20.2` is.
fn is_new_enough(node: &str) -> bool {
    let mut numbers = node.trim().trim_start_matches('v').split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= (20, 19),
        _ => false,
    }
}

/// Asks the compiler itself, since Rust does not always come from rustup.
fn has_wasm_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder =
        run::output(run::in_root(rustc).args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]));
    folder.is_ok_and(|folder| fs::exists(folder.trim()).unwrap_or(false))
}

/// npm notes what it installed in a file of its own, which is older than a lock file that has changed since.
fn has_npm_packages(folder: &str) -> bool {
    let age = |path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let folder = workspace::root().join(folder);
    let wanted = age(folder.join("package-lock.json"));
    let installed = age(folder.join("node_modules/.package-lock.json"));
    installed.is_some() && installed >= wanted
}

/// A virtual environment keeps the list that it was made from.
fn has_python_packages() -> bool {
    let installed = workspace::python().and_then(|folder| Ok(fs::read(folder.join(workspace::REQUIREMENTS))?));
    let wanted = fs::read(workspace::root().join("tests").join(workspace::REQUIREMENTS));
    installed.is_ok_and(|installed| wanted.is_ok_and(|wanted| wanted == installed))
}

fn has_browser() -> bool {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    browsers.into_iter().any(run::is_in_path) && run::is_in_path("chromedriver")
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn node_versions() {
        for enough in ["v20.19.0\n", "v20.20.2", "v22.0.0", "v100.1.0"] {
            assert!(is_new_enough(enough), "{enough}");
        }
        for old in ["v20.18.3", "v18.99.0", "", "node: not found"] {
            assert!(!is_new_enough(old), "{old}");
        }
    }
}
