//! The page as a phone gets it, measured by Lighthouse in Chromium.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::bench::addresses::BASE;
use crate::bench::report::{Bar, Report, Row};
use crate::bench::{Bench, sessions};
use crate::{run, workspace};

/// Of each page: the category, its name here, and the points it has to get.
const CATEGORIES: [(&str, &str, f64); 3] = [
    ("performance", "performance", 90.0),
    ("accessibility", "accessibility", 100.0),
    ("best-practices", "best practices", 100.0),
];

/// Without these Chromium asks its maker what is new.
const QUIET: &str = "--headless=new --disable-background-networking --disable-component-update --disable-sync";

pub(super) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    let hearing = somewhere(bench, "status=concluded")?;
    let open = somewhere(bench, "status=open")?;
    let session = sessions::tokens().next().context("somebody is logged in")?;
    for (page, path, session) in [
        ("front page", "/".to_owned(), None),
        ("hearing", format!("/hoeringer/{hearing}"), None),
        ("writing an answer", format!("/hoeringer/{open}/svar"), Some(session)),
    ] {
        let result = lighthouse(&format!("{}{path}", bench.agora.base()), session.as_deref(), &bench.folder)?;
        for (id, name, bar) in CATEGORIES {
            let score = result.pointer(&format!("/categories/{id}/score")).and_then(Value::as_f64);
            let points = score.with_context(|| format!("Lighthouse has no {name} of the {page}"))? * 100.0;
            report.add(Row::figure(&format!("{page}: {name}"), points.round(), "points", Bar::AtLeast(bar)));
        }
        let bytes = result.pointer("/audits/total-byte-weight/numericValue").and_then(Value::as_f64);
        let kilobytes = bytes.with_context(|| format!("Lighthouse has no weight of the {page}"))? / 1_000.0;
        report.add(Row::figure(&format!("{page}: first visit"), kilobytes, "kB", Bar::AtMost(450.0)));
    }
    Ok(())
}

/// A public hearing.
fn somewhere(bench: &Bench, filter: &str) -> Result<String> {
    let page = bench.agora.visitor(None).json(&format!("{BASE}/hearings?limit=1&{filter}"))?;
    let id = page.pointer("/items/0/id").and_then(Value::as_str);
    id.map(ToOwned::to_owned).with_context(|| format!("there is a hearing with {filter}"))
}

fn lighthouse(url: &str, session: Option<&str>, folder: &Path) -> Result<Value> {
    let result = folder.join("lighthouse.json");
    let chromium = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| run::is_in_path(name));
    let categories = CATEGORIES.map(|(id, _, _)| id).join(",");
    let mut command = Command::new(workspace::root().join("xtask/lighthouse/node_modules/.bin/lighthouse"));
    command
        .args([url, "--quiet", "--output", "json", "--only-categories", &categories, "--output-path"])
        .arg(&result)
        .arg(format!("--chrome-flags={QUIET} {}", sandbox()?));
    if let Some(chromium) = chromium {
        command.env("CHROME_PATH", run::output(Command::new("which").arg(chromium))?.trim());
    }
    if let Some(token) = session {
        command.args(["--extra-headers", &json!({ "Cookie": format!("agora_session={token}") }).to_string()]);
    }
    // Now and then it loses its own trace, says so, and asks to be run again.
    run::output(&mut command).or_else(|_| run::output(&mut command))?;
    let text = fs::read(&result).with_context(|| format!("cannot read {}", result.display()))?;
    serde_json::from_slice(&text).context("Lighthouse's result is JSON")
}

/// Chromium refuses to run as root in its sandbox.
fn sandbox() -> Result<&'static str> {
    let user = run::output(Command::new("id").arg("-u"))?;
    Ok(if user.trim() == "0" { "--no-sandbox" } else { "" })
}
