//! Who does what on one hearing.

use serde::{Deserialize, Serialize};

use crate::{
    employees::Employee,
    enums::wire_enum,
    ids::{AccountId, RoleId},
    limits,
    text::{Clean, Lines},
    validation::{FieldErrors, Validate},
};

wire_enum! {
    /// A person's role on one hearing.
    pub enum HearingRole {
        /// Responsible for it.
        Owner = "owner",
        /// Reads its answers with their senders.
        CaseWorker = "case_worker",
        /// Reads its draft.
        Reviewer = "reviewer",
        /// Asked to answer.
        Invitee = "invitee",
    }
}

/// One person's role on one hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignment {
    /// The assignment.
    pub id: RoleId,
    /// The role.
    pub role: HearingRole,
    /// Whether this is the responsible owner; exactly one is.
    pub responsible: bool,
    /// The person.
    pub employee: Employee,
    /// The hearing's version with this role, for `If-Match`.
    pub hearing_version: i64,
}

/// Gives a person a role on a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRole {
    /// The person.
    pub account: AccountId,
    /// The role.
    pub role: HearingRole,
}

impl Validate for NewRole {}

/// Revokes an invitee's access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeRole {
    /// Why: 1 to 500 characters (Unicode scalar values), line breaks among them. The hearing's owners read it in its
    /// history and auditors in the audit log; the person is not shown it.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub reason: String,
}

impl Validate for RevokeRole {
    fn clean(&mut self) {
        self.reason.clean(Lines::Many);
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.present("/reason", &self.reason);
        errors.text("/reason", &self.reason, limits::REASON);
        errors.finish()
    }
}
