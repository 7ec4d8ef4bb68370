//! The filters of the audit log as they stand in the address.

use chrono::NaiveDate;
use openapi::{
    audit::{AuditAction, AuditOutcome, AuditQuery},
    ids::{AccountId, HearingId},
};
use serde::{Deserialize, Serialize};

use crate::paging::STEP;

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LogQuery {
    /// Only these actions.
    #[serde(rename = "handling", skip_serializing_if = "Vec::is_empty")]
    pub(super) action: Vec<AuditAction>,
    /// Only this outcome.
    #[serde(rename = "udfald", skip_serializing_if = "Option::is_none")]
    pub(super) outcome: Option<AuditOutcome>,
    /// Only what this person did.
    #[serde(rename = "person", skip_serializing_if = "Option::is_none")]
    pub(super) actor: Option<AccountId>,
    /// Only what belongs to this hearing.
    #[serde(rename = "hoering", skip_serializing_if = "Option::is_none")]
    pub(super) hearing: Option<HearingId>,
    /// From this day.
    #[serde(rename = "fra", skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<NaiveDate>,
    /// To this day.
    #[serde(rename = "til", skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<NaiveDate>,
    /// How many rows are shown.
    #[serde(rename = "vis", skip_serializing_if = "Option::is_none")]
    pub(super) shown: Option<usize>,
}

impl LogQuery {
    pub(super) fn rows(&self) -> usize {
        self.shown.unwrap_or(STEP).clamp(STEP, 2_000)
    }

    pub(super) fn is_narrowed(&self) -> bool {
        *self != LogQuery { shown: self.shown, ..LogQuery::default() }
    }

    /// A page of what is asked for.
    pub(super) fn asked(&self, limit: Option<u16>, cursor: Option<String>) -> AuditQuery {
        AuditQuery {
            action: self.action.clone(),
            outcome: self.outcome.into_iter().collect(),
            actor: self.actor,
            hearing: self.hearing,
            from: self.from,
            to: self.to,
            limit,
            cursor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_written_to_the_address_and_read_from_it() {
        let query = LogQuery {
            action: vec![AuditAction::LoginFailed, AuditAction::AccessDenied],
            outcome: Some(AuditOutcome::Denied),
            from: "2026-11-23".parse().ok(),
            ..LogQuery::default()
        };
        let address = serde_html_form::to_string(&query).unwrap();
        assert_eq!(address, "handling=session.login_failed&handling=access.denied&udfald=denied&fra=2026-11-23");
        assert_eq!(serde_html_form::from_str::<LogQuery>(&address).unwrap(), query);
        assert!(query.is_narrowed() && !LogQuery { shown: Some(40), ..LogQuery::default() }.is_narrowed());
    }
}
