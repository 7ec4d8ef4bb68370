//! What cookies are stored as: the cookie itself is nowhere on the server.

use std::fmt;

use sha2::{Digest, Sha256};

/// SHA-256 of a cookie's token. Cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TokenHash(pub(crate) Vec<u8>);

impl TokenHash {
    /// The hash under which a token is stored.
    pub(crate) fn of(token: &str) -> Self {
        Self(Sha256::digest(token).to_vec())
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash")
    }
}
