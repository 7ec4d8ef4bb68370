//! What time it is: the one place that asks. Rules get `now` as an argument.

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    #[cfg(feature = "testing")]
    hands: std::sync::Arc<parking_lot::Mutex<ClockHands>>,
}

/// How a clock that was set differs from the machine's.
#[cfg(feature = "testing")]
#[derive(Debug, Clone, Copy)]
enum ClockHands {
    Ahead(chrono::TimeDelta),
    Still(DateTime<Utc>),
}

#[cfg(feature = "testing")]
impl Default for ClockHands {
    fn default() -> Self {
        Self::Ahead(chrono::TimeDelta::zero())
    }
}

impl Clock {
    /// Now, to the microsecond that PostgreSQL keeps, so that what is written and what is read back are equal.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = Self::real_now();
        #[cfg(feature = "testing")]
        let now = match *self.hands.lock() {
            ClockHands::Ahead(offset) => now + offset,
            ClockHands::Still(instant) => instant,
        };
        now.trunc_subsecs(6)
    }

    /// Now by the machine's clock, for comparing it with the database's.
    #[must_use]
    pub fn real_now() -> DateTime<Utc> {
        Utc::now()
    }

    /// Moves this clock, and every clone of it, so that it is `instant` now; it goes on from there.
    #[cfg(feature = "testing")]
    pub fn set(&self, instant: DateTime<Utc>) {
        *self.hands.lock() = ClockHands::Ahead(instant - Self::real_now());
    }

    /// Stops this clock, and every clone of it, at `instant`.
    #[cfg(feature = "testing")]
    pub fn stop_at(&self, instant: DateTime<Utc>) {
        *self.hands.lock() = ClockHands::Still(instant);
    }
}
