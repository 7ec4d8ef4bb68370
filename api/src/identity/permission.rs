//! Permissions in handlers' signatures: a handler that takes `Require<P>` runs only for those who have `P`, and hands it
//! on to actions and queries, whose signatures say the same.

use std::{
    fmt::Debug,
    future::{Ready, ready},
    marker::PhantomData,
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use chrono::{DateTime, Utc};
use openapi::{
    problem::ProblemCode,
    session::{Capacity, GlobalRole},
};

use super::{Actor, Caller};
use crate::{clock::Clock, hearings::Visibility, http::ApiError, service::Service};

/// Something one can be allowed to do.
pub trait Permission {
    /// Who can have it: an [`Actor`] when one has to be logged in for it, otherwise any [`Caller`].
    type Holder: Holder;

    /// Whether somebody may, as far as global roles tell. What depends on a hearing is decided when it is loaded.
    fn granted(holder: &Self::Holder) -> bool;
}

/// Whoever can have permissions.
pub trait Holder: Debug + Clone {
    /// The caller as such; nobody when he had to be logged in.
    fn of(caller: Caller) -> Option<Self>;

    /// Who is logged in; nobody for an anonymous visitor.
    fn actor(&self) -> Option<&Actor>;
}

impl Holder for Actor {
    fn of(caller: Caller) -> Option<Self> {
        caller.actor
    }

    fn actor(&self) -> Option<&Actor> {
        Some(self)
    }
}

impl Holder for Caller {
    fn of(caller: Caller) -> Option<Self> {
        Some(caller)
    }

    fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }
}

/// Proof that whoever asks has a permission, with all that decides what he sees: who he is, what the installation lets
/// people see, and what time it is.
#[derive(Debug, Clone)]
pub struct Require<P: Permission> {
    holder: P::Holder,
    visibility: Visibility,
    clock: Clock,
    now: DateTime<Utc>,
    permission: PhantomData<P>,
}

impl<P: Permission> Require<P> {
    /// Asks whether the caller has the permission.
    ///
    /// # Errors
    /// `session.required` when nobody is logged in and somebody has to be, `permission.denied`.
    pub fn of(caller: Caller, service: &Service) -> Result<Self, ApiError> {
        let holder = P::Holder::of(caller).ok_or_else(|| {
            ApiError::new(ProblemCode::SessionRequired, "Nobody is logged in, or the session has ended.")
        })?;
        if !P::granted(&holder) {
            return Err(ApiError::new(ProblemCode::Forbidden, "Your roles do not allow this."));
        }
        Ok(Self {
            holder,
            visibility: service.visibility(),
            clock: service.clock().clone(),
            now: service.now(),
            permission: PhantomData,
        })
    }

    /// Who is logged in; nobody for an anonymous visitor.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.holder.actor()
    }

    /// What the installation lets people see.
    #[must_use]
    pub fn visibility(&self) -> Visibility {
        self.visibility
    }

    /// When it was asked: before a body was read and before anything was waited for.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The same, asking at another instant: to read what was just written as it is then.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> Self {
        Self { holder: self.holder.clone(), clock: self.clock.clone(), now, ..*self }
    }

    /// What tells the time by now.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }
}

impl<P: Permission> Deref for Require<P> {
    type Target = P::Holder;

    fn deref(&self) -> &P::Holder {
        &self.holder
    }
}

impl<P: Permission> FromRequest for Require<P> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload).into_inner();
        let Some(service) = request.app_data::<Data<Service>>() else {
            return ready(Err(ApiError::internal("the service's state is missing")));
        };
        ready(caller.and_then(|caller| Self::of(caller, service)))
    }
}

macro_rules! permissions {
    ($( $(#[$meta:meta])* $name:ident: $granted:expr; )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Permission for $name {
            type Holder = Actor;

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
    /// To look people up in the directory, unless it is for the people of a hearing of one's own: that the look-up asks.
    LookUpEmployees: |actor| actor.capacity == Capacity::Employee;
    /// To read the audit log.
    ReadAuditLog: |actor| actor.has(GlobalRole::Auditor);
    /// To see what the installation is connected to.
    AdministerIntegrations: |actor| actor.has(GlobalRole::Administrator);
    /// To look after the queue of jobs.
    AdministerJobs: |actor| actor.has(GlobalRole::Administrator);
}
