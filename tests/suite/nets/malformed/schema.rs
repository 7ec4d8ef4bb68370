//! What a schema of the document says of a body, leaf by leaf.

use serde_json::{Value, json};

/// A member of a body that is no object.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Where it stands: `/sections/0/title`.
    pub(super) pointer: String,
    /// Its schema.
    pub(super) schema: Value,
}

/// A schema behind its references, and without the `null` that a patch may say.
pub(super) fn resolved(schema: &Value, document: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).expect("references lead somewhere");
        return resolved(target, document);
    }
    let alternatives = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
    if let Some(other) = alternatives.and_then(|all| all.iter().find(|one| one["type"] != "null")) {
        return resolved(other, document);
    }
    let mut schema = schema.clone();
    if let Some(types) = schema["type"].as_array() {
        schema["type"] = types.iter().find(|kind| **kind != "null").cloned().unwrap_or_default();
    }
    schema
}

/// Every leaf of a body.
pub(super) fn leaves(schema: &Value, document: &Value) -> Vec<Leaf> {
    fn collect(schema: &Value, document: &Value, pointer: &str, found: &mut Vec<Leaf>) {
        let schema = resolved(schema, document);
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            collect(member, document, &format!("{pointer}/{name}"), found);
        }
        if schema["type"] == "array" {
            collect(&schema["items"], document, &format!("{pointer}/0"), found);
        }
        if schema["type"] != "object" {
            found.push(Leaf { pointer: pointer.to_owned(), schema });
        }
    }
    let mut found = Vec::new();
    collect(schema, document, "", &mut found);
    found
}

/// Puts a value into a body; the way there is made of small values that fit, with ids of this section.
pub(super) fn put(body: &Value, root: &Value, document: &Value, pointer: &str, value: Value, section: &Value) -> Value {
    let schema = resolved(root, document);
    let Some((first, rest)) = pointer.strip_prefix('/').map(|pointer| pointer.split_once('/').unwrap_or((pointer, "")))
    else {
        return value;
    };
    let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
    if schema["type"] == "array" {
        let item = small(&schema["items"], document, section);
        return json!([put(&item, &schema["items"], document, &rest, value, section)]);
    }
    let member = &schema["properties"][first];
    let inner = body.get(first).cloned().unwrap_or_else(|| small(member, document, section));
    let mut body = if body.is_object() { body.clone() } else { json!({}) };
    body[first] = put(&inner, member, document, &rest, value, section);
    body
}

/// The smallest value that fits a schema.
pub(super) fn small(schema: &Value, document: &Value, section: &Value) -> Value {
    let schema = resolved(schema, document);
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("object"), _) => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let members = required.iter().filter_map(Value::as_str);
            members.map(|name| (name.to_owned(), small(&schema["properties"][name], document, section))).collect()
        }
        (Some("array"), _) => json!([]),
        (_, Some("uuid")) => section.clone(),
        (_, Some("date")) => json!("2026-11-10"),
        (Some("boolean"), _) => json!(false),
        _ if schema["enum"].is_array() => schema["enum"][0].clone(),
        _ => json!("Tekst"),
    }
}
