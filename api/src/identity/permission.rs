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
use openapi::session::{Capacity, GlobalRole};

use super::{Actor, Caller, Refusal, queries};
use crate::{
    clock::Clock,
    config::{SessionRules, Visibility},
    db::Shared,
    http::ApiError,
    service::Service,
};

/// Something one can be allowed to do.
pub trait Permission: Send + Sync {
    /// Who can have it: an [`Actor`] when one has to be logged in for it, otherwise any [`Caller`].
    type Holder: Holder;

    /// Whether the holder may, as far as global roles tell. What depends on a hearing is decided when it is loaded.
    fn granted(holder: &Self::Holder) -> bool;
}

/// Those who can have permissions.
pub trait Holder: Debug + Clone + Send + Sync {
    /// The caller as such; none when a login is needed and missing.
    fn of(caller: Caller) -> Option<Self>;

    /// Who is logged in; none for a visitor.
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

/// Proof that the asker has a permission, with all that decides what the asker sees: who that is, what the installation
/// lets people see, and what time it is.
#[derive(Debug, Clone)]
pub struct Require<P: Permission> {
    holder: P::Holder,
    visibility: Visibility,
    clock: Clock,
    sessions: SessionRules,
    now: DateTime<Utc>,
    permission: PhantomData<P>,
}

impl<P: Permission> Require<P> {
    /// Asks whether the caller has the permission.
    ///
    /// # Errors
    /// [`Refusal::NobodyLoggedIn`] where a login is needed, [`Refusal::NotGranted`].
    pub fn of(caller: Caller, service: &Service) -> Result<Self, Refusal> {
        Ok(Self {
            holder: holder::<P>(caller)?,
            visibility: service.visibility(),
            clock: service.clock().clone(),
            sessions: service.sessions(),
            now: service.now(),
            permission: PhantomData,
        })
    }

    /// Asks the same again, as things stand now. Every change does, in its transaction and behind its lock: the body may
    /// have taken minutes to arrive, and the lock may have been waited for. A session that has ended meanwhile changes
    /// nothing, nor does a role that was taken away.
    ///
    /// # Errors
    /// As [`of`](Self::of), and [`Refusal::Database`].
    pub async fn again(&self, conn: Shared<'_>) -> Result<Self, Refusal> {
        let now = self.clock.now();
        let holder = match self.actor() {
            Some(actor) => {
                let origin = actor.origin.clone();
                let actor = queries::actor_again(conn, actor, self.sessions, now).await?;
                holder::<P>(Caller { actor, origin })?
            }
            None => self.holder.clone(),
        };
        Ok(Self { holder, clock: self.clock.clone(), now, ..*self })
    }

    /// Who is logged in; none for a visitor.
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

fn holder<P: Permission>(caller: Caller) -> Result<P::Holder, Refusal> {
    let holder = P::Holder::of(caller).ok_or(Refusal::NobodyLoggedIn)?;
    if P::granted(&holder) { Ok(holder) } else { Err(Refusal::NotGranted) }
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
        ready(caller.and_then(|caller| Ok(Self::of(caller, service)?)))
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
    /// To look people up in the directory, unless it is for the people of the actor's own hearing: that the look-up asks.
    LookUpEmployees: |actor| actor.capacity == Capacity::Employee;
    /// To read the audit log.
    ReadAuditLog: |actor| actor.has(GlobalRole::Auditor);
    /// To see what the installation is connected to.
    AdministerIntegrations: |actor| actor.has(GlobalRole::Administrator);
    /// To look after the queue of jobs.
    AdministerJobs: |actor| actor.has(GlobalRole::Administrator);
}
