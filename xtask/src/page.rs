//! Builds the page: from the frontend crate, its styles and the design system's files to `frontend/dist`, where every
//! file but `index.html` carries a hash of its content in its name and may be cached for ever.
//!
//! ```text
//! frontend/dist/
//!   index.html       the template that the server fills in for each request
//!   manifest.json    what the server fills in: see `manifest`
//!   assets/          hashed files with their .br and .gz variants, of this build and the one before
//! ```

mod assets;
mod fingerprint;
mod icons;
mod manifest;
mod styles;
mod wasm;

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::page::assets::Assets;
use crate::page::manifest::Manifest;
use crate::workspace;

/// Who the page is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Everybody: small and precompressed. The first build takes a minute or two.
    Optimised,
    /// Oneself, while editing: large and quick.
    Fast,
}

/// Builds what has changed. An unchanged page costs what cargo's own look costs.
pub(crate) fn build(mode: Mode) -> Result<()> {
    wasm::compile(mode)?;
    let fingerprint = fingerprint::of_inputs(mode)?;
    let dist = workspace::dist();
    let note = dist.join(".inputs");
    let is_unchanged = fs::read_to_string(&note).is_ok_and(|made_from| made_from == fingerprint);
    if is_unchanged && Manifest::read(&dist).is_some() {
        println!("The page is up to date.");
        return Ok(());
    }

    let begun = Instant::now();
    println!("Making the page ...");
    let manifest = assemble(mode, &dist)?;
    write(&note, fingerprint.as_bytes())?;
    for (app, entry) in &manifest.apps {
        println!("  {app:9} {}", assets::describe(&dist, &[&entry.script, &entry.module, &entry.wasm]));
    }
    println!("  styles    {}", assets::describe(&dist, &manifest.styles));
    println!("The page is in frontend/dist after {:.1} s.", begun.elapsed().as_secs_f32());
    Ok(())
}

fn assemble(mode: Mode, dist: &Path) -> Result<Manifest> {
    let mut assets = Assets::new(dist, mode)?;
    assets.add_static_files()?;
    let styles = styles::compile(&mut assets)?;
    let apps = wasm::bind(mode, &mut assets)?;
    let manifest = Manifest::new(apps, styles, assets.into_urls());

    // The manifest last: whoever reads it finds everything it names.
    let template = workspace::frontend().join("index.html");
    let page = fs::read(&template).with_context(|| format!("cannot read {}", template.display()))?;
    write(&dist.join("index.html"), &page)?;
    let before = Manifest::read(dist);
    manifest.write(dist)?;
    assets::keep_only(dist, &[Some(&manifest), before.as_ref()])?;
    Ok(manifest)
}

/// Writes a file so that no reader ever sees half of it.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    fs::write(&unfinished, bytes)
        .and_then(|()| fs::rename(&unfinished, path))
        .with_context(|| format!("cannot write {}", path.display()))
}
