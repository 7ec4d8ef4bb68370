//! The built-in accounts: the identity-provider port's first adapter. Argon2id, and the same time for a name that
//! exists and one that does not.

use openapi::session::{Capacity, LoginProvider, LoginProviderKind};

use super::{password::verify, queries};
use crate::{
    db::{self, Pool},
    heavy::{self, Turns},
    ports::identity::{Examination, Identity, IdentityError, IdentityProvider, Proof, Recognition},
};

/// Vouches for people by passwords that this service keeps.
#[derive(Debug, Clone)]
pub struct BuiltInAccounts {
    pool: Pool,
    turns: Turns,
    turns_of_known_devices: Turns,
}

impl BuiltInAccounts {
    /// The accounts in this database. As many passwords are hashed at once as there are cores, unless other turns are
    /// given, and as many again from known devices: each takes a whole core, and 19 MiB.
    #[must_use]
    pub fn new(pool: Pool, turns: Option<Turns>) -> Self {
        let turns = turns.unwrap_or_else(Turns::one_a_core);
        Self { pool, turns, turns_of_known_devices: Turns::one_a_core() }
    }

    // A connection is held for each look, and none while a password waits for its turn: logins must not keep those who
    // read from the database.
    async fn vouch(&self, username: &str, password: String, turns: &Turns) -> Result<Identity, IdentityError> {
        let known = queries::credential(&mut *self.pool.get().await?, username).await?;
        let (account, stored) = known.unzip();
        let fits = take_turn(turns, password, stored.clone()).await?;
        let (Some(account), Some(stored), true) = (account, stored, fits) else {
            return Err(IdentityError::Refused);
        };
        let identity = queries::built_in_identity(&mut *self.pool.get().await?, account, &stored).await?;
        identity.ok_or(IdentityError::Refused)
    }
}

/// Whether a password fits a stored hash. Without a hash it takes as long and says no.
async fn take_turn(turns: &Turns, password: String, stored: Option<String>) -> Result<bool, IdentityError> {
    let verified = turns.take(move || verify(&password, stored.as_deref())).await?;
    verified.map_err(|error| IdentityError::Failed(error.into()))
}

impl IdentityProvider for BuiltInAccounts {
    fn describe(&self) -> LoginProvider {
        LoginProvider {
            id: "built_in".to_owned(),
            kind: LoginProviderKind::BuiltIn,
            capacities: vec![Capacity::Employee],
        }
    }

    fn recognise<'a>(&'a self, username: &'a str) -> Recognition<'a> {
        Box::pin(async move {
            let known = queries::credential(&mut *self.pool.get().await?, username).await?;
            Ok(known.map(|(account, _)| account))
        })
    }

    fn examine(&self, proof: Proof) -> Examination<'_> {
        let Proof::Password { username, password, on_known_device } = proof;
        let turns = if on_known_device { &self.turns_of_known_devices } else { &self.turns };
        Box::pin(async move { self.vouch(&username, password, turns).await })
    }
}

impl From<db::Unavailable> for IdentityError {
    fn from(error: db::Unavailable) -> Self {
        Self::Away(error.into())
    }
}

impl From<heavy::Error> for IdentityError {
    fn from(error: heavy::Error) -> Self {
        match error {
            heavy::Error::Busy => Self::Busy,
            heavy::Error::BrokenOff(error) => Self::Failed(error),
        }
    }
}

impl From<diesel::result::Error> for IdentityError {
    fn from(error: diesel::result::Error) -> Self {
        if db::is_passing(&error) { Self::Away(error.into()) } else { Self::Failed(error.into()) }
    }
}
