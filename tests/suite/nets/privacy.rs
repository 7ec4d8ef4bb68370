//! Exists because a leak of a person's data cannot be taken back: what anybody may ask can carry none, no test value of
//! a person comes out of it, and every column in the database says what class of data it holds.

use std::collections::BTreeSet;

use openapi::page::PageQuery;
use serde_json::Value;
use tests::{
    App, Who,
    contract::{Operation, document, operations},
    specimen::{Specimen, Wish},
};

/// Names of members that hold what the public may not have.
const PERSONAL: [&str; 11] =
    ["email", "mail", "cpr", "cvr", "address", "phone", "account", "respondent", "employee", "author", "invitee"];

/// The exceptions, each with its reason.
const ALLOWED: [&str; 4] = [
    // The person to ask, as the owner chose to make him known.
    "Hearing/contact/email",
    "Hearing/contact/phone",
    // Whoever is logged in, as he sees himself.
    "Session/account",
    "Session/account/email",
];

fn open_to_all() -> impl Iterator<Item = Operation> {
    operations().into_iter().filter(Operation::is_open_to_all)
}

#[test]
fn no_public_operation_can_carry_personal_data() {
    let document = document();
    let (mut found, mut members) = (BTreeSet::new(), 0);
    for operation in open_to_all() {
        for body in operation.bodies().iter().filter(|body| (200..300).contains(&body.status)) {
            let root = body.schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()).unwrap_or(&body.place);
            walk(&body.schema, &document, root, &mut Vec::new(), &mut |place, name| {
                members += 1;
                let lower = name.to_lowercase();
                let is_personal = PERSONAL.iter().any(|word| lower.contains(word));
                if is_personal && !ALLOWED.contains(&place) && !is_choice(name) {
                    found.insert(format!("{}: {place}", operation.id));
                }
            });
        }
    }
    assert!(members > 50, "the schemas were walked: {members} members");
    assert!(found.is_empty(), "the public can be told {found:#?}");
}

/// Settings that are named after people and hold none.
fn is_choice(name: &str) -> bool {
    matches!(name, "respondentShown")
}

fn walk(schema: &Value, document: &Value, place: &str, seen: &mut Vec<String>, visit: &mut impl FnMut(&str, &str)) {
    if let Some(reference) = schema["$ref"].as_str() {
        if seen.iter().any(|known| known == reference) {
            return;
        }
        seen.push(reference.to_owned());
        let target = document.pointer(reference.trim_start_matches('#')).expect("references lead somewhere");
        walk(target, document, place, seen, visit);
        seen.pop();
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let place = format!("{place}/{name}");
        visit(&place, name);
        walk(member, document, &place, seen, visit);
    }
    walk_items(&schema["items"], document, place, seen, visit);
    for alternatives in ["oneOf", "anyOf", "allOf"] {
        for schema in schema[alternatives].as_array().into_iter().flatten() {
            walk(schema, document, place, seen, visit);
        }
    }
}

fn walk_items(
    items: &Value,
    document: &Value,
    place: &str,
    seen: &mut Vec<String>,
    visit: &mut impl FnMut(&str, &str),
) {
    if items.is_object() {
        walk(items, document, place, seen, visit);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_personal_value_comes_out_of_what_anybody_may_ask() {
    let app = App::start().await;
    // Other contact data than the owner's own, so that his own may not come out anywhere.
    let pattern = app.hearing().public().staffed().with_files().patch(|patch| {
        patch.contact_name = Some("Borgerservice".to_owned());
        patch.contact_email = Some("borgerservice@eksempel-kommune.dk".to_owned());
        patch.contact_department = Some("Rådhuset".to_owned());
    });
    let pattern = pattern.draft().await;
    let mut asked = 0;
    for status in ["draft", "scheduled", "open", "processing", "concluded", "cancelled"] {
        let wish = Wish { public: true, response: true, author: Who::Employee(3), ..Wish::of(status) };
        let specimen = Specimen::copy(&app, &pattern, wish).await;
        for operation in open_to_all().filter(|operation| !operation.writes()) {
            let answer = app.socket().get(&specimen.address(&operation.path)).await;
            let said = format!("{:?} {}", answer.headers, answer.text());
            for who in Who::everybody() {
                for value in [who.email(), who.name(), who.id().to_string(), who.username() + "@"] {
                    assert!(!said.contains(&value), "{} of a hearing that is {status} says {value}", operation.id);
                }
            }
            asked += 1;
        }
    }
    println!("{asked} anonymous answers were searched");
    app.finish().await;
}

/// What is shown of the sender is what the hearing says; who he is, is never told.
#[tokio::test(flavor = "multi_thread")]
async fn the_public_list_of_answers_names_nobody() {
    let app = App::start().await;
    let hearing = app.hearing().public().open().await;
    app.employee(3).answer(hearing.id, "Mit svar.").await;
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.pass_deadline(&hearing);
    let shown = app.anonymous().list_responses(hearing.id, &PageQuery::default()).await.unwrap();
    assert_eq!(shown.items[0].sender.as_deref(), Some("Ældreområdet"));
    let said = app.socket().get(&format!("/api/v1/hearings/{}/responses", hearing.id)).await.text();
    for value in [Who::Employee(3).name(), Who::Employee(3).email(), Who::Employee(3).id().to_string()] {
        assert!(!said.contains(&value), "{said}");
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_says_which_class_of_data_it_holds() {
    let app = App::start().await;
    let columns = "\
        SELECT table_name || '.' || column_name, col_description(format('%I', table_name)::regclass, ordinal_position) \
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'";
    let rows = app.database().owner().query(columns, &[]).await.unwrap();
    assert!(rows.len() > 100, "the columns were found: {}", rows.len());
    for row in &rows {
        let (column, comment): (String, Option<String>) = (row.get(0), row.get(1));
        let class = comment.as_deref().and_then(|comment| comment.split_once(": ")).map(|(class, _)| class);
        let is_known = matches!(class, Some("none" | "internal" | "personal" | "sensitive"));
        assert!(is_known, "{column}: a comment begins with none, internal, personal or sensitive: {comment:?}");
    }
    // What points at a person is told from what is the person's own, so that erasing the one keeps the other whole.
    let ids = "SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class ON oid = attrelid \
               WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND atttypid = 'uuid'::regtype \
               AND (col_description(attrelid, attnum) ~ '^(personal|sensitive)' \
                    OR attname IN ('account_id', 'actor_id', 'author_id', 'person_id') \
                        AND col_description(attrelid, attnum) !~ '^internal')";
    assert_eq!(names(&app, ids).await, Vec::<String>::new(), "an id is not personal, an account's is internal");
    let tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' \
                  AND relname NOT LIKE '\\_\\_%' AND obj_description(oid) IS NULL";
    assert_eq!(names(&app, tables).await, Vec::<String>::new(), "tables without a comment");
    app.finish().await;
}

async fn names(app: &App, query: &str) -> Vec<String> {
    app.database().owner().query(query, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}
