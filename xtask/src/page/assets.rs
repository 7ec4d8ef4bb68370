//! The files that the page consists of: named after their content, compressed once, and cleared away when two builds
//! old.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::page::Mode;
use crate::page::icons;
use crate::page::manifest::Manifest;
use crate::workspace;

/// The extensions of the compressed variants beside a file.
const VARIANTS: [&str; 2] = ["br", "gz"];

/// The sprite of which the page gets what it shows.
const ICONS: &str = "icons.svg";

/// Kinds of files that are compressed already.
const COMPRESSED: [&str; 6] = ["woff2", "woff", "png", "jpg", "webp", "avif"];

/// Collects a build's files and knows by which address each is reached.
pub(crate) struct Assets {
    dist: PathBuf,
    mode: Mode,
    urls: BTreeMap<String, String>,
}

impl Assets {
    pub(crate) fn new(dist: &Path, mode: Mode) -> Result<Self> {
        let folder = dist.join("assets");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self { dist: dist.to_path_buf(), mode, urls: BTreeMap::new() })
    }

    /// Adds a file under `name`, a path such as `fonts/plex-regular.woff2`, and returns its address.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Result<String> {
        let url = format!("/assets/{}", with_hash(name, content));
        let path = self.dist.join(url.trim_start_matches('/'));
        let is_compressible = !COMPRESSED.iter().any(|kind| name.ends_with(&format!(".{kind}")));
        // The variants first: where the file itself is, a finished earlier build put it.
        if is_compressible && self.mode == Mode::Optimised {
            for variant in VARIANTS {
                let beside = beside(&path, variant);
                if !beside.exists() {
                    super::write(&beside, &compress(variant, content)?)?;
                }
            }
        }
        if !path.exists() {
            super::write(&path, content)?;
        }
        self.urls.insert(name.to_owned(), url.clone());
        Ok(url)
    }

    /// The address of a file that was added under this name.
    pub(crate) fn url(&self, name: &str) -> Option<&str> {
        self.urls.get(name).map(String::as_str)
    }

    /// Adds the files that `frontend/assets.txt` takes from npm packages, and those in `frontend/assets/`.
    pub(crate) fn add_static_files(&mut self) -> Result<()> {
        let list = workspace::frontend().join("assets.txt");
        let text = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
        for (source, name) in listed(&text)? {
            let path = workspace::node_modules().join(source);
            if name == ICONS {
                let sprite = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                let shown = icons::only(&sprite, &icons::words_in(&workspace::frontend().join("src"))?);
                self.add(name, shown.as_bytes())?;
            } else {
                self.add_file(name, &path)?;
            }
        }
        let own = workspace::frontend().join("assets");
        for entry in WalkDir::new(&own).sort_by_file_name().into_iter().filter(|_| own.exists()) {
            let entry = entry?;
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(&own)?.to_string_lossy().replace('\\', "/");
                self.add_file(&name, entry.path())?;
            }
        }
        Ok(())
    }

    pub(crate) fn into_urls(self) -> BTreeMap<String, String> {
        self.urls
    }

    fn add_file(&mut self, name: &str, path: &Path) -> Result<()> {
        let content = fs::read(path).with_context(|| format!("cannot read {} (assets.txt)", path.display()))?;
        self.add(name, &content).map(drop)
    }
}

/// Deletes the files that none of these builds names. The build before this one stays, because a page that somebody
/// has open still asks for its files.
pub(crate) fn keep_only(dist: &Path, builds: &[Option<&Manifest>]) -> Result<()> {
    let named = builds.iter().flatten().flat_map(|manifest| manifest.files.values());
    let mut kept = BTreeSet::new();
    for url in named {
        let path = dist.join(url.trim_start_matches('/'));
        kept.extend(VARIANTS.map(|variant| beside(&path, variant)));
        kept.insert(path);
    }
    for entry in WalkDir::new(dist.join("assets")) {
        let entry = entry?;
        if entry.file_type().is_file() && !kept.contains(entry.path()) {
            fs::remove_file(entry.path()).with_context(|| format!("cannot delete {}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// What these files weigh together, as they are and as they travel.
pub(crate) fn describe(dist: &Path, urls: &[impl AsRef<str>]) -> String {
    let size = |path: &Path| fs::metadata(path).map(|meta| meta.len()).ok();
    let (mut plain, mut sent) = (0, 0);
    for url in urls {
        let path = dist.join(url.as_ref().trim_start_matches('/'));
        let whole = size(&path).unwrap_or_default();
        plain += whole;
        sent += size(&beside(&path, "br")).unwrap_or(whole);
    }
    format!("{} kB, {} kB to download", plain.div_ceil(1000), sent.div_ceil(1000))
}

/// `source -> name` on each line that is not blank or a comment.
fn listed(text: &str) -> Result<Vec<(&str, &str)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.split_once("->") {
            Some((source, name)) => Ok((source.trim(), name.trim())),
            None => bail!("frontend/assets.txt: `{line}` is not `path in node_modules -> name`"),
        })
        .collect()
}

/// `fonts/plex.woff2` becomes `fonts/plex-0123456789ab.woff2`.
fn with_hash(name: &str, content: &[u8]) -> String {
    let mut hash = hex::encode(Sha256::digest(content));
    hash.truncate(12);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

fn beside(path: &Path, variant: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(".");
    path.push(variant);
    path.into()
}

/// As small as each format gets: this happens once, downloads happen every day.
fn compress(variant: &str, content: &[u8]) -> Result<Vec<u8>> {
    if variant == "gz" {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content)?;
        return Ok(encoder.finish()?);
    }
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_comes_before_the_extension_and_follows_the_content() {
        assert_eq!(with_hash("fonts/plex.woff2", b"abc"), "fonts/plex-ba7816bf8f01.woff2");
        assert_ne!(with_hash("a.css", b"1"), with_hash("a.css", b"2"));
    }

    #[test]
    fn the_build_before_stays_and_the_one_before_that_goes() {
        let dist = std::env::temp_dir().join(format!("agora-assets-{}", std::process::id()));
        let build = |content: &[u8]| {
            let mut assets = Assets::new(&dist, Mode::Optimised).unwrap();
            assets.add("fonts/plex.css", content).unwrap();
            let before = Manifest::read(&dist);
            let manifest = Manifest::new(BTreeMap::new(), Vec::new(), assets.into_urls());
            manifest.write(&dist).unwrap();
            keep_only(&dist, &[Some(&manifest), before.as_ref()]).unwrap();
            dist.join(manifest.files["fonts/plex.css"].trim_start_matches('/'))
        };
        let [oldest, older, newest] = [&b"1"[..], b"2", b"3"].map(build);
        for (path, is_kept) in [(oldest, false), (older, true), (newest, true)] {
            assert_eq!(path.exists(), is_kept, "{}", path.display());
            assert_eq!(beside(&path, "br").exists(), is_kept, "{}.br", path.display());
            assert_eq!(beside(&path, "gz").exists(), is_kept, "{}.gz", path.display());
        }
        fs::remove_dir_all(dist).unwrap();
    }

    #[test]
    fn the_list_of_files_from_packages() {
        let text = "# fonts\n\na/b.svg -> icons.svg\n  c.woff2->fonts/c.woff2\n";
        assert_eq!(listed(text).unwrap(), [("a/b.svg", "icons.svg"), ("c.woff2", "fonts/c.woff2")]);
        assert!(listed("a/b.svg icons.svg").unwrap_err().to_string().contains("a/b.svg icons.svg"));
    }
}
