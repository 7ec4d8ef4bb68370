//! Whether this process does jobs, and whether it still does.

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;

/// How long the runner may say nothing: several times what one job may take.
const SILENT_AT_MOST: TimeDelta = TimeDelta::minutes(2);

/// The runner's sign of life.
#[derive(Debug)]
pub struct Heartbeat {
    heard: Option<Mutex<DateTime<Utc>>>,
}

impl Heartbeat {
    /// Of a process that does jobs from now on, or of one that leaves them to others.
    #[must_use]
    pub fn new(does_jobs: bool, now: DateTime<Utc>) -> Self {
        Self { heard: does_jobs.then(|| Mutex::new(now)) }
    }

    /// The runner is at work.
    pub(super) fn beat(&self, now: DateTime<Utc>) {
        if let Some(heard) = &self.heard {
            *heard.lock() = now;
        }
    }

    /// Whether this process does jobs at all.
    #[must_use]
    pub fn does_jobs(&self) -> bool {
        self.heard.is_some()
    }

    /// Whether the jobs are looked after, here or elsewhere.
    #[must_use]
    pub fn is_well(&self, now: DateTime<Utc>) -> bool {
        self.heard.as_ref().is_none_or(|heard| now - *heard.lock() < SILENT_AT_MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_that_falls_silent_is_not_well() {
        let start: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        let (later, heartbeat) = (start + TimeDelta::minutes(3), Heartbeat::new(true, start));
        assert!(heartbeat.is_well(start) && !heartbeat.is_well(later));
        heartbeat.beat(later);
        assert!(heartbeat.is_well(later));
        assert!(Heartbeat::new(false, start).is_well(later), "others do the jobs");
    }
}
