//! Why a content is not taken, as whoever looks at it says.

use std::io;

use serde::{Deserialize, Serialize};

/// What is wrong with a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It is not what its name says.
    #[error("the content is not what its name says")]
    Mislabelled {
        /// What it looks like, where that is known: a media type.
        found: Option<String>,
    },
    /// It holds macros.
    #[error("the content holds macros")]
    Macros,
    /// It loads something from elsewhere or runs something by itself, or holds other files that nobody has looked at.
    #[error("the content is not still: {what}")]
    Active {
        /// What it does, in English, as the object of "It holds".
        what: String,
    },
    /// It cannot be read without a password.
    #[error("the content is protected by a password")]
    Protected,
    /// It becomes absurdly large when it is unpacked, or takes more memory or time than looking at it may.
    #[error("the content unpacks to too much")]
    UnpacksTooLarge,
    /// It is an image of too many pixels, or holds one.
    #[error("an image has more than {megapixels} megapixels")]
    ImageTooLarge {
        /// How many millions of pixels it may have.
        megapixels: u64,
    },
    /// It is of its kind, and cannot be read whole.
    #[error("the content is damaged")]
    Damaged,
}

impl Refusal {
    /// It does something by itself.
    #[must_use]
    pub fn active(what: impl Into<String>) -> Self {
        Self::Active { what: what.into() }
    }
}

/// Why looking at a content came to no good end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It is not taken.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The disk failed.
    #[error("the file could not be read")]
    Disk(#[from] io::Error),
}
