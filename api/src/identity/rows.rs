//! Accounts and sessions as they lie in the database.

use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use openapi::{
    employees::Employee,
    ids::{AccountId, SessionId},
    session::Capacity,
};

use crate::db::schema::{account, session};

/// A person.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = account, check_for_backend(diesel::pg::Pg))]
pub(super) struct AccountRow {
    pub(super) id: AccountId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) department: Option<String>,
}

impl AccountRow {
    /// The person, as staff see them.
    #[must_use]
    pub(super) fn into_employee(self) -> Employee {
        Employee { id: self.id, name: self.name, email: self.email, department: self.department }
    }
}

/// A login.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = session, check_for_backend(diesel::pg::Pg))]
pub(super) struct SessionRow {
    pub(super) id: SessionId,
    pub(super) capacity: Capacity,
    pub(super) created_at: DateTime<Utc>,
    pub(super) last_used_at: DateTime<Utc>,
}
