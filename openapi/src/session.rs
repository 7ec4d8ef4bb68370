//! Who is calling: logging in and out, and what a logged-in person is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    enums::wire_enum,
    ids::AccountId,
    limits, text,
    validation::{FieldErrors, Validate},
};

wire_enum! {
    /// In what role the caller is logged in.
    pub enum Capacity {
        /// Employed by the municipality.
        Employee = "employee",
        /// A citizen.
        Citizen = "citizen",
        /// Acting for a company.
        Company = "company",
    }
}

wire_enum! {
    /// A role that holds everywhere, given by the identity provider.
    pub enum GlobalRole {
        /// Administers types, texts, users and integrations; no super-owner.
        Administrator = "administrator",
        /// May create hearings.
        HearingCreator = "hearing_creator",
        /// The data protection officer: reads the audit log.
        Auditor = "auditor",
    }
}

/// The caller's session; for a visitor, `account` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Who is logged in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<SessionAccount>,
    /// Goes into the header `X-CSRF-Token` of everything that is not a `GET`. Changes at login.
    pub csrf_token: String,
    /// When the session ends unless it is used before then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// The server's clock, so that a page can count down by it and not by its own.
    pub now: DateTime<Utc>,
}

/// The person who is logged in, as shown to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SessionAccount {
    /// The account.
    pub id: AccountId,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// In what role the person is logged in.
    pub capacity: Capacity,
    /// Roles that hold everywhere.
    pub roles: Vec<GlobalRole>,
}

impl SessionAccount {
    /// Whether the person has a global role.
    #[must_use]
    pub fn has(&self, role: GlobalRole) -> bool {
        self.roles.contains(&role)
    }
}

/// Logs in with a built-in account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoginRequest {
    /// User name.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 200))]
    pub username: String,
    /// Password.
    #[cfg_attr(feature = "server", schema(format = Password, min_length = 1, max_length = 200))]
    pub password: String,
}

// By hand, so that a password cannot reach a log.
impl std::fmt::Debug for LoginRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginRequest").field("username", &self.username).finish_non_exhaustive()
    }
}

impl Validate for LoginRequest {
    // A password is what was typed: every keyboard composes letters alike, and whatever else is in it was meant so.
    fn clean(&mut self) {
        self.username = text::name(&self.username);
    }

    fn validate(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.present("/username", &self.username);
        errors.text("/username", &self.username, limits::CREDENTIAL);
        errors.require(!self.password.is_empty(), "/password", "text.required", "must be filled in");
        errors.text("/password", &self.password, limits::CREDENTIAL);
        errors.finish()
    }
}

/// The ways to log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LoginProviders {
    /// The identity providers in use.
    pub providers: Vec<LoginProvider>,
    /// The made-up people of the demonstration, to be chosen with one click; empty everywhere else.
    pub demo_people: Vec<DemoPerson>,
}

/// An identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LoginProvider {
    /// Its name in the configuration.
    pub id: String,
    /// How one logs in with it.
    pub kind: LoginProviderKind,
    /// The capacities it serves.
    pub capacities: Vec<Capacity>,
}

wire_enum! {
    /// How one logs in with an identity provider.
    pub enum LoginProviderKind {
        /// User name and password, kept by this service.
        BuiltIn = "built_in",
    }
}

/// A made-up person of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DemoPerson {
    /// User name for `/session/login`.
    pub username: String,
    /// Password for `/session/login`; no secret, the person does not exist.
    pub password: String,
    /// Full name.
    pub name: String,
    /// What the person does in the demonstration, in Danish.
    pub description: String,
}
