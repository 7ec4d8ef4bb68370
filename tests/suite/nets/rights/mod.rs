//! Exists because a right that nobody thought of is a right that everybody has: every operation, asked by everybody, on
//! a hearing in every status, must answer what the table beside this file says, and an operation without a block fails.

mod fixture;
mod table;

use std::collections::BTreeSet;

use futures::{StreamExt, stream};
use tests::{App, Setup, contract::operations};

use self::{fixture::Fixture, table::Block};

const TABLE: &str = include_str!("rights.txt");

/// Cells asked at once: as many as keep two cores busy.
const AT_ONCE: usize = 6;

#[test]
fn every_operation_has_a_block() {
    let blocks = table::read(TABLE);
    let written: BTreeSet<&str> = blocks.iter().map(|block| block.operation.as_str()).collect();
    let operations = operations();
    let known: BTreeSet<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(written, known);
    for operation in &operations {
        let is_of_a_hearing = operation.path.contains("{hearing}");
        let mut own = blocks.iter().filter(|block| block.operation == operation.id);
        assert!(own.all(|block| block.is_of_a_hearing() == is_of_a_hearing), "{}: statuses or none", operation.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_is_as_the_table_says() {
    walk(|block| block.operation.starts_with("get") || block.operation.starts_with("list")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answering_is_as_the_table_says() {
    walk(|block| block.operation.ends_with("_draft") && !block.operation.starts_with("get")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_else_is_as_the_table_says() {
    walk(|block| {
        let reads = block.operation.starts_with("get") || block.operation.starts_with("list");
        !reads && !block.operation.ends_with("_draft")
    })
    .await;
}

async fn walk(wanted: impl Fn(&Block) -> bool) {
    let blocks: Vec<Block> = table::read(TABLE).into_iter().filter(wanted).collect();
    let usual = Fixture::new(App::start().await).await;
    let showing = Setup::default().configure(|config| config.municipality.show_upcoming = true);
    let showing = Fixture::new(showing.start().await).await;
    // Where everybody's sessions end nobody else asks for anything.
    let ending = Fixture::new(App::start().await).await;
    let cells = blocks.iter().flat_map(|block| {
        let fixture = match block.operation.as_str() {
            "delete_sessions" => &ending,
            _ if block.of.contains("upcoming") => &showing,
            _ => &usual,
        };
        block.cells.iter().map(move |((who, status), expected)| (fixture, block, who, status, expected))
    });
    let asked = stream::iter(cells).map(async |(fixture, block, who, status, expected)| {
        let answered = fixture.ask(block, who, status).await;
        let place = format!("{} {}, {who}, {status}", block.operation, block.of);
        if answered == *expected { Ok(()) } else { Err(format!("{place}: expected {expected}, got {answered}")) }
    });
    let answers: Vec<Result<(), String>> = asked.buffer_unordered(AT_ONCE).collect().await;
    println!("{} cells of the table of rights were asked", answers.len());
    let wrong: Vec<String> = answers.into_iter().filter_map(Result::err).collect();
    usual.finish().await;
    showing.finish().await;
    ending.finish().await;
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}
