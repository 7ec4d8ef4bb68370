//! What generators of clients need of schemas, by rule: items of a page have a name, files are binary and of the types
//! that files have, and a default is of its property's type.

use openapi::attachments::FileType;
use serde_json::{Map, Value, json};

/// Refers to the items of pages by their name. Utoipa writes the type of a generic's parameter out in its place.
pub(super) fn name_items(schemas: &mut Value) {
    let Some(schemas) = schemas.as_object_mut() else { return };
    let mut named = Map::new();
    for (page, schema) in schemas.iter_mut() {
        let Some(name) = page.strip_prefix("Page_") else { continue };
        let Some(items) = schema.pointer_mut("/properties/items/items") else { continue };
        if items.get("$ref").is_none() {
            named.insert(name.to_owned(), items.take());
            *items = json!({ "$ref": format!("#/components/schemas/{name}") });
        }
    }
    for (name, schema) in named {
        schemas.entry(name).or_insert(schema);
    }
}

/// Takes away defaults of `null` where the type has no `null`: what is absent there is absent.
pub(super) fn drop_foreign_defaults(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("default") == Some(&Value::Null) && !takes_null(members) {
                members.remove("default");
            }
            members.values_mut().for_each(drop_foreign_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_foreign_defaults),
        _ => {}
    }
}

fn takes_null(schema: &Map<String, Value>) -> bool {
    let is_null = |of: &Value| of.as_str() == Some("null");
    match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(is_null),
        Some(one) => is_null(one),
        None => {
            let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
            alternatives.into_iter().flatten().any(|alternative| alternative.get("type").is_some_and(is_null))
        }
    }
}

/// Describes a reply's file as bytes of the types it may have. Utoipa takes them for a list of numbers.
pub(super) fn describe_files(operation: &mut Value) {
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
    for response in responses.into_iter().flat_map(|responses| responses.values_mut()) {
        let Some(contents) = response.get_mut("content").and_then(Value::as_object_mut) else { continue };
        let files: Vec<String> = contents.keys().filter(|media_type| !is_json(media_type)).cloned().collect();
        for media_type in files {
            contents.remove(&media_type);
            for media_type in types_within(&media_type) {
                contents.insert(media_type, json!({ "schema": { "type": "string", "format": "binary" } }));
            }
        }
    }
}

fn is_json(media_type: &str) -> bool {
    media_type.ends_with("json")
}

/// The types of stored files that a range of media types holds; one that is no range, itself.
fn types_within(range: &str) -> Vec<String> {
    let Some(family) = range.strip_suffix('*') else { return vec![range.to_owned()] };
    let stored = FileType::ALL.iter().map(|kind| kind.media_type());
    stored.filter(|media_type| family == "*/" || media_type.starts_with(family)).map(ToOwned::to_owned).collect()
}
