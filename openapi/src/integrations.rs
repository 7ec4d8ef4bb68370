//! What the installation is connected to, for administrators.

use serde::{Deserialize, Serialize};

use crate::enums::wire_enum;

wire_enum! {
    /// Something that a municipality can swap.
    pub enum Port {
        /// Who vouches for people who log in.
        IdentityProvider = "identity_provider",
        /// What sends mail.
        Mail = "mail",
        /// Where files are kept.
        FileStore = "file_store",
        /// What looks for viruses in files.
        VirusScanner = "virus_scanner",
    }
}

wire_enum! {
    /// How an integration stands.
    pub enum IntegrationState {
        /// It works.
        Ok = "ok",
        /// It works for what is there, and has no room for more.
        Full = "full",
        /// It works, and something that was there is lost.
        Incomplete = "incomplete",
        /// It is set up and does not work.
        Failing = "failing",
        /// It is not set up.
        Off = "off",
    }
}

/// A port with what is behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Integration {
    /// What it is for.
    pub port: Port,
    /// What is behind it: `local`, `s3`, `none`.
    pub adapter: String,
    /// How it stands at the moment of the answer.
    pub state: IntegrationState,
    /// What is wrong or unusual, in a few English words without secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Files whose content is known to be lost, with the file store alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_files: Option<u64>,
}

/// Every port of the installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct IntegrationList {
    /// One entry a port.
    pub items: Vec<Integration>,
}
