//! The table of pages and states as it is written.

use std::collections::BTreeSet;

use tests::{WIDTHS, Who};

/// A state that a page can be in. What each means stands in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    Loading,
    Filled,
    English,
    Empty,
    New,
    Failing,
    Away,
    Offline,
    Ended,
    Missing,
    Forbidden,
    Anonymous,
    Invalid,
    Dialog,
}

impl State {
    const ALL: [(&'static str, Self); 14] = [
        ("loading", Self::Loading),
        ("filled", Self::Filled),
        ("english", Self::English),
        ("empty", Self::Empty),
        ("new", Self::New),
        ("failing", Self::Failing),
        ("away", Self::Away),
        ("offline", Self::Offline),
        ("ended", Self::Ended),
        ("missing", Self::Missing),
        ("forbidden", Self::Forbidden),
        ("anonymous", Self::Anonymous),
        ("invalid", Self::Invalid),
        ("dialog", Self::Dialog),
    ];

    fn named(name: &str) -> Self {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.unwrap_or_else(|| panic!("{name} is no state")).1
    }
}

/// What is done on the page before it is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Presses the button of this name.
    Press(String),
    /// Fills in the field of this label.
    Fill(String, String),
}

/// A page in a state.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) state: State,
    pub(super) who: Option<Who>,
    /// Path and query, with hearings' names in braces.
    pub(super) address: String,
    pub(super) widths: Vec<u32>,
    pub(super) steps: Vec<Step>,
    /// The statuses of refused requests that the browser logs.
    pub(super) logs: Vec<u32>,
    /// What must stand on the page.
    pub(super) seen: String,
}

impl Cell {
    fn in_state(state: State) -> Self {
        let (address, seen) = (String::new(), String::new());
        Self { state, who: None, address, widths: WIDTHS.into(), steps: vec![], logs: vec![], seen }
    }
}

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// As the interface's list of addresses has it: `/sag/:id/svar`.
    pub(super) pattern: String,
    pub(super) cells: Vec<Cell>,
}

impl Page {
    /// What stands on the page when all is well.
    pub(super) fn filled(&self) -> &str {
        self.cells.iter().find(|cell| cell.state == State::Filled).map_or("", |cell| &cell.seen)
    }
}

/// Reads the table; panics with what is wrong with it.
pub(super) fn read(text: &str) -> Vec<Page> {
    let mut blocks = text.split("\n== ").skip(1).map(|block| block.split_once('\n').expect("a block has lines"));
    let (name, everywhere) = blocks.next().expect("there are blocks");
    assert_eq!(name, "everywhere", "what is alike on all pages comes first");
    blocks.map(|(pattern, lines)| page(pattern, lines, everywhere)).collect()
}

fn page(pattern: &str, lines: &str, everywhere: &str) -> Page {
    let (usually, lines) = lines.split_once('\n').unwrap_or_else(|| panic!("{pattern} has no lines"));
    let own: Vec<(State, &str)> = lines.lines().filter_map(line).collect();
    let is_own = |state: State| own.iter().any(|(known, _)| *known == state);
    let shared = everywhere.lines().filter_map(line).filter(|(state, _)| !is_own(*state));
    let rows: Vec<(State, &str)> = shared.chain(own.iter().copied()).collect();
    let told: BTreeSet<State> = rows.iter().map(|(state, _)| *state).collect();
    let all: BTreeSet<State> = State::ALL.iter().map(|(_, state)| *state).collect();
    assert_eq!(told, all, "{pattern}: a line for each state");
    let cells = rows.into_iter().filter(|(_, row)| !row.starts_with("- ")).map(|(state, row)| {
        let usual = usually.split(" | ").fold(Cell::in_state(state), with);
        row.split(" | ").fold(usual, with)
    });
    Page { pattern: pattern.to_owned(), cells: cells.collect() }
}

fn line(line: &str) -> Option<(State, &str)> {
    let (state, row) = line.split_once(" : ").filter(|_| !line.starts_with('#'))?;
    Some((State::named(state.trim()), row.trim()))
}

fn with(cell: Cell, item: &str) -> Cell {
    let (word, rest) = item.split_once(' ').unwrap_or((item, ""));
    let step = |step: Step| Cell { steps: [cell.steps.clone(), vec![step]].concat(), ..cell.clone() };
    match word {
        "as" => Cell { who: who(rest), ..cell },
        "at" => Cell { address: rest.to_owned(), ..cell },
        "on" => Cell { widths: vec![number(rest)], ..cell },
        "press" => step(Step::Press(rest.to_owned())),
        "fill" => {
            let (label, text) = rest.split_once(" = ").unwrap_or_else(|| panic!("no text to fill in: {item}"));
            step(Step::Fill(label.to_owned(), text.to_owned()))
        }
        "logs" => Cell { logs: [cell.logs.clone(), vec![number(rest)]].concat(), ..cell },
        _ => Cell { seen: item.to_owned(), ..cell },
    }
}

fn number(text: &str) -> u32 {
    text.parse().unwrap_or_else(|error| panic!("{text} is no number: {error}"))
}

fn who(name: &str) -> Option<Who> {
    match name {
        "nobody" => None,
        "employee" => Some(Who::Employee(1)),
        "answered" => Some(Who::Employee(2)),
        "silent" => Some(Who::Employee(3)),
        "stranger" => Some(Who::Employee(4)),
        "owner" => Some(Who::Owner),
        "co-owner" => Some(Who::OtherCreator),
        "reviewer" => Some(Who::Reviewer),
        "administrator" => Some(Who::Administrator),
        "auditor" => Some(Who::Auditor),
        other => panic!("{other} is nobody"),
    }
}
