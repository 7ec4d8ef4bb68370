//! `manifest.json`: what the server puts into the page, and which file became which.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

/// Every value that is an address begins with `/assets/`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// `portal` and `workspace`.
    #[serde(flatten)]
    pub(crate) apps: BTreeMap<String, App>,
    /// The stylesheets, in the order in which the page names them.
    pub(crate) styles: Vec<String>,
    /// The sprite with the design system's icons.
    pub(crate) icons: Option<String>,
    /// Every file, by its name without a hash.
    pub(crate) files: BTreeMap<String, String>,
}

/// One of the two apps.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct App {
    /// The module that starts the app: what the page's script element names.
    pub(crate) script: String,
    /// The module that the script imports, worth a preload.
    pub(crate) module: String,
    /// The program itself, worth a preload too.
    pub(crate) wasm: String,
}

impl Manifest {
    pub(crate) fn new(apps: BTreeMap<String, App>, styles: Vec<String>, files: BTreeMap<String, String>) -> Self {
        let icons = files.get("icons.svg").cloned();
        Self { apps, styles, icons, files }
    }

    /// The manifest of the last build, if there was one that can be understood.
    pub(crate) fn read(dist: &Path) -> Option<Self> {
        let text = fs::read(dist.join("manifest.json")).ok()?;
        serde_json::from_slice(&text).ok()
    }

    pub(crate) fn write(&self, dist: &Path) -> Result<()> {
        super::write(&dist.join("manifest.json"), &serde_json::to_vec_pretty(self)?)
    }
}
