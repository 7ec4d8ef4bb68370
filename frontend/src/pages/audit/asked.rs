//! The filters of the audit log as they stand in the address.

use chrono::NaiveDate;
use openapi::{
    audit::{AuditAction, AuditOutcome, AuditQuery},
    ids::{AccountId, HearingId},
    page::PageQuery,
    validation::{FieldErrors, Validate},
};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
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
}

impl Asked {
    pub(super) fn is_narrowed(&self) -> bool {
        *self != Asked::default()
    }

    /// A page of it.
    pub(super) fn page(self, PageQuery { limit, cursor }: PageQuery) -> AuditQuery {
        let Asked { action, outcome, actor, hearing, from, to } = self;
        AuditQuery { action, outcome: outcome.into_iter().collect(), actor, hearing, from, to, limit, cursor }
    }

    /// What is wrong with it.
    pub(super) fn validate(&self) -> Result<(), FieldErrors> {
        self.clone().page(PageQuery::default()).validate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_written_to_the_address_and_read_from_it() {
        let query = Asked {
            action: vec![AuditAction::LoginFailed, AuditAction::AccessDenied],
            outcome: Some(AuditOutcome::Denied),
            from: "2026-11-23".parse().ok(),
            ..Asked::default()
        };
        let address = serde_html_form::to_string(&query).unwrap();
        assert_eq!(address, "handling=session.login_failed&handling=access.denied&udfald=denied&fra=2026-11-23");
        assert_eq!(serde_html_form::from_str::<Asked>(&address).unwrap(), query);
        assert!(query.is_narrowed() && !Asked::default().is_narrowed());
    }
}
