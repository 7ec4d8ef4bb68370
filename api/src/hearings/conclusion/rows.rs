//! A conclusion's draft as it lies in the database.

use chrono::{DateTime, Utc};
use diesel::{Insertable, Queryable, Selectable};
use openapi::{
    hearings::{ConclusionDraft, ConclusionVersion},
    ids::{AccountId, HearingId},
};

use crate::{
    db::schema::{conclusion_draft, conclusion_version},
    http::AtVersion,
};

/// The version of the draft that nobody has written in yet: there is no row for it.
pub(super) const EMPTY: i64 = 1;

/// What was saved last.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = conclusion_draft, check_for_backend(diesel::pg::Pg))]
pub(super) struct SavedRow {
    pub(super) hearing_id: HearingId,
    pub(super) version: i64,
    pub(super) text: String,
    pub(super) updated_by: AccountId,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) sitting_since: DateTime<Utc>,
}

impl SavedRow {
    /// As the contract shows it. `name`: the name of who saved it.
    pub(super) fn into_wire(self, name: Option<String>) -> ConclusionDraft {
        ConclusionDraft { version: self.version, text: self.text, updated_at: Some(self.updated_at), updated_by: name }
    }
}

/// What the draft said before.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = conclusion_version, check_for_backend(diesel::pg::Pg))]
pub(super) struct VersionRow {
    pub(super) hearing_id: HearingId,
    pub(super) version: i64,
    pub(super) text: String,
    pub(super) saved_by: AccountId,
    pub(super) saved_at: DateTime<Utc>,
    pub(super) replaced_at: DateTime<Utc>,
}

impl VersionRow {
    /// As the contract shows it. `name`: the name of who saved it.
    pub(super) fn into_wire(self, name: Option<String>) -> ConclusionVersion {
        let VersionRow { version, text, saved_at, replaced_at, .. } = self;
        ConclusionVersion { version, text, saved_at, saved_by: name, replaced_at }
    }
}

/// The draft: what was saved last, or nothing yet.
#[derive(Debug)]
pub(super) struct DraftState(pub(super) Option<SavedRow>);

impl DraftState {
    /// Whether nothing was ever saved.
    pub(super) fn is_unbegun(&self) -> bool {
        self.0.is_none()
    }
}

impl AtVersion for DraftState {
    fn version(&self) -> i64 {
        self.0.as_ref().map_or(EMPTY, |saved| saved.version)
    }
}

/// The draft of which nothing is written.
pub(super) fn empty() -> ConclusionDraft {
    ConclusionDraft { version: EMPTY, text: String::new(), updated_at: None, updated_by: None }
}
