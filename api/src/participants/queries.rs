//! Reads of roles.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, dsl::exists, select, sql_types::Text};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    hearings::RoleAssignment,
    ids::{AccountId, HearingId, RoleId},
    page::{Page, PageQuery},
};

use crate::{
    audit::{self, Entry},
    db::{
        Connection, Prepare,
        schema::{account, hearing_role},
    },
    hearings::{Error, ReadWorkspace, RoleRow, access::Lock},
    http::cursor::Order,
    identity::{self, Require},
};

/// The responsible owner, then role by role, and by name in Danish order.
const BY_ROLE_AND_NAME: Order = Order::ascending(
    "role",
    "(CASE WHEN hearing_role.responsible THEN '0' WHEN hearing_role.role = 'owner' THEN '1' \
      WHEN hearing_role.role = 'case_worker' THEN '2' WHEN hearing_role.role = 'reviewer' THEN '3' ELSE '4' END \
      || account.name) COLLATE \"da-x-icu\"",
    "hearing_role.id",
);

/// Those with a role on a hearing. The reading leaves its entry in the audit log.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Cursor`].
pub(super) async fn list(
    conn: &mut Connection,
    asker: &Require<ReadWorkspace>,
    id: HearingId,
    query: &PageQuery,
) -> Result<Page<RoleAssignment>, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, id, Lock::None).await?;
        let roles = hearing_role::table
            .inner_join(account::table)
            .filter(hearing_role::hearing_id.eq(id))
            .select((RoleRow::as_select(), BY_ROLE_AND_NAME.key::<Text>()))
            .into_boxed();
        let slice = BY_ROLE_AND_NAME.slice::<Text, String, _>(roles, query.cursor.as_deref(), query.limit)?;
        let rows: Vec<(RoleRow, String)> = slice.prepared().load(conn).await?;
        let page = BY_ROLE_AND_NAME.page(rows, query.limit, |(row, key)| (key.clone(), row.id.0));
        let ids: Vec<_> = page.items.iter().map(|(row, _)| row.account_id).collect();
        let people = identity::queries::employees(conn, &ids).await?;
        let version = hearing.row().version;
        let with_person = |(row, _): (RoleRow, String)| {
            let employee = people.get(&row.account_id).cloned().ok_or(diesel::NotFound)?;
            Ok(row.into_wire(employee, version))
        };
        let items: Vec<_> = page.items.into_iter().map(with_person).collect::<QueryResult<_>>()?;
        let entry = Entry::new(AuditAction::EmployeesRead, AuditObject::Role).hearing(id).count(items.len());
        audit::record(conn, asker, entry, asker.now()).await?;
        Ok(Page { items, next: page.next })
    })
    .await
}

/// One role of a hearing.
pub(super) async fn find(conn: &mut Connection, hearing: HearingId, id: RoleId) -> QueryResult<RoleRow> {
    hearing_role::table
        .find(id)
        .filter(hearing_role::hearing_id.eq(hearing))
        .select(RoleRow::as_select())
        .get_result(conn)
        .await
}

/// Whether a person has a role on a hearing, whichever it is.
pub(super) async fn has_any(conn: &mut Connection, hearing: HearingId, account: AccountId) -> QueryResult<bool> {
    let roles =
        hearing_role::table.filter(hearing_role::hearing_id.eq(hearing)).filter(hearing_role::account_id.eq(account));
    select(exists(roles)).get_result(conn).await
}
