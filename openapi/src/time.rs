//! Municipal days: what a date that people set means as an instant. The one place that knows the time zone.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{Europe::Copenhagen, Tz};

/// The time zone of Danish municipalities.
pub const ZONE: Tz = Copenhagen;

/// The first instant of a day in Copenhagen.
///
/// Denmark changes its clocks at two and three in the night, so midnight always exists once; should a law ever move
/// that, the earlier of two midnights and the first instant after a missing one are taken.
#[must_use]
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    match ZONE.from_local_datetime(&midnight) {
        chrono::LocalResult::Single(instant) | chrono::LocalResult::Ambiguous(instant, _) => instant.to_utc(),
        chrono::LocalResult::None => (midnight - chrono::TimeDelta::hours(1)).and_utc(),
    }
}

/// The instant a deadline on this day passes: the end of the day in Copenhagen, which is the next day's first instant.
#[must_use]
pub fn deadline(day: NaiveDate) -> DateTime<Utc> {
    start_of_day(day.checked_add_days(Days::new(1)).unwrap_or(day))
}

/// The day it is in Copenhagen at an instant.
#[must_use]
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&ZONE).date_naive()
}

/// Whole days left to a deadline's day, counted as people do: 0 on the day itself; negative afterwards.
#[must_use]
pub fn days_left(deadline_on: NaiveDate, now: DateTime<Utc>) -> i64 {
    i64::from(deadline_on.num_days_from_ce()) - i64::from(day_of(now).num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_deadline_is_the_end_of_its_day_in_summer_and_winter_time() {
        assert_eq!(deadline(day("2026-07-01")), instant("2026-07-01T22:00:00Z"));
        assert_eq!(deadline(day("2026-12-04")), instant("2026-12-04T23:00:00Z"));
    }

    #[test]
    fn the_days_the_clocks_change_have_23_and_25_hours() {
        let hours = |text| (deadline(day(text)) - start_of_day(day(text))).num_hours();
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
        assert_eq!(hours("2028-02-29"), 24);
    }

    proptest! {
        #[test]
        fn every_day_ends_where_the_next_begins_and_holds_its_own_instants(offset in 0u64..36_500) {
            let day = day("2000-01-01") + Days::new(offset);
            prop_assert_eq!(deadline(day), start_of_day(day + Days::new(1)));
            prop_assert_eq!(day_of(start_of_day(day)), day);
            prop_assert_eq!(day_of(deadline(day) - chrono::TimeDelta::microseconds(1)), day);
        }
    }
}
