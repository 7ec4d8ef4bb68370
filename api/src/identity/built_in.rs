//! The built-in accounts: the identity-provider port's first adapter. Argon2id, and the same time for a name that
//! exists and one that does not.

use std::{sync::Arc, thread, time::Duration};

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use openapi::session::{Capacity, LoginProvider, LoginProviderKind};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task, time,
};

use super::{Error, queries};
use crate::{
    db::{self, Pool},
    ports::identity::{Examination, Identity, IdentityError, IdentityProvider, Proof},
};

/// How long somebody waits for a password to be hashed. A whole town hall logs in within it; a flood gets 503.
const TURN_WITHIN: Duration = Duration::from_secs(10);

/// Vouches for people by passwords that this service keeps.
#[derive(Debug, Clone)]
pub struct BuiltInAccounts {
    pool: Pool,
    turns: Arc<Semaphore>,
}

impl BuiltInAccounts {
    /// The accounts in this database. As many passwords are hashed at once as there are cores: each takes a whole one,
    /// and 19 MiB.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self { pool, turns: Arc::new(Semaphore::new(cores)) }
    }

    // A connection is held for each look, and none while a password waits for its turn: log-ins must not keep those who
    // read from the database.
    async fn vouch(&self, username: &str, password: String) -> Result<Identity, IdentityError> {
        let known = queries::credential(&mut *self.pool.get().await?, username).await?;
        let (account, stored) = known.unzip();
        let fits = self.verify(password, stored.clone()).await?;
        let (Some(account), Some(stored), true) = (account, stored, fits) else {
            return Err(IdentityError::Refused { account });
        };
        let identity = queries::built_in_identity(&mut *self.pool.get().await?, account, &stored).await?;
        identity.ok_or(IdentityError::Refused { account: Some(account) })
    }

    /// Whether a password fits a stored hash. Without a hash it takes as long and says no.
    async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, IdentityError> {
        let turn = self.turn().await?;
        let verified = task::spawn_blocking(move || {
            // Kept in here: hashing goes on when the client hangs up.
            let _turn = turn;
            verify(&password, stored.as_deref())
        });
        let verified = verified.await.map_err(|error| IdentityError::Failed(error.into()))?;
        verified.map_err(|error| IdentityError::Failed(error.into()))
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, IdentityError> {
        let turn = time::timeout(TURN_WITHIN, Arc::clone(&self.turns).acquire_owned()).await;
        turn.map_err(|_| IdentityError::Busy)?.map_err(|error| IdentityError::Failed(error.into()))
    }
}

impl IdentityProvider for BuiltInAccounts {
    fn describe(&self) -> LoginProvider {
        LoginProvider {
            id: "built_in".to_owned(),
            kind: LoginProviderKind::BuiltIn,
            capacities: vec![Capacity::Employee],
        }
    }

    fn examine(&self, proof: Proof) -> Examination<'_> {
        let Proof::Password { username, password } = proof;
        Box::pin(async move { self.vouch(&username, password).await })
    }
}

impl From<db::Unavailable> for IdentityError {
    fn from(error: db::Unavailable) -> Self {
        Self::Away(error.into())
    }
}

impl From<diesel::result::Error> for IdentityError {
    fn from(error: diesel::result::Error) -> Self {
        if db::is_passing(&error) { Self::Away(error.into()) } else { Self::Failed(error.into()) }
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
