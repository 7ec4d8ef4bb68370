//! Where things are in this repository.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};

use crate::run;

/// The repository's top folder, as an absolute path.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        xtask.parent().unwrap_or(xtask).to_path_buf()
    });
    &ROOT
}

/// The interface's folder.
pub(crate) fn frontend() -> PathBuf {
    root().join("frontend")
}

/// The npm packages' folder.
pub(crate) fn node_modules() -> PathBuf {
    frontend().join("node_modules")
}

/// What the server serves: `frontend/dist`.
pub(crate) fn dist() -> PathBuf {
    frontend().join("dist")
}

/// The list of the tests' Python packages, in `tests/` and in the virtual environment that was made from it.
pub(crate) const REQUIREMENTS: &str = "requirements.txt";

/// The virtual environment of the tests' Python packages.
pub(crate) fn python() -> Result<PathBuf> {
    Ok(target()?.join("python"))
}

/// Where cargo puts what it builds, whether the environment or a configuration file says so.
pub(crate) fn target() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("CARGO_TARGET_DIR") {
        return Ok(root().join(folder));
    }
    let metadata = run::output(run::cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let folder = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    folder.map(PathBuf::from).context("cargo metadata does not tell the target folder")
}
