//! Exists because the document is what others build on: it must be that of this build, whole, true to its examples, and
//! the same as what the contract's client speaks.

use std::{collections::BTreeSet, env, fs};

use openapi::client::operations::ALL;
use regex::Regex;
use serde_json::Value;
use tests::{
    App,
    contract::{Operation, document, operations, repository, standing_alone},
};

#[test]
fn the_checked_in_document_is_that_of_this_build() {
    let path = repository().join("openapi/openapi.json");
    let built = api::application::openapi_document();
    if env::var_os("AGORA_BLESS").is_some() {
        fs::write(&path, &built).unwrap();
    }
    let checked_in = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        checked_in == built,
        "openapi/openapi.json is out of date: `cargo run -p api -- openapi > openapi/openapi.json`"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_served_document_is_that_of_this_build() {
    let app = App::start().await;
    let answer = app.socket().get("/api/v1/openapi.json").await;
    assert_eq!(answer.text(), api::application::openapi_document());
    app.finish().await;
}

#[test]
fn the_client_speaks_every_operation_of_the_document_and_no_other() {
    let described: BTreeSet<(String, String, String)> = operations()
        .into_iter()
        .map(|operation| {
            let path = Regex::new(r"\{[^}]*\}").unwrap().replace_all(&operation.path, "{}").into_owned();
            (operation.id, operation.method, path)
        })
        .collect();
    let spoken: BTreeSet<_> = ALL
        .iter()
        .map(|operation| {
            let path = format!("{}{}", openapi::BASE_PATH, operation.path);
            (operation.id.to_owned(), operation.method.as_str().to_owned(), path)
        })
        .collect();
    assert_eq!(described, spoken);
    let files = fs::read_dir(repository().join("openapi/src/client/calls")).unwrap();
    let calls: String = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    // Most are made of their line in `operations!`, the others written out.
    let names = |pattern: &str| -> BTreeSet<&str> {
        let pattern = Regex::new(pattern).unwrap();
        pattern.captures_iter(&calls).map(|found| found.get(1).unwrap().as_str()).collect()
    };
    let (made, written) = (names(r#"= \w+ "[^"]*",\s*(\w+)\("#), names(r"pub async fn (\w+)\("));
    assert!(made.is_disjoint(&written));
    let methods: BTreeSet<&str> = made.union(&written).copied().collect();
    assert_eq!(methods, ALL.iter().map(|operation| operation.id).collect(), "each operation is a method of its name");
}

#[test]
fn every_operation_says_what_it_is() {
    let document = document();
    let tags: BTreeSet<&str> =
        document["tags"].as_array().unwrap().iter().filter_map(|tag| tag["name"].as_str()).collect();
    for operation in operations() {
        let id = &operation.id;
        for said in ["summary", "description", "operationId"] {
            assert!(
                operation.value[said].as_str().is_some_and(|text| !text.trim().is_empty()),
                "{id} lacks its {said}"
            );
        }
        let own = operation.value["tags"].as_array().expect("an operation has tags");
        assert!(!own.is_empty() && own.iter().all(|tag| tags.contains(tag.as_str().unwrap())), "{id}: {own:?}");
        assert!(operation.value["security"].as_array().is_some_and(|ways| !ways.is_empty()), "{id} lacks its security");
        let placeholders = operation.path.matches('{').count();
        assert_eq!(operation.parameters("path").len(), placeholders, "{id}: each placeholder is described");
        for parameter in operation.value["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{id}: {parameter}");
        }
    }
}

#[test]
fn every_operation_says_what_it_answers() {
    for operation in operations() {
        let id = &operation.id;
        let responses = operation.value["responses"].as_object().unwrap();
        let statuses: Vec<u16> = responses.keys().map(|status| status.parse().unwrap()).collect();
        assert!(statuses.iter().any(|status| (200..300).contains(status)), "{id} has no success: {statuses:?}");
        for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
            let content = response["content"].as_object().unwrap();
            let is_report = id == "get_readiness" && status == "503";
            assert!(is_report || content.contains_key("application/problem+json"), "{id} {status}: {response}");
        }
        let has = |status: u16| statuses.contains(&status);
        assert!(
            has(401) || operation.is_open_to_all() || !operation.value["security"].to_string().contains("session"),
            "{id}: 401"
        );
        assert_eq!(
            has(412) && has(428),
            operation.parameters("header").contains(&"If-Match".to_owned()),
            "{id}: 412, 428"
        );
        assert!(has(404) || !operation.path.contains('{'), "{id}: 404");
        let has_body = operation.request().is_some() || operation.takes_file();
        assert!(has(415) && has(413) && has(400) || !has_body, "{id}: 400, 413, 415");
    }
}

/// Also those in addresses; an order may run backwards (`-deadline`), and a code has its field in front (`draft.sent`).
#[test]
fn every_value_of_a_closed_list_is_spelled_alike() {
    fn values<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(members) => {
                let listed = members.get("enum").and_then(Value::as_array);
                found.extend(listed.into_iter().flatten().filter_map(Value::as_str));
                members.values().for_each(|member| values(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| values(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    values(&document, &mut found);
    assert!(found.len() > 50, "the lists were found: {found:?}");
    let snake_case = Regex::new(r"^-?[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)?$").unwrap();
    let others: Vec<_> = found.into_iter().filter(|value| !snake_case.is_match(value)).collect();
    assert!(others.is_empty(), "not in snake_case: {others:?}");
}

#[test]
fn every_reference_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    let lost: Vec<_> =
        found.into_iter().filter(|place| document.pointer(place.trim_start_matches('#')).is_none()).collect();
    assert!(lost.is_empty(), "nothing is at {lost:?}");
}

#[test]
fn every_body_has_an_example_that_fits_its_schema() {
    let document = document();
    let mut checked = 0;
    for body in operations().iter().flat_map(Operation::bodies) {
        let example = body.example.unwrap_or_else(|| panic!("{} has no example", body.place));
        let schema = standing_alone(&body.schema, &document);
        let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&example).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", body.place);
        if body.status >= 400 && !body.place.starts_with("get_readiness") {
            assert_eq!(example["status"], body.status, "{}: the example is of another status", body.place);
        }
        checked += 1;
    }
    println!("{checked} examples were checked against their schemas");
}
