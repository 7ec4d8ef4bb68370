//! Giving and taking roles.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    hearings::{HearingRole, NewRole, RoleAssignment},
    ids::{HearingId, RoleId},
};

use super::queries;
use crate::{
    audit::{self, Change, Entry},
    db::{
        Connection,
        schema::{hearing, hearing_role},
        violated_constraint,
    },
    hearings::{
        EditHearings, Error,
        access::{self, Lock, View},
        rows::RoleRow,
        rules,
    },
    http::Repeatable,
    identity::{self, Actor},
};

/// Gives a person a role.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::Invalid`] when there is no such person, [`Error::RoleTaken`].
pub(super) async fn give(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    id: HearingId,
    version: i64,
    new: NewRole,
    repeatable: Option<Repeatable>,
) -> Result<RoleAssignment, Error> {
    conn.transaction(async |conn| {
        let loaded = access::load::<EditHearings>(conn, view, id, Lock::Update).await?;
        if let Some(repeatable) = &repeatable
            && let Some(made) = repeatable.claim(conn, view.now).await?
        {
            let row = queries::find(conn, id, RoleId(made)).await.optional()?.ok_or(Error::NotFound)?;
            return assignment(conn, row).await;
        }
        let loaded = loaded.at_version(version)?;
        rules::give_role(loaded.row(), new.role != HearingRole::Invitee, view.now)?;
        let row = RoleRow {
            id: RoleId::new(view.now),
            hearing_id: id,
            account_id: new.account,
            role: new.role,
            responsible: false,
            created_at: view.now,
        };
        let given = assignment(conn, row.clone()).await?;
        diesel::insert_into(hearing_role::table).values(row).execute(conn).await.map_err(role_error)?;
        touch(conn, id, view).await?;
        let changes = vec![
            Change::decision("role", None::<&str>, Some(new.role)),
            Change::decision("account", None::<&str>, Some(new.account)),
        ];
        let entry = Entry::new(AuditAction::RoleGiven, AuditObject::Role).object_id(given.id).hearing(id);
        audit::record(conn, actor, entry.changes(changes), view.now).await?;
        if let Some(repeatable) = &repeatable {
            repeatable.remember(conn, given.id.0).await?;
        }
        Ok(given)
    })
    .await
}

async fn assignment(conn: &mut Connection, row: RoleRow) -> Result<RoleAssignment, Error> {
    let employee = identity::queries::employee(conn, row.account_id).await?;
    let employee = employee.ok_or_else(|| Error::invalid("/account", "account.unknown", "there is no such person"))?;
    Ok(RoleAssignment { id: row.id, role: row.role, responsible: row.responsible, employee })
}

fn role_error(error: diesel::result::Error) -> Error {
    match violated_constraint(&error) {
        Some("hearing_role_unique") => Error::RoleTaken,
        _ => error.into(),
    }
}

// Roles are part of the hearing: two owners who change them at once shall notice.
async fn touch(conn: &mut Connection, id: HearingId, view: View<'_>) -> QueryResult<()> {
    diesel::update(hearing::table.find(id))
        .set((hearing::version.eq(hearing::version + 1), hearing::updated_at.eq(view.now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a role away.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::NotFound`], [`Error::OwnerNeeded`] for the responsible owner.
pub(super) async fn take(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    id: HearingId,
    version: i64,
    role: RoleId,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let loaded = access::load::<EditHearings>(conn, view, id, Lock::Update).await?.at_version(version)?;
        let row = queries::find(conn, id, role).await.optional()?.ok_or(Error::NotFound)?;
        rules::take_role(loaded.row(), row.role != HearingRole::Invitee, view.now)?;
        if row.responsible {
            return Err(Error::OwnerNeeded);
        }
        diesel::delete(hearing_role::table.find(role)).execute(conn).await?;
        touch(conn, id, view).await?;
        let changes = vec![
            Change::decision("role", Some(row.role), None::<&str>),
            Change::decision("account", Some(row.account_id), None::<&str>),
        ];
        let entry = Entry::new(AuditAction::RoleTaken, AuditObject::Role).object_id(role).hearing(id);
        audit::record(conn, actor, entry.changes(changes), view.now).await?;
        Ok(())
    })
    .await
}
