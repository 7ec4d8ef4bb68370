//! Bodies that are no JSON, not of the right shape, or hold what a text may not or must be able to hold.

use serde_json::{Value, json};
use tests::contract::Operation;

use super::{
    cell::{Cell, Expected},
    schema::{Leaf, leaves, put, resolved},
};

/// Texts that must be kept as they are, or refused with their place: never changed, never carried out.
const TEXTS: [&str; 12] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "100 % _ \\ ' \" ; -- /* */ $1 {} {{title}}",
    "'); DROP TABLE hearing; --",
    "שלום\u{200F} مرحبا",
    "👩\u{200D}⚕\u{FE0F} 𝒳 🇩🇰",
    "Blåbærgrød ÆØÅ é \u{FFFD}",
    "  mellemrum  ",
    "=1+1",
    "../../etc/passwd",
    "null",
];

/// Texts with what nobody sees, and what stays of them, in several lines and on one. Never refused.
const CLEANED: [(&str, &str, &str); 5] = [
    ("bla\u{30A}\u{B}ba\u{200B}er\u{2028}og\r\nmere", "blå\nbaer\nog\nmere", "blå baer og mere"),
    ("a\0b\u{2}c\u{FEFF}d\u{FFFE}e", "abcde", "abcde"),
    ("a\u{202E}b\u{2066}c", "abc", "abc"),
    ("\u{93}ja\u{94} \u{96} Mettes\u{92}", "“ja” – Mettes’", "“ja” – Mettes’"),
    ("\u{F0B7} et \u{F0E0} to", "• et → to", "• et → to"),
];

/// The texts with several lines; every other one is a line.
const OF_SEVERAL_LINES: [&str; 4] = ["summary", "body", "text", "conclusion"];

/// What is compared and never kept: a password is taken as it was typed, a version comes from a machine, and the
/// user name is looked at in `http::log_in`.
const COMPARED: [&str; 3] = ["/username", "/password", "/termsVersion"];

/// What no reply tells. That it is kept clean, `http::revoking` looks at.
const NOT_TOLD: [&str; 1] = ["/reason"];

/// Days that are none, or lie where no hearing does.
const NO_DAYS: [&str; 12] = [
    "0000-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2026-13-01",
    "-2026-01-01",
    "2027-3-28",
    "+2027-03-28",
    "2027-03-28 ",
    "i morgen",
    "",
    "1999-12-31",
];

pub(super) fn cells(operation: &Operation, document: &Value) -> Vec<Cell> {
    let Some(body) = operation.request() else { return Vec::new() };
    let mut cells = raw();
    let schema = body.schema;
    cells.push(unknown_member("/colour", &schema, document));
    for name in resolved(&schema, document)["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let name = name.to_owned();
        cells.push(Cell::new(
            format!("without /{name}"),
            Expected::Refused(400, Some(format!("/{name}"))),
            move |mut working| {
                working.body.as_mut().and_then(Value::as_object_mut).map(|members| members.remove(&name));
                working
            },
        ));
    }
    for leaf in leaves(&schema, document) {
        if leaf.pointer.ends_with("/0/text") || leaf.pointer.ends_with("/0/title") {
            let parent = leaf.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            cells.push(unknown_member(&format!("{parent}/colour"), &schema, document));
        }
        cells.extend(of_leaf(&leaf, &schema, document));
    }
    cells
}

fn raw() -> Vec<Cell> {
    let refused = |input: &str, status, bytes: Vec<u8>| {
        Cell::bytes(input, Expected::Refused(status, None), move |_| bytes.clone())
    };
    let mut cells = vec![
        refused("an empty body", 400, Vec::new()),
        refused("half a body", 400, b"{\"title\": \"A".to_vec()),
        refused("a list", 400, b"[]".to_vec()),
        refused("null", 400, b"null".to_vec()),
        refused("a number", 400, b"3".to_vec()),
        refused("no UTF-8", 400, b"{\"title\": \"\xff\xfe\"}".to_vec()),
        refused("deep nesting", 400, "[".repeat(100_000).into_bytes()),
        refused("HTML", 400, b"<html></html>".to_vec()),
        refused("5 MiB", 413, vec![b' '; 5 * 1024 * 1024]),
    ];
    let behind = |rest: &'static str| {
        move |working: &tests::working::Working| {
            format!("{}{rest}", working.body.clone().unwrap_or_default()).into_bytes()
        }
    };
    cells.push(Cell::bytes("rubbish behind the body", Expected::Refused(400, None), behind(" {}")));
    cells.push(Cell::bytes("every member twice", Expected::Refused(400, None), |working| {
        let body = working.body.clone().unwrap_or_default().to_string();
        let members = body.trim_start_matches('{').trim_end_matches('}');
        format!("{{{members},{members}}}").into_bytes()
    }));
    cells.push(Cell::bytes("half a surrogate pair", Expected::Refused(400, None), |working| {
        let body = working.body.clone().unwrap_or_default().to_string();
        body.replacen(":\"", ":\"\\ud800", 1).into_bytes()
    }));
    cells
}

fn unknown_member(pointer: &str, schema: &Value, document: &Value) -> Cell {
    with(
        format!("the unknown {pointer}"),
        Expected::Refused(400, Some(pointer.to_owned())),
        pointer,
        json!("red"),
        schema,
        document,
    )
}

/// A cell that puts a value at a place.
fn with(input: String, expected: Expected, pointer: &str, value: Value, schema: &Value, document: &Value) -> Cell {
    let (pointer, schema, document) = (pointer.to_owned(), schema.clone(), document.clone());
    Cell::new(input, expected, move |mut working| {
        let body = working.body.clone().unwrap_or_default();
        let section = json!(working.specimen.section);
        working.body = Some(put(&body, &schema, &document, &pointer, value.clone(), &section));
        working
    })
}

fn of_leaf(leaf: &Leaf, schema: &Value, document: &Value) -> Vec<Cell> {
    let place = leaf.pointer.clone();
    let mut cells = Vec::new();
    let mut add = |what: &str, value: Value, expected: Expected| {
        cells.push(with(format!("{place} as {what}"), expected, &place, value, schema, document));
    };
    let kind = leaf.schema["type"].as_str().unwrap_or("string").to_owned();
    let named = || Expected::Named(place.clone());
    for (of, value) in [
        ("number", json!(7.5)),
        ("boolean", json!(true)),
        ("object", json!({ "a": 1 })),
        ("array", json!([[]])),
        ("string", json!("x")),
    ] {
        if of != kind {
            add(of, value, named());
        }
    }
    // A patch may clear with null; nothing else may be null.
    add("null", Value::Null, Expected::KeptOrNamed(place.clone(), String::new()));
    let format = leaf.schema["format"].as_str().unwrap_or_default().to_owned();
    match (kind.as_str(), format.as_str()) {
        ("array", _) => {
            let many = vec![
                super::schema::small(
                    &leaf.schema["items"],
                    document,
                    &json!("0190b7a2-0000-7000-8000-000000000001")
                );
                51
            ];
            add("51 items", json!(many), named());
        }
        ("string", "date") => {
            for day in NO_DAYS {
                add(&format!("{day:?}"), json!(day), named());
            }
            for day in ["2026-03-29", "2026-10-25", "2028-02-29", "2000-01-01", "2099-12-31"] {
                add(day, json!(day), Expected::KeptOrNamed(place.clone(), day.to_owned()));
            }
        }
        ("string", "uuid") => {
            let forms = [
                "{0190b7a2-0000-7000-8000-000000000001}",
                "urn:uuid:0190b7a2-0000-7000-8000-000000000001",
                "0190b7a2000070008000000000000001",
            ];
            for id in forms.into_iter().chain([
                "",
                "x",
                "00000000-0000-0000-0000-00000000000g",
                "00000000-0000-0000-0000-000000000000",
            ]) {
                add(&format!("{id:?}"), json!(id), named());
            }
        }
        ("string", _) if leaf.schema["enum"].is_array() => {
            for value in ["", "nonsense", "OPEN", "internal "] {
                add(&format!("{value:?}"), json!(value), named());
            }
        }
        ("string", _) => {
            let is_told = !NOT_TOLD.contains(&place.as_str());
            for text in TEXTS {
                let kept = Expected::KeptOrNamed(place.clone(), text.to_owned());
                add(&format!("{text:?}"), json!(text), if is_told { kept } else { Expected::Done });
            }
            let several = OF_SEVERAL_LINES.iter().any(|name| place.ends_with(&format!("/{name}")));
            for (sent, lines, line) in CLEANED {
                let expected = if COMPARED.contains(&place.as_str()) {
                    Expected::Answered
                } else if !is_told {
                    Expected::Done
                } else if place == "/contactEmail" {
                    Expected::KeptOrNamed(place.clone(), String::new())
                } else {
                    Expected::Kept(if several { lines } else { line }.to_owned())
                };
                add(&format!("{sent:?}"), json!(sent), expected);
            }
            if place == "/contactEmail" {
                let sent = " me\u{200B}tte@bla\u{30A}.dk\u{B}";
                add(&format!("{sent:?}"), json!(sent), Expected::Kept("mette@blå.dk".to_owned()));
            }
            let maximum = leaf.schema["maxLength"].as_u64().unwrap_or_else(|| panic!("{place} has no maximum length"));
            let of_length = |length: u64| json!("å".repeat(usize::try_from(length).expect("a length")));
            if !COMPARED.contains(&place.as_str()) && place != "/contactEmail" {
                let maximum = usize::try_from(maximum).expect("a length");
                let sent = "a\u{30A}\u{200B}".repeat(maximum);
                let expected = if is_told { Expected::Kept("å".repeat(maximum)) } else { Expected::Done };
                add("longest once it is clean", json!(sent), expected);
            }
            add("one too long", of_length(maximum + 1), Expected::Refused(422, Some(place.clone())));
            add("longest", of_length(maximum), Expected::Answered);
        }
        _ => {}
    }
    cells
}
