//! Reads of roles.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, dsl::sql, sql_types::Text};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    hearings::{HearingRole, RoleAssignment, RoleList},
    ids::{HearingId, RoleId},
};

use crate::{
    audit::{self, Entry},
    db::{
        Connection,
        schema::{account, hearing_role},
    },
    hearings::{Error, HearingFor, ReadWorkspace, access::Lock, rows::RoleRow},
    identity::{self, Require},
};

/// Everybody with a role on a hearing: owners first, then by name. The reading leaves its entry in the audit log.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub(super) async fn list(
    conn: &mut Connection,
    asker: &Require<ReadWorkspace>,
    id: HearingId,
) -> Result<RoleList, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, id, Lock::None).await?;
        let items = assignments(conn, &hearing).await?;
        let entry = Entry::new(AuditAction::EmployeesRead, AuditObject::Role).hearing(id).count(items.len());
        audit::record(conn, asker, entry, asker.now()).await?;
        Ok(RoleList { items })
    })
    .await
}

async fn assignments(conn: &mut Connection, hearing: &HearingFor<ReadWorkspace>) -> QueryResult<Vec<RoleAssignment>> {
    let by_name = sql::<Text>("account.name COLLATE \"da-x-icu\"");
    let rows: Vec<RoleRow> = hearing_role::table
        .inner_join(account::table)
        .filter(hearing_role::hearing_id.eq(hearing.id()))
        .order((
            hearing_role::responsible.desc(),
            hearing_role::role.eq(HearingRole::Owner).desc(),
            by_name,
            hearing_role::id,
        ))
        .select(RoleRow::as_select())
        .load(conn)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.account_id).collect();
    let people = identity::queries::employees(conn, &ids).await?;
    let assignment = |row: RoleRow| {
        let employee = people.iter().find(|person| person.id == row.account_id)?.clone();
        Some(row.into_wire(employee, hearing.row().version))
    };
    Ok(rows.into_iter().filter_map(assignment).collect())
}

/// One role of a hearing.
pub(super) async fn find(conn: &mut Connection, hearing: HearingId, id: RoleId) -> QueryResult<RoleRow> {
    hearing_role::table
        .find(id)
        .filter(hearing_role::hearing_id.eq(hearing))
        .select(RoleRow::as_select())
        .first(conn)
        .await
}
