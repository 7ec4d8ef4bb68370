//! Who may do what with a hearing, and the proof that it was asked.
//!
//! [`load`] gives a hearing only to somebody who sees it and has the permission it is needed for. Functions that need
//! the permission take the [`HearingFor`] it gives, not an id.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::HearingRole,
    ids::HearingId,
    session::{Capacity, GlobalRole},
};

use super::{Error, HearingRow, Visibility, visibility};
use crate::{
    db::{
        Connection,
        schema::{hearing, hearing_role},
    },
    identity::{Actor, Permission},
    service::Service,
};

/// How somebody stands to one hearing.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The person's roles on it.
    pub roles: Vec<HearingRole>,
    /// In what role the person is logged in; nobody for an anonymous visitor.
    pub capacity: Option<Capacity>,
    /// Whether the person is an administrator: reads drafts, and is no super-owner.
    pub administrator: bool,
    /// Whether the hearing is for invited people alone.
    pub invitation_only: bool,
}

impl Standing {
    /// Whether the person has a role on the hearing.
    #[must_use]
    pub fn has(&self, role: HearingRole) -> bool {
        self.roles.contains(&role)
    }
}

/// A permission that depends on the hearing.
pub trait HearingPermission {
    /// Whether somebody who sees the hearing has it.
    fn granted(standing: &Standing) -> bool;
}

macro_rules! hearing_permissions {
    ($( $(#[$meta:meta])* $name:ident: $granted:expr; )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl HearingPermission for $name {
            fn granted(standing: &Standing) -> bool {
                let granted: fn(&Standing) -> bool = $granted;
                granted(standing)
            }
        }

        // Everybody logged in may try: the hearing decides.
        impl Permission for $name {
            fn granted(_: &Actor) -> bool {
                true
            }
        }
    )+ };
}

hearing_permissions! {
    /// To read it: whoever sees it.
    ReadHearings: |_| true;
    /// To edit, publish, conclude and delete it, and to give roles on it.
    EditHearings: |standing| standing.has(HearingRole::Owner);
    /// To read what lies behind it: its draft, its people.
    ReadWorkspace: |standing| {
        standing.administrator || visibility::STAFF.iter().any(|role| standing.has(*role))
    };
    /// To read all its answers with their senders.
    ProcessResponses: |standing| standing.has(HearingRole::Owner) || standing.has(HearingRole::CaseWorker);
    /// To answer it: whoever is logged in and sees it, and when it is for invited people, those.
    AnswerHearings: |standing| {
        standing.capacity.is_some() && (!standing.invitation_only || standing.has(HearingRole::Invitee))
    };
}

/// A hearing that the caller sees, with the proof that he has permission `P` on it.
#[derive(Debug, Clone)]
pub struct HearingFor<P> {
    row: HearingRow,
    standing: Standing,
    permission: PhantomData<P>,
}

impl<P> HearingFor<P> {
    /// The hearing.
    #[must_use]
    pub fn row(&self) -> &HearingRow {
        &self.row
    }

    /// How the caller stands to it.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Passes when the caller has read the current version.
    ///
    /// # Errors
    /// [`Error::Stale`] when somebody else was faster.
    pub fn at_version(self, version: i64) -> Result<Self, Error> {
        if self.row.version == version { Ok(self) } else { Err(Error::Stale { current: self.row.version }) }
    }
}

/// Whether others may change the hearing until the transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// They may: this only reads.
    None,
    /// They wait.
    Update,
}

/// What decides what the caller sees.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Who is logged in; nobody for an anonymous visitor.
    pub actor: Option<&'a Actor>,
    /// What the installation lets people see.
    pub visibility: Visibility,
    /// What time it is.
    pub now: DateTime<Utc>,
}

impl<'a> View<'a> {
    /// What the caller of this request sees now.
    #[must_use]
    pub fn of(actor: Option<&'a Actor>, service: &Service) -> Self {
        Self { actor, visibility: service.visibility(), now: service.now() }
    }
}

/// Loads a hearing for somebody who sees it and has permission `P` on it.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist for the caller, [`Error::Forbidden`] when he sees it without having the
/// permission.
pub async fn load<P: HearingPermission>(
    conn: &mut Connection,
    view: View<'_>,
    id: HearingId,
    lock: Lock,
) -> Result<HearingFor<P>, Error> {
    let visible = visibility::visible_to(view.actor, view.visibility, view.now);
    let query = hearing::table.filter(hearing::id.eq(id)).filter(visible).select(HearingRow::as_select());
    let row = match lock {
        Lock::None => query.first(conn).await,
        // Not against foreign keys: somebody may begin an answer while the hearing is being changed.
        Lock::Update => query.for_no_key_update().first(conn).await,
    };
    let row: HearingRow = row.optional()?.ok_or(Error::NotFound)?;
    let roles = match view.actor {
        Some(actor) => {
            hearing_role::table
                .filter(hearing_role::hearing_id.eq(id))
                .filter(hearing_role::account_id.eq(actor.account))
                .order(hearing_role::role)
                .select(hearing_role::role)
                .load(conn)
                .await?
        }
        None => Vec::new(),
    };
    let standing = Standing {
        roles,
        capacity: view.actor.map(|actor| actor.capacity),
        administrator: view.actor.is_some_and(|actor| actor.has(GlobalRole::Administrator)),
        invitation_only: row.invitation_only,
    };
    if !P::granted(&standing) {
        return Err(Error::Forbidden);
    }
    Ok(HearingFor { row, standing, permission: PhantomData })
}
