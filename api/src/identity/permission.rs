//! Permissions in handlers' signatures: a handler that takes `Require<P>` runs only for those who have `P`.

use std::{
    future::{Ready, ready},
    marker::PhantomData,
    ops::Deref,
};

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

impl<P> Deref for Require<P> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl<P: Permission> FromRequest for Require<P> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Caller::from_request(request, payload).into_inner().and_then(|caller| {
            let Some(actor) = caller.actor else {
                let detail = "Nobody is logged in, or the session has ended.";
                return Err(ApiError::new(ProblemCode::SessionRequired, detail));
            };
            if P::granted(&actor) {
                Ok(Self { actor, permission: PhantomData })
            } else {
                Err(ApiError::new(ProblemCode::Forbidden, "Your roles do not allow this."))
            }
        }))
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
