//! Tells whether anything that the page is made from has changed since it was made.

use std::env;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use crate::page::{Mode, wasm};
use crate::workspace;

/// One line for each input with its size and age, which is as good as its content here and read in no time.
pub(crate) fn of_inputs(mode: Mode) -> Result<String> {
    let mut lines = format!("{mode:?}\n");
    for input in inputs(mode)? {
        for entry in WalkDir::new(&input).sort_by_file_name() {
            let Ok(entry) = entry else { continue };
            let meta = entry.metadata().with_context(|| format!("cannot look at {}", entry.path().display()))?;
            if meta.is_file() {
                let age = meta.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
                // Writing to a string cannot fail.
                let _ = writeln!(lines, "{} {} {age}", entry.path().display(), meta.len());
            }
        }
    }
    Ok(lines)
}

/// Files and folders; one that does not exist simply has no lines. This program is among them: what it does to the
/// others may have changed as well.
fn inputs(mode: Mode) -> Result<Vec<PathBuf>> {
    let frontend = workspace::frontend();
    let mut inputs = vec![env::current_exe().context("cannot find this program's own file")?];
    for app in wasm::APPS {
        inputs.push(wasm::compiled(app, mode)?);
    }
    inputs.extend(["index.html", "styles", "assets", "assets.txt"].map(|name| frontend.join(name)));
    inputs.push(workspace::node_modules().join(".package-lock.json"));
    Ok(inputs)
}
