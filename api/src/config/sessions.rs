//! How long a login lasts.

use chrono::{DateTime, TimeDelta, Utc};

/// How often the use of a session is written down. Oftener would make every read a write.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// How long logins last.
#[derive(Debug, Clone, Copy)]
pub struct SessionRules {
    idle: TimeDelta,
    whole: TimeDelta,
}

impl SessionRules {
    /// Ends after `idle_minutes` without use, and after `hours` in any case.
    #[must_use]
    pub fn new(idle_minutes: u16, hours: u16) -> Self {
        Self { idle: TimeDelta::minutes(idle_minutes.into()), whole: TimeDelta::hours(hours.into()) }
    }

    /// When a session ends if it is last used at `used_at`.
    #[must_use]
    pub fn expires_at(self, created_at: DateTime<Utc>, used_at: DateTime<Utc>) -> DateTime<Utc> {
        (used_at + self.idle).min(created_at + self.whole)
    }

    /// When a session that ends now by disuse was last used.
    #[must_use]
    pub fn used_last_when_ending(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - self.idle
    }

    /// When a session that ends now by age was begun.
    #[must_use]
    pub fn begun_when_ending(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - self.whole
    }

    /// Whether a use now is worth writing down.
    #[must_use]
    pub fn is_worth_noting(self, last_used_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now - last_used_at >= NOTED_EVERY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_disuse_and_by_age() {
        let rules = SessionRules::new(30, 10);
        let start: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        assert_eq!(rules.expires_at(start, start), start + TimeDelta::minutes(30));
        let late = start + TimeDelta::minutes(590);
        assert_eq!(rules.expires_at(start, late), start + TimeDelta::hours(10));
    }
}
