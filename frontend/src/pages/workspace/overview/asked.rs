//! What of one's hearings is shown, as it stands in the address.

use openapi::{
    hearings::{HearingQuery, HearingRole, HearingSort, HearingStatus},
    page::PageQuery,
};
use serde::{Deserialize, Serialize};

/// The roles that make a hearing one's work.
pub(super) const WORK: [HearingRole; 3] = [HearingRole::Owner, HearingRole::CaseWorker, HearingRole::Reviewer];

/// Where a hearing is while there is work to do on it.
const IN_PROGRESS: [HearingStatus; 4] =
    [HearingStatus::Draft, HearingStatus::Scheduled, HearingStatus::Open, HearingStatus::Processing];

/// The choice of a status that means all of them.
pub(super) const ALL: &str = "alle";

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The words searched for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) q: String,
    /// The status; what is in progress without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<HearingStatus>,
    /// Whether hearings that have ended are shown with the rest.
    #[serde(rename = "alle", skip_serializing_if = "std::ops::Not::not")]
    pub(super) all: bool,
    /// One's own role; all that make work without it.
    #[serde(rename = "rolle", skip_serializing_if = "Option::is_none")]
    pub(super) role: Option<HearingRole>,
    /// The order.
    #[serde(rename = "sortering", skip_serializing_if = "Option::is_none")]
    pub(super) sort: Option<HearingSort>,
}

impl Asked {
    /// All hearings, those that have ended too.
    pub(super) fn everything() -> Asked {
        Asked { all: true, ..Asked::default() }
    }

    /// A page of it.
    pub(super) fn query(&self, PageQuery { limit, cursor }: PageQuery) -> HearingQuery {
        HearingQuery {
            status: self.statuses(),
            role: self.roles(),
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
            sort: self.sort,
            limit,
            cursor,
            ..HearingQuery::default()
        }
    }

    pub(super) fn sort(&self) -> HearingSort {
        self.sort.unwrap_or(HearingSort::Deadline)
    }

    fn roles(&self) -> Vec<HearingRole> {
        self.role.map_or_else(|| WORK.to_vec(), |role| vec![role])
    }

    fn statuses(&self) -> Vec<HearingStatus> {
        match self.status {
            Some(status) => vec![status],
            None if self.all => Vec::new(),
            None => IN_PROGRESS.to_vec(),
        }
    }

    pub(super) fn choose_status(&mut self, choice: &str) {
        self.status = choice.parse().ok();
        self.all = choice == ALL;
    }

    pub(super) fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || self.status.is_some() || self.role.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_is_shown_only_when_it_is_asked_for() {
        let mut query = Asked::default();
        assert_eq!(query.statuses(), IN_PROGRESS);
        query.choose_status(ALL);
        assert!(query.statuses().is_empty());
        query.choose_status("concluded");
        assert_eq!(query.statuses(), [HearingStatus::Concluded]);
        assert_eq!(serde_html_form::to_string(&query).unwrap(), "status=concluded");
    }
}
