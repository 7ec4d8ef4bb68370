//! The language files against each other and against the code: no key is missing in a language, none is used that
//! does not exist, none exists that nobody uses.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::*;

/// Keys that are made from codes of the contract; `form_errors` looks them up and falls back.
const FROM_CODES: [&str; 2] = ["problem-", "field-"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The first text literal after each `marker` in the code: `t!(i18n, "key")`, `key("key")`.
fn keys_after(code: &str, marker: &str, skip_argument: bool) -> Vec<String> {
    let mut keys = Vec::new();
    for (at, _) in code.match_indices(marker) {
        // `assert!(` ends like `t!(`.
        if code[..at].ends_with(|before: char| before.is_alphanumeric()) {
            continue;
        }
        let mut rest = &code[at + marker.len()..];
        if skip_argument {
            let Some((_, after)) = rest.split_once(',') else { continue };
            rest = after;
        }
        if let Some(literal) = rest.trim_start().strip_prefix('"') {
            keys.push(literal.split('"').next().unwrap().to_owned());
        }
    }
    keys
}

fn used() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut keys = BTreeSet::new();
    for path in sources(&folder).iter().filter(|path| !path.ends_with("i18n/tests.rs")) {
        // What documentation shows is no use.
        let code: String = fs::read_to_string(path)
            .unwrap()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        keys.extend(keys_after(&code, "t!(", true));
        keys.extend(keys_after(&code, "key(", false));
    }
    keys
}

/// Each message of a language with the variables it names.
fn written(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut current = String::new();
    for line in WORKSPACE(language).iter().flat_map(|file| file.lines()) {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            let (key, _) = line.split_once(" =").expect("a message has a key");
            current = key.to_owned();
            let before = messages.insert(current.clone(), BTreeSet::new());
            assert!(before.is_none(), "{current} is written twice in {language:?}");
        }
        for (_, rest) in line.match_indices('$').map(|(at, _)| line.split_at(at + 1)) {
            let name = rest.split(|sign: char| !sign.is_ascii_alphanumeric()).next().unwrap();
            messages.get_mut(&current).unwrap().insert(name.to_owned());
        }
    }
    messages
}

#[test]
fn languages_have_the_same_keys_with_the_same_variables() {
    assert_eq!(written(Language::Da), written(Language::En));
}

#[test]
fn every_key_in_the_code_is_written() {
    let written = written(Language::Da);
    let missing: Vec<_> = used().into_iter().filter(|key| !written.contains_key(key)).collect();
    assert!(missing.is_empty(), "used and not written: {missing:?}");
}

#[test]
fn every_key_that_is_written_is_used() {
    let used = used();
    let idle: Vec<_> = written(Language::Da)
        .into_keys()
        .filter(|key| !used.contains(key) && !FROM_CODES.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    assert!(idle.is_empty(), "written and not used: {idle:?}");
}

#[test]
fn every_message_parses_and_can_be_said() {
    for language in Language::ALL {
        let i18n = I18n::new(language, WORKSPACE, Callback::noop());
        for (key, variables) in written(language) {
            let names: Vec<&'static str> =
                variables.into_iter().map(|name| &*Box::leak(name.into_boxed_str())).collect();
            let values: Vec<_> = names.iter().map(|name| (*name, FluentValue::from(2))).collect();
            let text = i18n.find(&key, &values).unwrap_or_else(|| panic!("{key} in {language:?} does not parse"));
            assert!(!text.contains('{') && !text.trim().is_empty(), "{key}: {text}");
        }
    }
}

#[test]
fn the_portal_speaks_without_the_workspaces_texts() {
    assert!(PORTAL(Language::Da).len() < WORKSPACE(Language::Da).len());
}

#[test]
fn numbers_in_texts_have_separators_and_plurals() {
    let danish = I18n::new(Language::Da, PORTAL, Callback::noop());
    assert_eq!(crate::t!(danish, "response-count", count = 0), "Ingen svar endnu");
    assert_eq!(crate::t!(danish, "response-count", count = 1), "1 svar");
    assert_eq!(crate::t!(danish, "response-count", count = 12_345), "12.345 svar");
    let english = I18n::new(Language::En, PORTAL, Callback::noop());
    assert_eq!(crate::t!(english, "response-count", count = 12_345), "12,345 responses");
}
