//! The identity-provider port: who a person is and what groups give them, by the word of the system that keeps the
//! accounts.
//! Adapter so far: the accounts that this service keeps itself, `login/built_in.rs`.

use std::{error::Error, future::Future, pin::Pin};

use openapi::{
    ids::AccountId,
    session::{Capacity, GlobalRole, LoginProvider},
};

/// A person whom a provider vouches for, as they are at this login: nothing of it is remembered from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account here. A provider that knows people by a key of its own brings the two together.
    pub account: AccountId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Department.
    pub department: Option<String>,
    /// In what role they come.
    pub capacity: Capacity,
    /// Roles that hold everywhere, all of them: what is missing here is taken away.
    pub roles: Vec<GlobalRole>,
}

/// What a caller shows to be let in. Cannot be printed: it holds secrets.
pub enum Proof {
    /// User name and password.
    Password {
        /// User name.
        username: String,
        /// Password.
        password: String,
        /// Whether it comes from a device that the account has logged in on before: a flood from
        /// elsewhere must not take its turn.
        on_known_device: bool,
    },
}

/// Why the caller was not vouched for.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The proof is wrong.
    #[error("the proof is wrong")]
    Refused,
    /// Too many are asking at once.
    #[error("too many logins at once")]
    Busy,
    /// The provider cannot be reached for the moment.
    #[error("the identity provider is away")]
    Away(#[source] Box<dyn Error + Send + Sync>),
    /// The provider failed.
    #[error("the identity provider failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

/// A proof under examination.
pub type Examination<'a> = Pin<Box<dyn Future<Output = Result<Identity, IdentityError>> + Send + 'a>>;

/// A name that is being looked up.
pub type Recognition<'a> = Pin<Box<dyn Future<Output = Result<Option<AccountId>, IdentityError>> + Send + 'a>>;

/// Vouches for people.
pub trait IdentityProvider: Send + Sync {
    /// How it is offered to those who log in.
    fn describe(&self) -> LoginProvider;

    /// Tells which account a user name means, whatever its spelling: what attempts at it are counted by.
    ///
    /// # Errors
    /// When that cannot be told.
    fn recognise<'a>(&'a self, username: &'a str) -> Recognition<'a>;

    /// Tells whom a proof belongs to. Takes as long for a name that is unknown as for one that is not.
    ///
    /// # Errors
    /// [`IdentityError::Refused`] when the proof is wrong; the others when that cannot be told.
    fn examine(&self, proof: Proof) -> Examination<'_>;
}
