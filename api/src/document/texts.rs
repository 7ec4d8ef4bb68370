//! What texts hold, as patterns: [`openapi::text`] in the language of schemas. Nothing is forbidden in them; what nobody
//! sees is cleaned away.

#![allow(clippy::indexing_slicing, reason = "as in the document")]

use serde_json::{Value, json};

// `openapi::text::is_blank`, as far as single characters tell.
const UNSEEN: &str =
    r"\s\u0000-\u001f\u007f\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffc";

/// Says in every text of these schemas what it holds.
pub(super) fn add_patterns(schemas: &mut Value) {
    for schema in schemas.as_object_mut().into_iter().flat_map(|schemas| schemas.values_mut()) {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            add_pattern(name, property);
        }
    }
}

/// Says what a text holds. A text is whatever has a length and no pattern yet.
pub(super) fn add_pattern(name: &str, schema: &mut Value) {
    if schema.get("maxLength").is_none() || schema.get("pattern").is_some() {
        return;
    }
    let is_required = schema.get("minLength").is_some() && schema.get("format").is_none();
    if name == "contactEmail" {
        // `openapi::text::looks_like_email`, or nothing.
        schema["pattern"] = json!(r"^([^\s@]+@[^\s@.]+(\.[^\s@.]+)+)?$");
    } else if is_required {
        schema["pattern"] = json!(format!("[^{UNSEEN}]"));
    }
}
