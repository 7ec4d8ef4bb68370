//! Looking people up.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, NullableExpressionMethods, PgTextExpressionMethods, QueryDsl,
    dsl::sql,
    sql_types::{Bool, Text, Uuid},
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    employees::{Employee, EmployeeQuery},
    ids::AccountId,
    page::Page,
};

use crate::{
    audit::{self, Entry},
    db::{Connection, schema::account},
    http::{ApiError, cursor},
    identity::Actor,
};

const BY_NAME: &str = "name";
const NAME: &str = "account.name COLLATE \"da-x-icu\"";

type Row = (AccountId, String, String, Option<String>);

/// People by name, in Danish order. The reading leaves its entry in the audit log.
pub(super) async fn page(
    conn: &mut Connection,
    actor: &Actor,
    query: &EmployeeQuery,
    now: DateTime<Utc>,
) -> Result<Page<Employee>, ApiError> {
    conn.transaction(async |conn| {
        let rows = people(conn, query).await?;
        let page = cursor::page(rows, query.limit, BY_NAME, |(id, name, ..)| (name.clone(), *id));
        let entry = Entry::new(AuditAction::EmployeesRead, AuditObject::Employee)
            .search("q", query.q.as_deref())
            .count(page.items.len());
        audit::record(conn, actor, entry, now).await?;
        let employee = |(id, name, email, department)| Employee { id, name, email, department };
        Ok(Page { items: page.items.into_iter().map(employee).collect(), next: page.next })
    })
    .await
}

async fn people(conn: &mut Connection, query: &EmployeeQuery) -> Result<Vec<Row>, ApiError> {
    let after: Option<(String, AccountId)> = cursor::decode(query.cursor.as_deref(), BY_NAME)?;
    let mut people = account::table
        .select((account::id, account::name, account::email, account::department))
        .order((sql::<Text>(NAME), account::id))
        .into_boxed();
    if let Some(text) = query.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let (start, word) = (format!("{}%", escaped(text)), format!("% {}%", escaped(text)));
        let by_name = account::name.ilike(start.clone()).or(account::name.ilike(word));
        let by_department = account::department.assume_not_null().ilike(start.clone());
        people = people.filter(by_name.or(account::email.ilike(start)).or(by_department));
    }
    if let Some((name, id)) = after {
        people = people.filter(
            sql::<Bool>(&format!("({NAME}, account.id) > ("))
                .bind::<Text, _>(name)
                .sql(" COLLATE \"da-x-icu\", ")
                .bind::<Uuid, _>(id)
                .sql(")"),
        );
    }
    Ok(people.limit(cursor::rows_to_fetch(query.limit)).load(conn).await?)
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
