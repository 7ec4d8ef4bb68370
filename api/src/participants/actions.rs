//! Giving and taking roles.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    hearings::{HearingRole, NewRole, RoleAssignment},
    ids::{HearingId, RoleId},
};

use super::{queries, revoking};
use crate::{
    audit::{self, Change, Entry},
    db::{
        Connection,
        schema::{hearing, hearing_role},
        violated_constraint,
    },
    hearings::{EditHearings, Error, HearingFor, RoleRow, access::Lock, rules},
    http::{AtVersion, Once, Repeatable},
    identity::{self, Require},
};

/// Gives a person a role.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::Invalid`] when there is no such person, [`Error::RoleTaken`].
pub(super) async fn give(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    id: HearingId,
    version: i64,
    new: NewRole,
    repeatable: Repeatable,
) -> Result<RoleAssignment, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, id, Lock::Update).await?;
        let (now, current) = (hearing.now(), hearing.row().version);
        let given = repeatable.once(conn, now, async |conn| {
            let hearing = hearing.at_version(version)?;
            rules::give_role(hearing.row(), new.role != HearingRole::Invitee, now)?;
            let role = add(conn, &hearing, new, now).await?;
            let changes = vec![
                Change::decision("role", None::<&str>, Some(role.role)),
                Change::account(None, Some(role.employee.id)),
            ];
            let entry = Entry::new(AuditAction::RoleGiven, AuditObject::Role).object_id(role.id).hearing(id);
            audit::record(conn, asker, entry.changes(changes), now).await?;
            Ok::<_, Error>((role.id.0, role))
        });
        match given.await? {
            Once::Now(role) => Ok(role),
            Once::Before(role) => {
                let row = queries::find(conn, id, RoleId(role)).await.optional()?.ok_or(Error::NotFound)?;
                assignment(conn, row, current).await
            }
        }
    })
    .await
}

async fn add(
    conn: &mut Connection,
    hearing: &HearingFor<EditHearings>,
    new: NewRole,
    now: DateTime<Utc>,
) -> Result<RoleAssignment, Error> {
    let row = RoleRow {
        id: RoleId::new(now),
        hearing_id: hearing.id(),
        account_id: new.account,
        role: new.role,
        responsible: false,
        created_at: now,
    };
    let version = touch(conn, hearing.id(), now).await?;
    let role = assignment(conn, row.clone(), version).await?;
    // Whatever the role: the person has access again, and nothing says any more that it is revoked.
    revoking::lift(conn, hearing.id(), row.account_id).await?;
    diesel::insert_into(hearing_role::table).values(row).execute(conn).await.map_err(role_error)?;
    Ok(role)
}

pub(super) async fn assignment(
    conn: &mut Connection,
    row: RoleRow,
    hearing_version: i64,
) -> Result<RoleAssignment, Error> {
    let employee = identity::queries::employee(conn, row.account_id).await?;
    let employee = employee.ok_or_else(|| Error::invalid("/account", "account.unknown", "there is no such person"))?;
    Ok(row.into_wire(employee, hearing_version))
}

fn role_error(error: diesel::result::Error) -> Error {
    match violated_constraint(&error) {
        Some("hearing_role_unique") => Error::RoleTaken,
        _ => error.into(),
    }
}

// Roles are part of the hearing: two owners who change them at once shall notice.
pub(super) async fn touch(conn: &mut Connection, hearing: HearingId, now: DateTime<Utc>) -> QueryResult<i64> {
    diesel::update(hearing::table.find(hearing))
        .set((hearing::version.eq(hearing::version + 1), hearing::updated_at.eq(now)))
        .returning(hearing::version)
        .get_result(conn)
        .await
}

/// Takes a role away.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::NotFound`], [`Error::OwnerNeeded`] for the responsible owner.
pub(super) async fn take(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    id: HearingId,
    version: i64,
    role: RoleId,
) -> Result<RoleAssignment, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, id, Lock::Update).await?.at_version(version)?;
        let now = hearing.now();
        let row = queries::find(conn, id, role).await.optional()?.ok_or(Error::NotFound)?;
        rules::take_role(hearing.row(), row.role != HearingRole::Invitee, now)?;
        if row.responsible {
            return Err(Error::OwnerNeeded);
        }
        diesel::delete(hearing_role::table.find(role)).execute(conn).await?;
        let changes =
            vec![Change::decision("role", Some(row.role), None::<&str>), Change::account(Some(row.account_id), None)];
        let entry = Entry::new(AuditAction::RoleTaken, AuditObject::Role).object_id(role).hearing(id);
        audit::record(conn, asker, entry.changes(changes), now).await?;
        let version = touch(conn, id, now).await?;
        assignment(conn, row, version).await
    })
    .await
}
