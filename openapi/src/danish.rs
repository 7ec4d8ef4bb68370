//! Days and times as Danes write them: the app, the pages before it takes over, and documents write them alike.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use crate::time::{ZONE, day_of};

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// "4. december 2026"
#[must_use]
pub fn day(day: NaiveDate) -> String {
    let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{}. {month} {}", day.day(), day.year())
}

/// "9.05", by the clocks in Copenhagen.
#[must_use]
pub fn clock(instant: DateTime<Utc>) -> String {
    let local = instant.with_timezone(&ZONE);
    format!("{}.{:02}", local.hour(), local.minute())
}

/// "4. december 2026 kl. 9.05", by the clocks in Copenhagen.
#[must_use]
pub fn instant(instant: DateTime<Utc>) -> String {
    format!("{} kl. {}", day(day_of(instant)), clock(instant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_danish() {
        assert_eq!(day(NaiveDate::from_ymd_opt(2026, 12, 4).unwrap()), "4. december 2026");
    }

    #[test]
    fn times_are_copenhagens_in_summer_and_winter() {
        assert_eq!(instant("2026-07-01T22:05:00Z".parse().unwrap()), "2. juli 2026 kl. 0.05");
        assert_eq!(instant("2026-12-04T08:05:00Z".parse().unwrap()), "4. december 2026 kl. 9.05");
    }
}
