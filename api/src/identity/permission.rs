//! Permissions in handlers' signatures: a handler that takes `Require<P>` runs only for those who have `P`.

use std::{future::Future, marker::PhantomData, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use openapi::{problem::ProblemCode, session::GlobalRole};

use super::{Actor, Caller};
use crate::http::ApiError;

/// Something one can be allowed to do.
pub trait Permission {
    /// Whether the person may, as far as global roles tell. What depends on a hearing is decided when it is loaded.
    fn granted(actor: &Actor) -> bool;
}

/// Proof that the caller is logged in and has a permission.
#[derive(Debug, Clone)]
pub struct Require<P> {
    actor: Actor,
    permission: PhantomData<P>,
}

impl<P> Require<P> {
    /// The caller, for what takes anybody.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::from(self.actor.clone())
    }
}

impl<P> Deref for Require<P> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl<P: Permission + 'static> FromRequest for Require<P> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload);
        Box::pin(async move {
            let Some(actor) = caller.await?.actor else {
                return Err(ApiError::new(
                    ProblemCode::SessionRequired,
                    "Nobody is logged in, or the session has ended.",
                ));
            };
            if !P::granted(&actor) {
                return Err(ApiError::new(ProblemCode::Forbidden, "Your roles do not allow this."));
            }
            Ok(Self { actor, permission: PhantomData })
        })
    }
}

macro_rules! permissions {
    ($( $(#[$meta:meta])* $name:ident: $granted:expr; )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Permission for $name {
            fn granted(actor: &Actor) -> bool {
                let granted: fn(&Actor) -> bool = $granted;
                granted(actor)
            }
        }
    )+ };
}

permissions! {
    /// To be logged in.
    LogIn: |_| true;
    /// To begin a hearing.
    CreateHearings: |actor| actor.has(GlobalRole::HearingCreator);
    /// To look people up in the directory, which is what those who pick people for a hearing do.
    LookUpEmployees: |actor| actor.has(GlobalRole::HearingCreator) || actor.has(GlobalRole::Administrator);
    /// To read the audit log.
    ReadAuditLog: |actor| actor.has(GlobalRole::Auditor);
    /// To look after the queue of jobs.
    AdministerJobs: |actor| actor.has(GlobalRole::Administrator);
}
