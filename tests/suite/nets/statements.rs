//! Exists because a list that asks the database once a row works in a demonstration and not in a municipality: every
//! list takes as many statements for many rows as for one.

use std::collections::BTreeMap;

use openapi::hearings::{Hearing, HearingRole};
use tests::{
    App, Setup, Who,
    contract::{Operation, operations},
    specimen::{Specimen, Wish},
    working::Working,
};

#[tokio::test(flavor = "multi_thread")]
async fn every_list_takes_as_many_statements_for_many_rows_as_for_one() {
    let app = Setup::default().counting_statements().start().await;
    let pattern = app.hearing().staffed().with_files().draft().await;
    let lists: Vec<Operation> =
        operations().into_iter().filter(|operation| operation.id.starts_with("list_")).collect();
    // A list of one's own is asked by somebody who has rows in it.
    let hearing = Specimen::copy(&app, &pattern, Wish { response: true, ..Wish::of("processing") }).await;
    fill(&app, &pattern, hearing, 1).await;
    let few = counted(&app, &lists, hearing, 1).await;
    fill(&app, &pattern, hearing, 15).await;
    let many = counted(&app, &lists, hearing, 100).await;
    for (id, (statements, rows)) in &many {
        let (before, rows_before) = few[id];
        println!("{id}: {statements} statements for {rows} rows");
        assert_eq!(*statements, before, "{id}: for {rows_before} rows and for {rows}");
    }
    // One draft a hearing, one provider, and as many ports as there are: these lists cannot be longer.
    let grown = many.iter().filter(|(id, (_, rows))| *rows > few[*id].1).count();
    assert_eq!(grown, many.len() - 3, "the lists have grown: {few:?} {many:?}");
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}

/// More rows in every list.
async fn fill(app: &App, pattern: &Hearing, hearing: Specimen, rows: u8) {
    let owner = app.owner();
    for number in 1..=rows {
        let mine = Wish { draft: true, response: true, author: Who::Owner, ..Wish::of("open") };
        Specimen::copy(app, pattern, mine).await.with_dead_job(app).await;
        let sql = "INSERT INTO response (id, hearing_id, draft_id, number, author_id, capacity, on_behalf_of, text, \
                   sections, terms_version, sent_at) SELECT gen_random_uuid(), $1, gen_random_uuid(), \
                   1 + (SELECT max(number) FROM response WHERE hearing_id = $1), id, 'employee', '', 'x', '[]', '', now() \
                   FROM account WHERE id NOT IN (SELECT author_id FROM response WHERE hearing_id = $1) LIMIT 1";
        app.database().owner().execute(sql, &[&hearing.hearing]).await.unwrap();
        let attached = "INSERT INTO response_attachment (response_id, version, file_id, position) \
                        SELECT id, version, $2, 0 FROM response WHERE hearing_id = $1 ON CONFLICT DO NOTHING";
        app.database().owner().execute(attached, &[&hearing.hearing, &hearing.attachment]).await.unwrap();
        let version = "INSERT INTO response_version SELECT $1, 1 + (SELECT count(*) FROM response_version \
                       WHERE response_id = $1), gen_random_uuid(), NULL, '', 'x', '[]', '', now(), now()";
        app.database().owner().execute(version, &[&hearing.response]).await.unwrap();
        let conclusion = "INSERT INTO conclusion_version SELECT $1, 2 + (SELECT count(*) FROM conclusion_version \
                          WHERE hearing_id = $1), 'x', id, now(), now() FROM account LIMIT 1";
        app.database().owner().execute(conclusion, &[&hearing.hearing]).await.unwrap();
        let current = owner.get_hearing(openapi::ids::HearingId(hearing.hearing)).await.unwrap();
        let role = openapi::hearings::NewRole { account: Who::Employee(number).id(), role: HearingRole::CaseWorker };
        let _ = owner.create_role(current.id, current.version, &role, &tests::key()).await;
    }
}

/// Statements and rows of each list.
async fn counted(app: &App, lists: &[Operation], hearing: Specimen, limit: u8) -> BTreeMap<String, (u64, usize)> {
    let mut counted = BTreeMap::new();
    for operation in lists {
        let person = app.person(Working::who(&operation.id).unwrap());
        let has_pages = operation.parameters("query").iter().any(|name| name == "limit");
        let query = if has_pages { format!("?limit={limit}") } else { String::new() };
        let address = format!("{}{query}", hearing.address(&operation.path));
        // Once before: a connection's first statements are its own.
        person.socket().get(&address).await;
        let _ = app.statements.take();
        let answer = person.socket().get(&address).await;
        assert_eq!(answer.status, 200, "{}: {}", operation.id, answer.text());
        let rows = answer.json()["items"].as_array().map_or(1, Vec::len);
        counted.insert(operation.id.clone(), (app.statements.take(), rows));
    }
    counted
}
