//! Whether this process does jobs, and whether it still does.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;

/// How long a part of the worker may say nothing: many times what it takes between two signs of life.
const SILENT_AT_MOST: TimeDelta = TimeDelta::minutes(2);

/// The worker's signs of life, one for each of its parts.
#[derive(Debug)]
pub struct Heartbeat {
    begun: DateTime<Utc>,
    heard: Option<Mutex<BTreeMap<&'static str, DateTime<Utc>>>>,
}

impl Heartbeat {
    /// Of a process that does jobs from now on, or of one that leaves them to others.
    #[must_use]
    pub fn new(does_jobs: bool, now: DateTime<Utc>) -> Self {
        Self { begun: now, heard: does_jobs.then(Mutex::default) }
    }

    /// A part of the worker goes on.
    pub fn beat(&self, part: &'static str, now: DateTime<Utc>) {
        if let Some(heard) = &self.heard {
            heard.lock().insert(part, now);
        }
    }

    /// Whether this process does jobs at all.
    #[must_use]
    pub fn does_jobs(&self) -> bool {
        self.heard.is_some()
    }

    /// Whether the jobs are looked after, here or elsewhere: each part has been heard of lately.
    #[must_use]
    pub fn is_well(&self, now: DateTime<Utc>) -> bool {
        self.heard.as_ref().is_none_or(|heard| {
            let oldest = heard.lock().values().min().copied().unwrap_or(self.begun);
            now - oldest < SILENT_AT_MOST
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_of_which_a_part_falls_silent_is_not_well() {
        let start: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        let (later, heartbeat) = (start + TimeDelta::minutes(3), Heartbeat::new(true, start));
        assert!(heartbeat.is_well(start) && !heartbeat.is_well(later));
        heartbeat.beat("mail", start);
        heartbeat.beat("files", later);
        assert!(!heartbeat.is_well(later), "mail is silent");
        heartbeat.beat("mail", later);
        assert!(heartbeat.is_well(later));
        assert!(Heartbeat::new(false, start).is_well(later), "others do the jobs");
    }
}
