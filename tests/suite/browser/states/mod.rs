//! Exists because the state that nobody looked at is the one that is broken: every page, in every state of the table
//! beside this file, at the width of a desk and of a phone, must be without fault. States are brought about for real: the
//! database goes, the network goes, the log-in ends.

mod cell;
mod house;
mod table;

use std::collections::BTreeSet;

use futures::FutureExt;
use regex::Regex;
use tests::contract::repository;

use self::{
    house::House,
    table::{Cell, Page, State},
};

const TABLE: &str = include_str!("states.txt");

#[test]
fn every_page_has_a_block() {
    let route = std::fs::read_to_string(repository().join("frontend/src/route.rs")).unwrap();
    let addresses = Regex::new(r#"#\[at\("([^"]+)"\)\]"#).unwrap();
    let known: BTreeSet<String> = addresses.captures_iter(&route).map(|found| found[1].to_owned()).collect();
    assert!(known.len() > 10, "the interface's addresses were read");
    let pages = table::read(TABLE);
    let written: BTreeSet<String> = pages.iter().map(|page| page.pattern.clone()).collect();
    assert_eq!(written, known);
    assert_eq!(written.len(), pages.len(), "a page has one block");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_good_in_every_state() {
    walk(|page, state| state != State::Ended && !is_answering(page) && !is_work(page)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answering_is_good_in_every_state() {
    walk(|page, state| state != State::Ended && is_answering(page)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workspace_is_good_in_every_state() {
    walk(|page, state| state != State::Ended && is_work(page)).await;
}

/// By itself, because it is mostly waiting, which the others need not wait for.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_good_when_the_log_in_has_ended() {
    walk(|_, state| state == State::Ended).await;
}

fn is_answering(page: &Page) -> bool {
    page.pattern.starts_with("/hoeringer/:id/svar")
}

fn is_work(page: &Page) -> bool {
    page.pattern.starts_with("/sag")
}

async fn walk(wanted: impl Fn(&Page, State) -> bool) {
    let house = House::build().await;
    let (mut cells, mut wrong) = (0, Vec::new());
    for page in &table::read(TABLE) {
        for cell in page.cells.iter().filter(|cell| wanted(page, cell.state)) {
            cells += cell.widths.len();
            wrong.extend(look(&house, page, cell).await);
        }
    }
    println!("{cells} cells of page, state and width were covered");
    house.pull_down().await;
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
}

/// Looks at a page in a state, and says what is wrong.
async fn look(house: &House, page: &Page, cell: &Cell) -> Option<String> {
    let looked = std::panic::AssertUnwindSafe(house.look(page, cell)).catch_unwind().await;
    let panic = looked.err()?;
    house.browser.forget_console().await;
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Some(format!("{}, {:?}: {}", page.pattern, cell.state, said.unwrap_or("it panicked")))
}
