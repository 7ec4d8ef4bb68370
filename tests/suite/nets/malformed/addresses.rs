//! Addresses and headers that are not what they should be.

use serde_json::Value;
use tests::{contract::Operation, working::Working};

use super::{
    cell::{Cell, Expected},
    schema::resolved,
};

/// What stands in an address instead of an id.
const NO_IDS: [&str; 10] = [
    "%7B0190b7a2-0000-7000-8000-000000000001%7D",
    "0190b7a2000070008000000000000001",
    "x",
    "%00",
    "1%27%20OR%20%271%27=%271",
    "..%2F..%2Fetc%2Fpasswd",
    "%F0%9F%87%A9",
    "%FF",
    "-1",
    "00000000-0000-0000-0000-000000000000",
];

pub(super) fn cells(operation: &Operation, document: &Value, ended_session: &str) -> Vec<Cell> {
    let mut cells =
        vec![query("an unknown parameter", Expected::Refused(400, Some("colour".to_owned())), "colour=red")];
    for name in operation.parameters("path") {
        cells.extend(of_path(operation, &name));
    }
    let parameters = operation.value["parameters"].as_array().into_iter().flatten();
    for parameter in parameters.filter(|parameter| parameter["in"] == "query") {
        cells.extend(of_query(parameter, document));
    }
    let headers = operation.parameters("header");
    if headers.iter().any(|name| name == "If-Match") {
        cells.extend(of_if_match());
    }
    if headers.iter().any(|name| name == "Idempotency-Key") {
        for key in ["", "æ", &"k".repeat(101)] {
            let expected = Expected::Refused(400, Some("Idempotency-Key".to_owned()));
            cells.push(header(&format!("the idempotency key {key:?}"), expected, "Idempotency-Key", Some(key)));
        }
    }
    if operation.request().is_some() || operation.takes_file() {
        let other = if operation.takes_file() { "application/json" } else { "multipart/form-data; boundary=a" };
        let wrong = [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("rubbish"), Some(other)];
        for media_type in wrong {
            let input = format!("the media type {media_type:?}");
            cells.push(header(&input, Expected::Refused(415, None), "Content-Type", media_type));
        }
    }
    if operation.writes() {
        for token in [None, Some(""), Some("wrong"), Some("æ")] {
            cells.push(header(
                &format!("the CSRF token {token:?}"),
                Expected::Refused(403, None),
                "X-CSRF-Token",
                token,
            ));
        }
    }
    cells.push(ended(operation, ended_session));
    cells
}

fn query(input: &str, expected: Expected, query: &str) -> Cell {
    let query = query.to_owned();
    Cell::new(input, expected, move |mut working| {
        working.address = format!("{}?{query}", working.address);
        working
    })
}

fn header(input: &str, expected: Expected, name: &'static str, value: Option<&str>) -> Cell {
    let value = value.map(ToOwned::to_owned);
    Cell::new(input, expected, move |working| working.header(name, value.as_deref()))
}

fn of_path(operation: &Operation, name: &str) -> Vec<Cell> {
    let long = "a".repeat(2000);
    let spoiled = NO_IDS.iter().copied().chain([long.as_str()]).map(|id| {
        let (template, name, id) = (operation.path.clone(), name.to_owned(), id.to_owned());
        let short: String = id.chars().take(30).collect();
        Cell::new(format!("{{{name}}} as {short}"), Expected::Named(name.clone()), move |mut working: Working| {
            working.address = working.specimen.address(&template.replace(&format!("{{{name}}}"), &id));
            working
        })
    });
    let mut cells: Vec<Cell> = spoiled.collect();
    if operation.path.contains("{hearing}") && name != "hearing" {
        // The thing is there, and so is the hearing, and one is not of the other.
        let template = operation.path.clone();
        let input = format!("{{{name}}} of another hearing");
        cells.push(Cell::new(input, Expected::Refused(404, None), move |mut working: Working| {
            working.address = working.specimen.in_the_other_hearing().address(&template);
            working
        }));
    }
    cells
}

fn of_query(parameter: &Value, document: &Value) -> Vec<Cell> {
    let name = parameter["name"].as_str().expect("a parameter has a name");
    let schema = resolved(&parameter["schema"], document);
    let is_list = schema["type"] == "array";
    let item = if is_list { resolved(&schema["items"], document) } else { schema.clone() };
    // One more than there may be: of rows unless the parameter says otherwise.
    let above = (item["maximum"].as_u64().unwrap_or(100) + 1).to_string();
    let integers =
        ["0", above.as_str(), "-1", "99999999999999999999", "many", "1.5", "NaN", "%00", "%FF", "%2B5", "05", "5%20"];
    let wrong: &[&str] = match (item["type"].as_str(), item["format"].as_str()) {
        (Some("integer"), _) => &integers,
        (Some("boolean"), _) => &["maybe", "1", "TRUE", "%00"],
        (_, Some("uuid")) => {
            &["", "x", "%7B0190b7a2-0000-7000-8000-000000000001%7D", "%00", "1%27%20OR%201=1", "%F0%9F%87%A9"]
        }
        (_, Some("date")) => {
            &["", "x", "2026-02-30", "0000-01-01", "9999-12-31", "10000-01-01", "%00", "2027-3-28", "%2B2027-03-28"]
        }
        _ if item["enum"].is_array() => &["nonsense", "", "%00", "%25", "%27"],
        _ if name == "cursor" => &["x", "%00", "e30", "eyJvIjoibmFtZSIsImsiOjF9", "%F0%9F%87%A9", "%27", ""],
        _ => &[],
    };
    let named = || Expected::Named(name.to_owned());
    let mut cells: Vec<Cell> =
        wrong.iter().map(|value| query(&format!("?{name}={value}"), named(), &format!("{name}={value}"))).collect();
    if name == "q" {
        // Cleaned: the database would fail at the first.
        let unseen = ["a%00b", "%00", "%E2%80%AEx", "a%0Bb", "bla%CC%8A", "a%C2%ADb", "%E2%80%8B"];
        cells.extend(unseen.map(|text| query(&format!("?q={text}"), Expected::Done, &format!("q={text}"))));
        cells.push(query("?q of 201 characters", named(), &format!("q={}", "%C3%A5".repeat(201))));
        let odd = [
            "%25",
            "%27",
            "%22",
            "_",
            "%5C",
            "%28%28",
            "%21",
            "-",
            "a%26b",
            "%3A%2A",
            "or",
            "%C3%A6%C3%B8%C3%A5",
            "%F0%9F%87%A9",
            "%D7%A9%E2%80%8F",
            "%FF",
            "%",
            "+",
            "%22hel%20s%C3%A6tning%22",
            "-ledelse",
            "%27%29%3B--",
        ];
        cells.extend(odd.map(|text| query(&format!("?q={text}"), Expected::Answered, &format!("q={text}"))));
    }
    // A form sends its empty fields too: they ask for nothing.
    cells.push(query(&format!("?{name}="), Expected::Answered, &format!("{name}=")));
    if is_list {
        let value = item["enum"][0].as_str().unwrap_or("x");
        let many = vec![format!("{name}={value}"); 21].join("&");
        cells.push(query(&format!("?{name} 21 times"), named(), &many));
    } else {
        cells.push(query(&format!("?{name} twice"), named(), &format!("{name}=1&{name}=1")));
    }
    cells
}

fn of_if_match() -> Vec<Cell> {
    let mut cells = vec![
        header("no If-Match", Expected::Refused(428, None), "If-Match", None),
        header("a stale If-Match", Expected::Refused(412, None), "If-Match", Some("\"v999\"")),
    ];
    for tag in ["", "*", "1", "v1", "\"1\"", "\"v0\"", "\"v-1\"", "\"v1\", \"v2\"", "\"v99999999999999999999\"", "æ"]
        .into_iter()
        .chain(["\"v+1\"", "\"v0001\"", "\"v1-\"", "\"v1-XYZ\"", "\"v1 \""])
    {
        let expected = Expected::Refused(400, Some("If-Match".to_owned()));
        cells.push(header(&format!("If-Match: {tag}"), expected, "If-Match", Some(tag)));
    }
    cells
}

/// A session that has ended is none: who needs one is told so, and nothing else.
fn ended(operation: &Operation, token: &str) -> Cell {
    let expected = if operation.is_open_to_all() || operation.id.ends_with("_session") {
        Expected::Answered
    } else {
        Expected::Refused(401, None)
    };
    let token = token.to_owned();
    Cell::new("a session that has ended", expected, move |mut working: Working| {
        let csrf = api::http::cookies::csrf_token(&token);
        working.person = working.person.with_cookie("agora_session", &token);
        if working.method == "GET" { working } else { working.header("X-CSRF-Token", Some(&csrf)) }
    })
}
