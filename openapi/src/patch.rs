//! JSON Merge Patch (RFC 7396) with serde: an absent member leaves the value, `null` clears it.

use serde::{Deserialize, Deserializer};

/// For a value that may be cleared: absent is `None`, `null` is `Some(None)`.
///
/// # Errors
/// When the value has another type.
pub fn clearable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// For text, where cleared means empty: absent is `None`, `null` is `Some("")`.
///
/// # Errors
/// When the value is neither text nor `null`.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer).map(|text: Option<String>| Some(text.unwrap_or_default()))
}

/// For a value that always has to be there: `null` is an error rather than silently nothing.
///
/// # Errors
/// When the value is `null` or has another type.
pub fn kept<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
