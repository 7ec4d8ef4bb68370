//! Values that must not be printed.

use std::{fs, io, path::Path, str::FromStr};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// A value that prints as nothing: a password, a key.
#[derive(Debug, Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The value itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// A keyed digest of a value, 128 bits in hexadecimal; `purpose` keeps equal values of different kinds apart.
    #[must_use]
    pub fn digest(&self, purpose: &str, value: &[u8]) -> String {
        // HMAC takes keys of every length; an empty digest would only make sources look alike.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.expose().as_bytes()) else { return String::new() };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(value);
        hex::encode(mac.finalize().into_bytes().get(..16).unwrap_or_default())
    }

    /// Reads a secret from a file, without the line break at its end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn from_file(path: &Path) -> io::Result<Self> {
        Ok(Self::from(fs::read_to_string(path)?.trim_end_matches(['\r', '\n']).to_owned()))
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value.into())
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(text.to_owned()))
    }
}
