//! Which jobs there are, by their names in the queue.

use std::{collections::HashMap, time::Duration};

use futures::{
    FutureExt,
    future::{BoxFuture, LocalBoxFuture},
};
use serde_json::Value;

use crate::{
    attachments,
    db::Connection,
    hearings,
    jobs::{Job, JobError, Lane, Turn, lease::Kinds},
    responses,
};

/// A job of any type.
pub(super) trait AnyJob: Send + Sync {
    fn timeout(&self) -> Duration;
    fn perform<'a>(&'a self, turn: &'a Turn<'a>) -> LocalBoxFuture<'a, Result<(), JobError>>;
    fn finish<'a>(&'a self, conn: &'a mut Connection) -> BoxFuture<'a, Result<(), JobError>>;
}

impl<J: Job> AnyJob for J {
    fn timeout(&self) -> Duration {
        J::TIMEOUT
    }

    fn perform<'a>(&'a self, turn: &'a Turn<'a>) -> LocalBoxFuture<'a, Result<(), JobError>> {
        Job::perform(self, turn).boxed_local()
    }

    fn finish<'a>(&'a self, conn: &'a mut Connection) -> BoxFuture<'a, Result<(), JobError>> {
        Job::finish(self, conn).boxed()
    }
}

struct Kind {
    lane: Lane,
    read: fn(Value) -> serde_json::Result<Box<dyn AnyJob>>,
}

/// The kinds of jobs that this version knows.
pub(super) struct Registry(HashMap<&'static str, Kind>);

impl Registry {
    /// Those of all domains.
    pub(super) fn of_all_domains() -> Self {
        Self(HashMap::new())
            .with::<responses::jobs::MailReceipt>()
            .with::<hearings::jobs::Opened>()
            .with::<hearings::jobs::DeadlinePassed>()
            .with::<hearings::jobs::MakeImageSizes>()
            .with::<attachments::afterwards::MakeReady>()
            .with::<attachments::jobs::RemoveContent>()
    }

    fn with<J: Job>(mut self) -> Self {
        let read = |payload| Ok(Box::new(serde_json::from_value::<J>(payload)?) as Box<dyn AnyJob>);
        self.0.insert(J::NAME, Kind { lane: J::LANE, read });
        self
    }

    /// The job that lies in the queue under this name.
    pub(super) fn read(&self, name: &str, payload: Value) -> Result<Box<dyn AnyJob>, JobError> {
        let kind = self.0.get(name).ok_or_else(|| JobError::Failed("this version knows no such job", name.into()))?;
        (kind.read)(payload).map_err(JobError::because("this version cannot read the job"))
    }

    /// Which jobs go by a lane. What this version does not know goes by the database's, where it fails and is told.
    pub(super) fn kinds_in(&self, lane: Lane) -> Kinds {
        let of = self.0.iter().filter(|(_, kind)| kind.lane == lane).map(|(name, _)| *name).collect();
        Kinds { of, none_of: (lane == Lane::Database).then(|| self.0.keys().copied().collect()) }
    }
}
