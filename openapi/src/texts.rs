//! Texts of the municipality that people must have been shown.

use serde::{Deserialize, Serialize};

use crate::enums::wire_enum;

wire_enum! {
    /// A text by its name.
    pub closed enum TextName {
        /// How answers are used, what becomes public, how long they are kept, rights and complaint.
        ResponseTerms = "response_terms",
    }
}

/// A text in its current version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// Which text it is.
    pub name: TextName,
    /// Names this very wording; `termsVersion` when an answer is sent.
    pub version: String,
    /// Title.
    pub title: String,
    /// The text as sanitised HTML.
    pub body_html: String,
}
