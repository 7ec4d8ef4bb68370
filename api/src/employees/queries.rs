//! Looking people up.

use diesel::{
    BoolExpressionMethods, NullableExpressionMethods, PgTextExpressionMethods, QueryDsl, QueryResult, sql_types::Text,
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    employees::{Employee, EmployeeQuery},
    ids::AccountId,
    page::Page,
    problem::ProblemCode,
    session::GlobalRole,
};

use crate::{
    audit::{self, Entry},
    db::{Connection, schema::account},
    hearings,
    http::{ApiError, cursor::Order},
    identity::{Actor, LookUpEmployees, Require},
};

const BY_NAME: Order = Order::ascending("name", "account.name COLLATE \"da-x-icu\"", "account.id");

type Row = (AccountId, String, String, Option<String>);

/// People by name, in Danish order. The reading leaves its entry in the audit log.
pub(super) async fn page(
    conn: &mut Connection,
    asker: &Require<LookUpEmployees>,
    query: &EmployeeQuery,
) -> Result<Page<Employee>, ApiError> {
    conn.transaction(async |conn| {
        if !may_look_up(conn, asker).await? {
            return Err(ApiError::new(ProblemCode::Forbidden, "This is for those who pick people, and for auditors."));
        }
        let rows = people(conn, query).await?;
        let page = BY_NAME.page(rows, query.limit, |(id, name, ..)| (name.clone(), id.0));
        let entry = Entry::new(AuditAction::EmployeesRead, AuditObject::Employee)
            .search("q", query.q.as_deref())
            .count(page.items.len());
        audit::record(conn, asker, entry, asker.now()).await?;
        let employee = |(id, name, email, department)| Employee { id, name, email, department };
        Ok(Page { items: page.items.into_iter().map(employee).collect(), next: page.next })
    })
    .await
}

/// Those who pick people for hearings: creators, and owners of one; and those who look after the service.
async fn may_look_up(conn: &mut Connection, actor: &Actor) -> QueryResult<bool> {
    let roles = [GlobalRole::HearingCreator, GlobalRole::Administrator, GlobalRole::Auditor];
    Ok(roles.iter().any(|role| actor.has(*role)) || hearings::queries::owns_one(conn, actor.account).await?)
}

async fn people(conn: &mut Connection, query: &EmployeeQuery) -> Result<Vec<Row>, ApiError> {
    let mut people =
        account::table.select((account::id, account::name, account::email, account::department)).into_boxed();
    if let Some(text) = query.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let (start, word) = (format!("{}%", escaped(text)), format!("% {}%", escaped(text)));
        let by_name = account::name.ilike(start.clone()).or(account::name.ilike(word));
        let by_department = account::department.assume_not_null().ilike(start.clone());
        people = people.filter(by_name.or(account::email.ilike(start)).or(by_department));
    }
    Ok(BY_NAME.slice::<Text, String, _>(people, query.cursor.as_deref(), query.limit)?.load(conn).await?)
}

/// A text that stands for itself in `LIKE`.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    #[test]
    fn wildcards_stand_for_themselves() {
        assert_eq!(super::escaped(r"100%_\"), r"100\%\_\\");
    }
}
