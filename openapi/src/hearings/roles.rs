//! Who does what on one hearing.

use serde::{Deserialize, Serialize};

use crate::{
    employees::Employee,
    enums::wire_enum,
    ids::{AccountId, RoleId},
    validation::Validate,
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
