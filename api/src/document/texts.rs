//! What texts may hold, as patterns: [`openapi::text`] in the language of schemas.

#![allow(clippy::indexing_slicing, reason = "as in the document")]

use serde_json::{Value, json};

/// The texts with several lines.
const OF_SEVERAL_LINES: [&str; 4] = ["summary", "body", "text", "conclusion"];

// `openapi::text::forbidden_character`.
const FORBIDDEN: &str = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069";
const FORBIDDEN_ON_ONE_LINE: &str = r"\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069";

/// Says in every text of these schemas what it may hold.
pub(super) fn add_patterns(schemas: &mut Value) {
    for schema in schemas.as_object_mut().into_iter().flat_map(|schemas| schemas.values_mut()) {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            add_pattern(name, property);
        }
    }
}

/// Says what a text may hold. A text is whatever has a length and no pattern yet.
pub(super) fn add_pattern(name: &str, schema: &mut Value) {
    if schema.get("maxLength").is_none() || schema.get("pattern").is_some() {
        return;
    }
    let forbidden = if OF_SEVERAL_LINES.contains(&name) { FORBIDDEN } else { FORBIDDEN_ON_ONE_LINE };
    let is_required = schema.get("minLength").is_some() && schema.get("format").is_none();
    schema["pattern"] = json!(match name {
        // `openapi::text::looks_like_email`, or nothing.
        "contactEmail" => format!(r"^([^\s@{forbidden}]+@[^\s@.{forbidden}]+(\.[^\s@.{forbidden}]+)+)?$"),
        _ if is_required => format!(r"^[^{forbidden}]*[^\s{forbidden}][^{forbidden}]*$"),
        _ => format!("^[^{forbidden}]*$"),
    });
}
