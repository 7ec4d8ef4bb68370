//! Examples of the bodies, made of the types themselves: an example that does not fit its type does not compile.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every example by the name of its schema.
#[must_use]
pub fn all() -> BTreeMap<&'static str, Value> {
    BTreeMap::new()
}
