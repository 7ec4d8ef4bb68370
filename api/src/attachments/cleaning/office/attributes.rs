//! What stands in the attributes of XML, as programs read it.

use std::borrow::Cow;

use quick_xml::{escape::unescape, events::BytesStart};

use crate::attachments::refusal::Refusal;

/// An attribute's value, by its name without prefix; empty when there is none.
pub(super) fn value(element: &BytesStart<'_>, wanted: &str) -> String {
    values(element, |name| name == wanted).next().unwrap_or_default()
}

/// The values of all attributes whose names without prefix are wanted: which of two counts is the prefix's business.
pub(super) fn values(element: &BytesStart<'_>, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = String> {
    attributes_of(element).filter(move |(name, _)| wanted(name)).map(|(_, value)| value)
}

/// All attributes by their names without prefix.
pub(super) fn attributes_of(element: &BytesStart<'_>) -> impl Iterator<Item = (String, String)> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| (attribute.key.local_name().as_ref().to_owned(), decoded(&attribute.value)))
}

/// The value of the attribute that has this name and no prefix; empty when there is none.
pub(super) fn plain(element: &BytesStart<'_>, wanted: &str) -> String {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.as_ref() == wanted);
    found.map(|attribute| decoded(&attribute.value)).unwrap_or_default()
}

/// Passes unless an element gives a prefix another meaning than all programs give it, which would hide what elements are.
/// `meaning` is how the namespace's address ends.
///
/// # Errors
/// [`Refusal::Damaged`].
pub(super) fn keeps(element: &BytesStart<'_>, prefix: &str, meaning: &str) -> Result<(), Refusal> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let declares = |key: &str| key.strip_prefix("xmlns:") == Some(prefix);
    let means_another = attributes
        .flatten()
        .any(|attribute| declares(attribute.key.as_ref()) && !decoded(&attribute.value).ends_with(meaning));
    if means_another { Err(Refusal::Damaged) } else { Ok(()) }
}

/// Text without its entities, one by one: those that XML does not know of itself stay, and hide none of the others.
pub(super) fn decoded(text: &str) -> String {
    if let Ok(decoded) = unescape(text) {
        return decoded.into_owned();
    }
    let piece = |piece: &str| match piece.find(';') {
        Some(end) if piece.starts_with('&') => {
            let (entity, rest) = piece.split_at(end + 1);
            let entity = unescape(entity).unwrap_or(Cow::Borrowed(entity));
            format!("{entity}{rest}")
        }
        _ => piece.to_owned(),
    };
    let mut pieces = text.split('&');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |decoded, rest| decoded + &piece(&format!("&{rest}")))
}
