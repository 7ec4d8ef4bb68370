//! What operators and load balancers ask: is it alive, is it ready, which version is it.

use serde::{Deserialize, Serialize};

use crate::enums::wire_enum;

/// The process answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Liveness {
    /// Always `ok`: a process that could not answer would not.
    pub status: HealthStatus,
}

/// Whether the service can do its work, part by part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Readiness {
    /// `ok` when every part is, `degraded` when one is and none fails, `failing` when one fails.
    pub status: HealthStatus,
    /// The parts.
    pub parts: Vec<HealthPart>,
}

/// One thing the service needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HealthPart {
    /// Which: `database`, `migrations`, `clock`, `audit_log`, `audit_seal`, `file_store`, `jobs`.
    pub name: String,
    /// How it is.
    pub status: HealthStatus,
    /// What is wrong or unusual, in a few English words without secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

wire_enum! {
    /// How something is.
    pub enum HealthStatus {
        /// Works.
        Ok = "ok",
        /// Works without something that it can do without for a while: send it requests, and look after it.
        Degraded = "degraded",
        /// Does not work.
        Failing = "failing",
    }
}

/// Which build answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// The release.
    pub version: String,
}
