//! Reads of roles.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, dsl::sql, sql_types::Text};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{HearingRole, RoleAssignment, RoleList},
    ids::{HearingId, RoleId},
};

use crate::{
    db::{
        Connection,
        schema::{account, hearing_role},
    },
    hearings::rows::RoleRow,
    identity,
};

/// Everybody with a role on a hearing: owners first, then by name.
pub(super) async fn list(conn: &mut Connection, hearing: HearingId) -> QueryResult<RoleList> {
    let by_name = sql::<Text>("account.name COLLATE \"da-x-icu\"");
    let rows: Vec<RoleRow> = hearing_role::table
        .inner_join(account::table)
        .filter(hearing_role::hearing_id.eq(hearing))
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
        Some(RoleAssignment { id: row.id, role: row.role, responsible: row.responsible, employee })
    };
    Ok(RoleList { items: rows.into_iter().filter_map(assignment).collect() })
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
