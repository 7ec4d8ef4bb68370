//! Compiles the stylesheets and gives the files they name their hashed addresses.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::page::assets::Assets;
use crate::{run, workspace};

/// Adds a stylesheet for each `frontend/styles/*.scss` that is not a partial, and returns their addresses.
pub(crate) fn compile(assets: &mut Assets) -> Result<Vec<String>> {
    let mut urls = Vec::new();
    for source in entry_points()? {
        let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let css = sass(&source)?;
        let css = link(&css, assets).with_context(|| format!("in {}", source.display()))?;
        urls.push(assets.add(&format!("{stem}.css"), css.as_bytes())?);
    }
    Ok(urls)
}

fn entry_points() -> Result<Vec<PathBuf>> {
    let folder = workspace::frontend().join("styles");
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let is_partial = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"_"));
        if path.extension().is_some_and(|extension| extension == "scss") && !is_partial {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn sass(source: &Path) -> Result<String> {
    run::output(
        run::in_root(workspace::node_modules().join(".bin/sass"))
            // The design system's own deprecation warnings are not ours to mend.
            .args(["--style=compressed", "--no-source-map", "--quiet-deps"])
            .arg(format!("--load-path={}", workspace::node_modules().display()))
            .arg(source),
    )
}

/// Replaces the name in every `url(...)` by the address of the file added under that name.
fn link(css: &str, assets: &Assets) -> Result<String> {
    let mut linked = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(") {
        let (quoted, after) = after.split_once(')').context("a `url(` without its `)`")?;
        let name = quoted.trim().trim_matches(['"', '\'']);
        linked.push_str(before);
        linked.push_str("url(");
        if name.starts_with("data:") || name.starts_with('#') {
            linked.push_str(quoted);
        } else if let Some(url) = assets.url(name) {
            linked.push_str(url);
        } else {
            bail!("`url({quoted})` names a file that is neither in frontend/assets.txt nor in frontend/assets/");
        }
        linked.push(')');
        rest = after;
    }
    linked.push_str(rest);
    Ok(linked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Mode;

    #[test]
    fn names_become_addresses_and_unknown_names_are_refused() {
        let folder = std::env::temp_dir().join(format!("agora-styles-{}", std::process::id()));
        let mut assets = Assets::new(&folder, Mode::Fast).unwrap();
        let url = assets.add("icons/check.svg", b"<svg/>").unwrap();
        let css = "a{background:url(\"icons/check.svg\")}b{mask:url(#m)}c{src:url(data:x)}";
        assert_eq!(
            link(css, &assets).unwrap(),
            format!("a{{background:url({url})}}b{{mask:url(#m)}}c{{src:url(data:x)}}")
        );
        assert!(link("a{src:url(fonts/none.woff2)}", &assets).unwrap_err().to_string().contains("fonts/none.woff2"));
        fs::remove_dir_all(folder).unwrap();
    }
}
