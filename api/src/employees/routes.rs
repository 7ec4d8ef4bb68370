//! The directory over HTTP.

use actix_web::{get, web::Data};
use openapi::{
    employees::{Employee, EmployeeQuery},
    page::Page,
};

use super::queries;
use crate::{
    http::{Answer, Fresh, Query},
    identity::{LookUpEmployees, Require},
    service::Service,
};

/// Look up employees
///
/// By the beginning of a name, a department or an e-mail address. For hearing creators, owners of a hearing,
/// administrators and auditors; each look-up is in the audit log.
#[utoipa::path(
    tag = "Directory",
    security(("session" = [])),
    params(EmployeeQuery),
    responses((status = 200, description = "A page of employees", body = Page<Employee>))
)]
#[get("/employees")]
pub(super) async fn list_employees(
    asker: Require<LookUpEmployees>,
    service: Data<Service>,
    Query(query): Query<EmployeeQuery>,
) -> Answer<Fresh<Page<Employee>>> {
    let mut conn = service.connection().await?;
    Ok(Fresh(queries::page(&mut conn, &asker, &query).await?))
}
