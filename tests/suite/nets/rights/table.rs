//! The table of rights as it is written.

use std::collections::{BTreeMap, BTreeSet};

/// The people of a block that is about a hearing.
const OF_A_HEARING: [&str; 9] =
    ["administrator", "anonymous", "auditor", "case worker", "creator", "employee", "invitee", "owner", "reviewer"];
/// The people of a block that is about no hearing.
const OF_NO_HEARING: [&str; 5] = ["administrator", "anonymous", "auditor", "creator", "employee"];

/// One block: an operation, perhaps on a special kind of thing, and the answer to each person in each status.
pub(super) struct Block {
    /// The operation's id.
    pub(super) operation: String,
    /// What is special: `of a public hearing`.
    pub(super) of: String,
    /// Person and status to the expected word; the status is empty where there is no hearing.
    pub(super) cells: BTreeMap<(String, String), String>,
}

/// Reads the table; panics with what is wrong with it.
pub(super) fn read(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for block in text.split("\n== ").skip(1) {
        let (title, body) = block.split_once('\n').expect("a block has rows");
        let (operation, of) = title.split_once(' ').unwrap_or((title, ""));
        let cells = cells(title, body);
        let people: BTreeSet<&str> = cells.keys().map(|(who, _)| who.as_str()).collect();
        let has_statuses = cells.keys().all(|(_, status)| !status.is_empty());
        let wanted: BTreeSet<&str> = if has_statuses { OF_A_HEARING.into() } else { OF_NO_HEARING.into() };
        assert_eq!(people, wanted, "{title}: everybody has a row, once");
        blocks.push(Block { operation: operation.to_owned(), of: of.to_owned(), cells });
    }
    blocks
}

fn cells(title: &str, body: &str) -> BTreeMap<(String, String), String> {
    let mut statuses = vec![""];
    let mut cells = BTreeMap::new();
    for line in body.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (people, words) = line.split_once('|').unwrap_or_else(|| panic!("{title}: no row: {line}"));
        let words: Vec<&str> = words.split_whitespace().collect();
        if people.trim().is_empty() {
            statuses = words;
            continue;
        }
        assert_eq!(words.len(), statuses.len(), "{title}: {line}");
        for who in people.split(',').map(str::trim) {
            for (status, word) in statuses.iter().zip(&words) {
                let before = cells.insert((who.to_owned(), (*status).to_owned()), (*word).to_owned());
                assert!(before.is_none(), "{title}: {who} has two rows");
            }
        }
    }
    cells
}
