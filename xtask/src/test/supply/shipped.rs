//! What ends up in the programs, in how many versions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Metadata, Node, Package, Skip};

/// The versions of each crate.
pub(super) type Versions = BTreeMap<String, BTreeSet<String>>;

/// Those that end up in the program of this package: neither what only tests or builds need, nor what only generates
/// code.
pub(super) fn versions(metadata: &Metadata, root: &str) -> Versions {
    let packages: BTreeMap<&str, &Package> =
        metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let nodes: BTreeMap<&str, &Node> = metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let is_root = |package: &&Package| package.name == root && package.source.is_none();
    let mut waiting: Vec<&str> = metadata.packages.iter().filter(is_root).map(|package| package.id.as_str()).collect();
    let (mut seen, mut versions) = (BTreeSet::new(), Versions::new());
    while let Some(id) = waiting.pop() {
        let Some(package) = packages.get(id).filter(|package| !generates_code(package)) else { continue };
        if !seen.insert(id) {
            continue;
        }
        versions.entry(package.name.clone()).or_default().insert(package.version.clone());
        let dependencies = nodes.get(id).into_iter().flat_map(|node| &node.deps);
        let linked = dependencies.filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        waiting.extend(linked.map(|dependency| dependency.pkg.as_str()));
    }
    versions
}

fn generates_code(package: &Package) -> bool {
    package.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"))
}

/// Crates that are there in two versions, and exceptions that nothing needs any more.
pub(super) fn twice(skip: &[Skip], shipped: &[(&str, Versions)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (root, versions) in shipped {
        for (name, versions) in versions {
            let counted: Vec<&str> = versions
                .iter()
                .map(String::as_str)
                .filter(|version| !skip.iter().any(|skip| skip.means(name, version)))
                .collect();
            if counted.len() > 1 {
                wrong.push(format!("{root} holds {name} in the versions {}", counted.join(" and ")));
            }
        }
    }
    let is_needed = |skip: &&Skip| {
        let beside_another = |(name, versions): (&String, &BTreeSet<String>)| {
            versions.len() > 1 && versions.iter().any(|version| skip.means(name, version))
        };
        shipped.iter().any(|(_, versions)| versions.iter().any(beside_another))
    };
    let idle = skip.iter().filter(|skip| !is_needed(skip));
    wrong.extend(idle.map(|skip| format!("deny.toml skips {}, which is not there beside another", skip.spec)));
    wrong
}

impl Skip {
    /// `phf@0.12` means `0.12.1` and not `0.120.0`.
    fn means(&self, name: &str, version: &str) -> bool {
        self.spec.split_once('@').is_some_and(|(skipped, wanted)| {
            let rest = version.strip_prefix(wanted);
            skipped == name && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::supply::{Dependency, DependencyKind, Resolve, Target, package};

    fn depends(kind: Option<&str>, on: &str) -> Dependency {
        Dependency { pkg: on.to_owned(), dep_kinds: vec![DependencyKind { kind: kind.map(ToOwned::to_owned) }] }
    }

    #[test]
    fn only_what_ends_up_in_the_program_counts() {
        let root = Package { source: None, ..package("api", "0.1.0") };
        let generator =
            Package { targets: vec![Target { kind: vec!["proc-macro".to_owned()] }], ..package("derive", "1.0.0") };
        let others = ["a@1.0.0", "a@2.0.0", "a@3.0.0", "a@4.0.0"].map(|id| package("a", &id[2..]));
        let deps = vec![
            depends(None, "a@1.0.0"),
            depends(Some("dev"), "a@2.0.0"),
            depends(Some("build"), "a@3.0.0"),
            depends(None, "derive@1.0.0"),
        ];
        let nodes = vec![
            Node { id: "api@0.1.0".to_owned(), deps },
            Node { id: "derive@1.0.0".to_owned(), deps: vec![depends(None, "a@4.0.0")] },
        ];
        let packages = [root, generator].into_iter().chain(others).collect();
        let versions = versions(&Metadata { packages, resolve: Resolve { nodes } }, "api");
        assert_eq!(versions["a"], BTreeSet::from(["1.0.0".to_owned()]));
        assert!(!versions.contains_key("derive"));
    }

    #[test]
    fn two_versions_are_wrong_and_so_is_an_exception_that_nothing_needs() {
        let versions: Versions =
            BTreeMap::from([("a".to_owned(), BTreeSet::from(["0.1.2".to_owned(), "0.12.0".to_owned()]))]);
        let skip = |specs: &[&str]| specs.iter().map(|spec| Skip { spec: (*spec).to_owned() }).collect::<Vec<_>>();
        let twice = |specs: &[&str]| twice(&skip(specs), &[("api", versions.clone())]);
        assert_eq!(twice(&[]), ["api holds a in the versions 0.1.2 and 0.12.0"]);
        assert_eq!(twice(&["a@0.1"]), Vec::<String>::new());
        assert_eq!(twice(&["a@0.1", "a@0.2"]), ["deny.toml skips a@0.2, which is not there beside another"]);
    }
}
