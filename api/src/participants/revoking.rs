//! Revoking an invitee's access: possible in every status, for a reason, in effect on the next read.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    hearings::{HearingRole, RevokeRole, RoleAssignment},
    ids::{AccountId, HearingId, RoleId},
};

use super::{
    actions::{assignment, touch},
    queries,
};
use crate::{
    audit::{self, Change, Entry},
    db::{
        Connection,
        schema::{hearing_revocation, hearing_role},
    },
    hearings::{Error, RevokeAccess, access::Lock},
    http::AtVersion,
    identity::Require,
};

/// Revokes an invitee's access. What the person has sent stays. A person who has another role on the hearing keeps the
/// access that it gives: then the role of an invitee is taken, and nothing says that access was revoked.
///
/// # Errors
/// [`Error::Stale`], [`Error::NotFound`], [`Error::NotAnInvitee`].
pub(super) async fn revoke(
    conn: &mut Connection,
    asker: &Require<RevokeAccess>,
    id: HearingId,
    version: i64,
    role: RoleId,
    request: RevokeRole,
) -> Result<RoleAssignment, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, id, Lock::Update).await?.at_version(version)?;
        let now = hearing.now();
        let row = queries::find(conn, id, role).await.optional()?.ok_or(Error::NotFound)?;
        if row.role != HearingRole::Invitee {
            return Err(Error::NotAnInvitee);
        }
        let (whose, reason) = (row.account_id, request.reason.trim().to_owned());
        diesel::delete(hearing_role::table.find(role)).execute(conn).await?;
        let action = if queries::has_any(conn, id, whose).await? {
            AuditAction::RoleTaken
        } else {
            diesel::insert_into(hearing_revocation::table)
                .values((
                    hearing_revocation::hearing_id.eq(id),
                    hearing_revocation::account_id.eq(whose),
                    hearing_revocation::reason.eq(&reason),
                    hearing_revocation::revoked_by.eq(asker.account),
                    hearing_revocation::revoked_at.eq(now),
                ))
                .execute(conn)
                .await?;
            AuditAction::AccessRevoked
        };
        let changes = vec![
            Change::decision("role", Some(row.role), None::<&str>),
            Change::account(Some(whose), None),
            Change::personal("reason", None, Some(reason), Some(whose)),
        ];
        let entry = Entry::new(action, AuditObject::Role).object_id(role).hearing(id);
        audit::record(conn, asker, entry.changes(changes), now).await?;
        let version = touch(conn, id, now).await?;
        assignment(conn, row, version).await
    })
    .await
}

/// Lifts a person's revocation, when the person is given a role again, invitee or another.
pub(super) async fn lift(conn: &mut Connection, hearing: HearingId, account: AccountId) -> QueryResult<()> {
    diesel::delete(hearing_revocation::table.find((hearing, account))).execute(conn).await.map(|_| ())
}
