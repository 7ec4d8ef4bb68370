//! Jobs as they lie in the database.

use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use openapi::{
    ids::JobId,
    jobs::{Job, JobState},
};

use crate::{db::schema::job, http::AtVersion};

/// A job.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = job, check_for_backend(diesel::pg::Pg))]
pub(super) struct JobRow {
    pub(super) id: JobId,
    pub(super) version: i64,
    pub(super) kind: String,
    pub(super) attempts: i32,
    pub(super) created_at: DateTime<Utc>,
    pub(super) run_at: DateTime<Utc>,
    pub(super) died_at: Option<DateTime<Utc>>,
    pub(super) last_error: Option<String>,
}

impl AtVersion for JobRow {
    fn version(&self) -> i64 {
        self.version
    }
}

impl JobRow {
    pub(super) fn into_wire(self) -> Job {
        Job {
            id: self.id,
            version: self.version,
            kind: self.kind,
            state: if self.died_at.is_some() { JobState::Dead } else { JobState::Waiting },
            attempts: self.attempts,
            created_at: self.created_at,
            run_at: self.run_at,
            last_error: self.last_error,
        }
    }
}
