//! What programs write where people would say what an image shows: the place of its file on their own machine.

use std::borrow::Cow;

use quick_xml::escape::escape;

use super::attributes::decoded;
use crate::attachments::cleaning::links::without_place;

/// Whether an attribute holds what a thing is called or shows.
pub(super) fn is_written_by_people(attribute: &str) -> bool {
    matches!(attribute, "name" | "title" | "descr" | "alt" | "tooltip" | "display" | "label")
}

/// The value of an attribute, as it is written there, without a place.
pub(super) fn lost_place(value: &str) -> Cow<'_, str> {
    let said = decoded(value);
    let kept = without_place(&said);
    if kept == said { Cow::Borrowed(value) } else { Cow::Owned(escape(kept).into_owned()) }
}
