//! Exists because what people and programs send is not what was meant: every operation gets every spoiled input, and
//! must answer a problem that names the place, or do it with the text kept as it is; never a failure, and never half.

mod addresses;
mod bodies;
mod cell;
mod dates;
mod schema;
mod uploads;

use openapi::hearings::Hearing;
use tests::{
    App, Who,
    contract::{Operation, document, operations},
    working::Working,
};

use self::cell::Cell;

#[tokio::test(flavor = "multi_thread")]
async fn hearings_take_no_malformed_input() {
    walk(|operation| operation.ends_with("_hearing")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_take_no_malformed_input() {
    walk(|operation| operation.ends_with("_draft")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_take_no_malformed_input() {
    walk(|operation| operation.starts_with("list_")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_take_no_malformed_input() {
    walk(|operation| Working::file(operation).is_some()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_else_takes_malformed_input() {
    let elsewhere = |id: &str| {
        id.ends_with("_hearing") || id.ends_with("_draft") || id.starts_with("list_") || Working::file(id).is_some()
    };
    walk(|operation| !elsewhere(operation)).await;
}

/// Walks through the table: every input of every wanted operation.
async fn walk(wanted: impl Fn(&str) -> bool) {
    let app = App::start().await;
    let pattern = app.hearing().staffed().with_files().draft().await;
    let ended = ended_session(&app).await;
    let document = document();
    let (mut cells, mut wrong) = (0, Vec::new());
    for operation in operations().into_iter().filter(|operation| wanted(&operation.id)) {
        let mut table = addresses::cells(&operation, &document, &ended);
        table.extend(bodies::cells(&operation, &document));
        table.extend(uploads::cells(&operation));
        cells += table.len();
        wrong.extend(ask(&app, &pattern, &operation, &table).await);
    }
    println!("{cells} cells of input and operation were covered");
    app.database().owner().batch_execute("DELETE FROM job").await.unwrap();
    let _ = app.take_failures();
    app.finish().await;
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
}

/// Asks an operation every cell; one that was carried out gets a new hearing for the next.
async fn ask(app: &App, pattern: &Hearing, operation: &Operation, table: &[Cell]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut working = Working::of(operation, app, pattern).await;
    let mut before = app.database().fingerprint().await;
    for cell in table {
        let answer = cell.send(&working).await;
        let place = format!("{} with {}", operation.id, cell.input);
        if let Err(reason) = cell.judge(&answer) {
            wrong.push(format!("{place}: {reason}"));
        }
        if answer.status < 400 {
            if operation.writes() {
                working = Working::of(operation, app, pattern).await;
            }
            before = app.database().fingerprint().await;
        } else if app.database().fingerprint().await != before {
            wrong.push(format!("{place}: was refused with {} and changed something", answer.status));
            before = app.database().fingerprint().await;
        }
    }
    wrong
}

/// The token of a session that was ended by logging out.
async fn ended_session(app: &App) -> String {
    let mut person = app.anonymous();
    person.log_in_as(Who::Employee(20)).await;
    let token = person.socket().cookie("agora_session").expect("logging in sets the cookie");
    person.delete_session().await.unwrap();
    token
}
