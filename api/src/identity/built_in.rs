//! The built-in accounts: the identity-provider port's first adapter. Argon2id, and the same time for a name that
//! exists and one that does not.

use std::sync::Arc;

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use tokio::sync::Semaphore;

use super::Error;

/// How many passwords are hashed at once: each takes 19 MiB and a core, and a flood of log-ins shall not take the
/// service down.
const AT_ONCE: usize = 2;

/// Verifies and hashes passwords.
#[derive(Debug, Clone)]
pub struct BuiltInAccounts {
    turns: Arc<Semaphore>,
}

impl Default for BuiltInAccounts {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl BuiltInAccounts {
    /// Whether a password fits a stored hash. Without a hash it takes as long and says no.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, Error> {
        let _turn = self.turns.acquire().await.map_err(|error| Error::Hashing(error.to_string()))?;
        let verified = tokio::task::spawn_blocking(move || verify(&password, stored.as_deref())).await;
        verified.map_err(|error| Error::Hashing(error.to_string()))?
    }
}

fn verify(password: &str, stored: Option<&str>) -> Result<bool, Error> {
    match stored {
        Some(stored) => {
            let hash = PasswordHash::new(stored).map_err(|error| Error::Hashing(error.to_string()))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        }
        None => hash(password).map(|_| false),
    }
}

/// Hashes a password for storage, in PHC form.
///
/// # Errors
/// When the system gives no random numbers.
pub(crate) fn hash(password: &str) -> Result<String, Error> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Error::Hashing(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let stored = hash("blåbærgrød").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("blåbærgrød", Some(&stored)).unwrap());
        assert!(!verify("Blåbærgrød", Some(&stored)).unwrap());
        assert!(!verify("blåbærgrød", None).unwrap());
    }
}
