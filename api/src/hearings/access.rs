//! Who may do what with a hearing, and the proof that it was asked.
//!
//! A handler takes `Require<P>`; its [`load`](Require::load) gives a hearing only to somebody who sees it and has `P` on
//! it. Functions that need the permission take the [`HearingFor`] it gives, not an id.

use std::{collections::HashMap, marker::PhantomData};

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use futures::TryFutureExt;
use openapi::{hearings::HearingRole, ids::HearingId, session::GlobalRole};
use tokio::try_join;

use super::{Error, HearingRow, queries::roles_by_hearing, visibility};
use crate::{
    attachments::SeesOriginals,
    db::{Connection, Shared, schema::hearing},
    http::AtVersion,
    identity::{Actor, Caller, Permission, Require},
};

/// How somebody stands to one hearing.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The person's roles on it.
    pub roles: Vec<HearingRole>,
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
pub trait HearingPermission: Permission {
    /// Whether somebody who sees the hearing has it there.
    fn granted_on(standing: &Standing) -> bool;
}

macro_rules! hearing_permissions {
    ($( $(#[$meta:meta])* $holder:ident $name:ident: $granted:expr; )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl HearingPermission for $name {
            fn granted_on(standing: &Standing) -> bool {
                let granted: fn(&Standing) -> bool = $granted;
                granted(standing)
            }
        }

        // Everybody may try: the hearing decides.
        impl Permission for $name {
            type Holder = $holder;

            fn granted(_: &$holder) -> bool {
                true
            }
        }
    )+ };
}

hearing_permissions! {
    /// To read it: whoever sees it.
    Caller ReadHearings: |_| true;
    /// To edit, publish, conclude and delete it, to give and take roles on it, and to read its history.
    Actor EditHearings: |standing| standing.has(HearingRole::Owner);
    /// To revoke an invitee's access to it: an administrator too, without a role on it.
    Actor RevokeAccess: |standing| standing.administrator || standing.has(HearingRole::Owner);
    /// To read what lies behind it: its people.
    Actor ReadWorkspace: |standing| {
        standing.administrator || visibility::STAFF.iter().any(|role| standing.has(*role))
    };
    /// To read all its answers with their senders.
    Actor ProcessResponses: |standing| standing.has(HearingRole::Owner) || standing.has(HearingRole::CaseWorker);
    /// To write on its conclusion before that is given.
    Actor WriteConclusions: |standing| standing.has(HearingRole::Owner) || standing.has(HearingRole::CaseWorker);
    /// To answer it: whoever is logged in and sees it, and when it is for invited people, those.
    Actor AnswerHearings: |standing| !standing.invitation_only || standing.has(HearingRole::Invitee);
}

/// A hearing that whoever asks sees, with the proof that he has permission `P` on it.
#[derive(Debug, Clone)]
pub struct HearingFor<P> {
    row: HearingRow,
    standing: Standing,
    now: DateTime<Utc>,
    permission: PhantomData<P>,
}

impl<P> HearingFor<P> {
    /// The hearing's id.
    #[must_use]
    pub fn id(&self) -> HearingId {
        self.row.id
    }

    /// The hearing.
    #[must_use]
    pub fn row(&self) -> &HearingRow {
        &self.row
    }

    /// How whoever asks stands to it.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// When it was loaded: behind the lock, so that whoever waited until after a deadline is too late.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The same at a later instant, when something else was waited for behind its lock.
    #[must_use]
    pub fn at(self, now: DateTime<Utc>) -> Self {
        Self { now, ..self }
    }
}

// What a file says of the people who made it is for those who read who has sent the response.
impl SeesOriginals for HearingFor<ProcessResponses> {}

impl<P> AtVersion for HearingFor<P> {
    fn version(&self) -> i64 {
        self.row.version
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

impl<P: Permission> Require<P> {
    /// Loads a hearing to read it, which whoever sees it may.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it does not exist for whoever asks.
    pub async fn read(&self, conn: &mut Connection, id: HearingId) -> Result<HearingFor<ReadHearings>, Error> {
        load(conn, self, id, Lock::None).await
    }
}

impl<P: HearingPermission> Require<P> {
    /// Loads a hearing for what the permission is needed for.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it does not exist for the caller, [`Error::Forbidden`] when the caller sees it without
    /// having the permission, [`Error::Caller`] when the session ended while the lock or the body was waited for.
    pub async fn load(&self, conn: &mut Connection, id: HearingId, lock: Lock) -> Result<HearingFor<P>, Error> {
        load(conn, self, id, lock).await
    }
}

async fn load<P: HearingPermission, A: Permission>(
    conn: &mut Connection,
    asker: &Require<A>,
    id: HearingId,
    lock: Lock,
) -> Result<HearingFor<P>, Error> {
    let conn: Shared<'_> = conn;
    let again;
    let (asker, found) = match lock {
        Lock::None => (asker, find(conn, asker, id).await?),
        Lock::Update => {
            let mut locking = conn;
            // Not against foreign keys: a response may be begun while the hearing is being changed.
            let locked: Option<HearingId> = hearing::table
                .filter(hearing::id.eq(id))
                .filter(visibility::visible_to(asker))
                .select(hearing::id)
                .for_no_key_update()
                .get_result(&mut locking)
                .await
                .optional()?;
            // Behind the lock, so that a role which was taken away meanwhile is not there any more, nor a session that
            // has ended.
            let (found, fresh) =
                try_join!(find(conn, asker, id).map_err(Error::from), asker.again(conn).map_err(Error::from))?;
            again = fresh;
            let is_as_before = again.actor().map(|actor| &actor.roles) == asker.actor().map(|actor| &actor.roles);
            let found = if is_as_before { found } else { find(conn, &again, id).await? };
            (&again, found.filter(|_| locked.is_some()))
        }
    };
    let (row, roles) = found.ok_or(Error::NotFound)?;
    let standing = Standing {
        roles,
        administrator: asker.actor().is_some_and(|actor| actor.has(GlobalRole::Administrator)),
        invitation_only: row.invitation_only,
    };
    if !P::granted_on(&standing) {
        return Err(Error::Forbidden);
    }
    Ok(HearingFor { row, standing, now: asker.clock().now(), permission: PhantomData })
}

/// A hearing, if the asker sees it, with the asker's roles on it.
async fn find(
    conn: Shared<'_>,
    asker: &Require<impl Permission>,
    id: HearingId,
) -> QueryResult<Option<(HearingRow, Vec<HearingRole>)>> {
    let query =
        hearing::table.filter(hearing::id.eq(id)).filter(visibility::visible_to(asker)).select(HearingRow::as_select());
    let mut finding = conn;
    let row = async { query.get_result(&mut finding).await.optional() };
    let roles = async {
        match asker.actor() {
            Some(actor) => roles_by_hearing(conn, actor, &[id]).await,
            None => Ok(HashMap::new()),
        }
    };
    let (row, mut roles): (Option<HearingRow>, _) = try_join!(row, roles)?;
    Ok(row.map(|row| (row, roles.remove(&id).unwrap_or_default())))
}
