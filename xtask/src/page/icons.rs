//! The icons that the page shows, out of the design system's many: everybody downloads them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// The words that stand between quotation marks in the Rust files of a folder: among them the names of all icons.
pub(crate) fn words_in(folder: &Path) -> Result<BTreeSet<String>> {
    let mut words = BTreeSet::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let text =
                fs::read_to_string(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
            words.extend(text.split('"').map(ToOwned::to_owned));
        }
    }
    Ok(words)
}

/// A sprite with the symbols of these names alone.
pub(crate) fn only(sprite: &str, names: &BTreeSet<String>) -> String {
    const END: &str = "</symbol>";
    let mut kept = String::new();
    let mut rest = sprite;
    while let Some((before, behind)) = rest.split_once("<symbol ") {
        kept.push_str(before);
        let (symbol, behind) = behind.split_once(END).unwrap_or((behind, ""));
        let name = symbol.split_once("id=\"").and_then(|(_, name)| name.split_once('"'));
        if name.is_some_and(|(name, _)| names.contains(name)) {
            kept.push_str("<symbol ");
            kept.push_str(symbol);
            kept.push_str(END);
        }
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_names_goes() {
        let sprite = "<svg><symbol id=\"a\" viewBox=\"0\"><path/></symbol><symbol id=\"b\"></symbol><symbol id=\"c-d\"></symbol></svg>";
        let names = ["a", "c-d", "x"].map(ToOwned::to_owned).into();
        let kept = "<svg><symbol id=\"a\" viewBox=\"0\"><path/></symbol><symbol id=\"c-d\"></symbol></svg>";
        assert_eq!(only(sprite, &names), kept);
        assert_eq!(only("<svg></svg>", &names), "<svg></svg>");
    }
}
