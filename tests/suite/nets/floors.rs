//! Exists because a house whose rooms all open into each other cannot be changed in one of them: what is written lies
//! low, what reads or performs lies high, and a module uses only what lies below it.

use std::collections::BTreeMap;

use regex::Regex;
use tests::contract::repository;
use walkdir::WalkDir;

/// The server's modules from the ground up. One may use those of the floors below it, and on its own floor those that
/// stand before it.
const FLOORS: [&[&str]; 12] = [
    // Ground: what everything stands on.
    &[
        "secret",
        "foreign",
        "theme",
        "clock",
        "db",
        "per_person",
        "heavy",
        "looking",
        "markdown",
        "ports",
        "config",
        "telemetry",
        "bell",
        "heartbeat",
    ],
    // The kit of HTTP, and what requests and jobs can reach.
    &["service", "http"],
    // Who calls, what is written down, what is to be done.
    &["identity", "audit", "jobs", "rates", "login"],
    &["attachments", "catalogue"],
    // Hearings: the core.
    &["hearings"],
    &["participants", "employees"],
    &["responses"],
    // What is kept of all of it.
    &["backup"],
    // What is shown of all of it.
    &["overview", "audit_log", "web", "integrations", "operations", "document"],
    // What performs.
    &["worker", "middleware"],
    &["shutdown", "seed", "assembly", "application", "cli"],
    &["main", "lib"],
];

/// Uses that go up, each with the reason why it is still there. The list only gets shorter.
const KNOWN: [(&str, &str, &str); 0] = [];

/// Where a module stands: the floor, and its place on it.
fn place(module: &str) -> (usize, usize) {
    let found = FLOORS.iter().enumerate().find_map(|(floor, modules)| {
        modules.iter().position(|known| *known == module).map(|position| (floor, position))
    });
    found.unwrap_or_else(|| panic!("{module} stands on no floor: give it a place in this file's table"))
}

/// Every use of another top-level module: which module uses which, and the file.
fn uses() -> Vec<(String, String, String)> {
    let root = repository().join("api/src");
    let paths = Regex::new(r"\bcrate::(\{|\w+)").unwrap();
    let tests = Regex::new(r"(?s)#\[cfg\(test\)\]\nmod tests \{.*").unwrap();
    let comments = Regex::new(r"(?m)^\s*//.*$").unwrap();
    let mut found = Vec::new();
    for entry in WalkDir::new(&root).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let own = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let text = comments.replace_all(&text, "");
        let text = tests.replace(&text, "");
        let mut add = |used: &str| found.push((own.clone(), used.to_owned(), path.clone()));
        for start in paths.captures_iter(&text) {
            match &start[1] {
                "{" => first_names(&text[start.get(1).unwrap().end()..]).iter().for_each(|name| add(name)),
                name => add(name),
            }
        }
    }
    found
}

/// The names that stand first in a group of uses: `a` and `b` of `a::x, b::{y, z}}`.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut begins, mut names) = (0, true, Vec::new());
    let mut name = String::new();
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(std::mem::take(&mut name));
                begins = true;
            }
            letter if letter.is_alphanumeric() || letter == '_' => {
                if begins && depth == 0 {
                    name.push(letter);
                }
            }
            ' ' | '\n' => {}
            _ => begins = false,
        }
    }
    names.push(name);
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn a_module_uses_only_what_lies_below_it() {
    let uses = uses();
    assert!(uses.len() > 500, "the uses were found: {}", uses.len());
    let mut up: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (own, used, path) in uses {
        let is_known = KNOWN.iter().any(|(file, module, _)| *file == path && *module == used);
        if own != used && place(&used) >= place(&own) && !is_known {
            up.entry((own, used)).or_default().push(path);
        }
    }
    assert!(up.is_empty(), "these look up: {up:#?}");
}

#[test]
fn groups_of_uses_come_apart() {
    assert_eq!(first_names("a::{self, b}, c, d::e::{f, g::h}}; use crate::i;"), ["a", "c", "d"]);
    assert_eq!(first_names("\n    audit::{\n        self,\n    },\n    db,\n}"), ["audit", "db"]);
}
