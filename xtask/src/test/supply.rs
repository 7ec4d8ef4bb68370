//! What other people's code may come in: under which licences, from where, in how many versions. `.cargo/deny.toml` says what
//! may; its form is cargo-deny's, which does the same and more, and takes longer to install than everything else here.

mod licences;
mod shipped;

use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::{run, workspace};

/// What is shipped, and for which target.
const SHIPPED: [(&str, &str); 2] = [("api", "x86_64-unknown-linux-gnu"), ("frontend", "wasm32-unknown-unknown")];

/// The part of `.cargo/deny.toml` that is read here.
#[derive(Deserialize)]
struct Policy {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    skip: Vec<Skip>,
}

/// A version that may be there beside another: `phf@0.12`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Skip {
    #[serde(rename = "crate")]
    spec: String,
}

/// What `cargo metadata` tells.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    /// Where it comes from; nothing for what lies in this repository.
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// Nothing for what ends up in the program; `dev`, `build`.
    kind: Option<String>,
}

/// Compares what there is with what may be, and says everything that is wrong at once.
pub(crate) fn check() -> Result<()> {
    let path = workspace::root().join(".cargo/deny.toml");
    let policy = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let policy: Policy = toml::from_str(&policy).context("deny.toml is not of its form")?;
    let all = metadata(None)?;
    let mut wrong = licences::wrong(&policy.licenses.allow, &all.packages)?;
    wrong.extend(sources(&all.packages));
    let shipped = SHIPPED
        .into_iter()
        .map(|(root, target)| Ok((root, shipped::versions(&metadata(Some(target))?, root))))
        .collect::<Result<Vec<_>>>()?;
    wrong.extend(shipped::twice(&policy.bans.skip, &shipped));
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    println!("{} packages are as deny.toml wants them.", all.packages.len());
    Ok(())
}

fn metadata(target: Option<&str>) -> Result<Metadata> {
    let mut cargo = run::cargo();
    cargo.args(["metadata", "--locked", "--format-version", "1"]);
    if let Some(target) = target {
        cargo.args(["--filter-platform", target]);
    }
    serde_json::from_str(&run::output(&mut cargo)?).context("cargo metadata is not of its form")
}

/// Everything is from one registry, or from here.
fn sources(packages: &[Package]) -> Vec<String> {
    let foreign = || packages.iter().filter_map(|package| Some((package, package.source.as_deref()?)));
    let registry = foreign().map(|(_, source)| source).find(|source| source.starts_with("registry+"));
    let elsewhere = foreign().filter(|(_, source)| Some(*source) != registry);
    elsewhere.map(|(package, source)| format!("{} {} comes from {source}", package.name, package.version)).collect()
}

#[cfg(test)]
fn package(name: &str, version: &str) -> Package {
    Package {
        id: format!("{name}@{version}"),
        name: name.to_owned(),
        version: version.to_owned(),
        license: Some("MIT".to_owned()),
        source: Some("registry+one".to_owned()),
        targets: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_registry_and_nothing_else() {
        let from = |name: &str, source: Option<&str>| Package {
            source: source.map(ToOwned::to_owned),
            ..package(name, "1.0.0")
        };
        let packages = [
            from("ours", None),
            from("theirs", Some("registry+one")),
            from("branch", Some("git+somewhere")),
            from("mirror", Some("registry+two")),
        ];
        assert_eq!(
            sources(&packages),
            ["branch 1.0.0 comes from git+somewhere", "mirror 1.0.0 comes from registry+two"]
        );
    }
}
