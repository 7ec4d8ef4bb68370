//! What time it is: the one place that asks. Rules get `now` as an argument.

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    #[cfg(feature = "testing")]
    offset: std::sync::Arc<parking_lot::Mutex<chrono::TimeDelta>>,
}

impl Clock {
    /// Now, to the microsecond that PostgreSQL keeps, so that what is written and what is read back are equal.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = Self::real_now();
        #[cfg(feature = "testing")]
        let now = now + *self.offset.lock();
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
        let now = self.now();
        *self.offset.lock() += instant - now;
    }
}
