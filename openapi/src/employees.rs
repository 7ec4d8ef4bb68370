//! The directory of employees, for those who pick people for a hearing.

use serde::{Deserialize, Serialize};

use crate::{
    ids::AccountId,
    limits, page, text,
    validation::{FieldErrors, Validate},
};

/// An employee, as staff see him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Employee {
    /// The account.
    pub id: AccountId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
}

/// Which employees to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmployeeQuery {
    /// The beginning of a name, a department or an e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub q: Option<String>,
    /// Rows, 1 to 100.
    #[serde(default, deserialize_with = "page::rows", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u16>,
    /// Where the page starts: `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(pattern = "^[A-Za-z0-9_-]+$"))]
    pub cursor: Option<String>,
}

impl Validate for EmployeeQuery {
    fn clean(&mut self) {
        if let Some(q) = &mut self.q {
            *q = text::searched(q);
        }
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if let Some(q) = &self.q {
            errors.text("q", q, limits::SEARCH);
        }
        page::validate(&mut errors, self.limit);
        errors.finish()
    }
}
