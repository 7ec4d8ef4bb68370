//! Municipal days: what a date that people set means as an instant. The one place that knows the time zone.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{Europe::Copenhagen, Tz};
use serde::{Deserialize, Deserializer, de};

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

/// Reads a day in its one form, `YYYY-MM-DD`. Chrono would take `2027-3-28` and `+2027-03-28` too.
#[must_use]
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let is_formed = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    text.parse().ok().filter(|_| is_formed)
}

/// A day in a request.
#[derive(Deserialize)]
#[serde(transparent)]
struct Day(#[serde(deserialize_with = "deserialize_day")] NaiveDate);

fn deserialize_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_day(&text).ok_or_else(|| de::Error::custom("is no day as YYYY-MM-DD"))
}

/// For a day that may be absent, in the one form of [`parse_day`].
///
/// # Errors
/// When it is no day in that form.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    Ok(Option::deserialize(deserializer)?.map(|Day(day)| day))
}

/// For a day in a patch, which `null` clears, in the one form of [`parse_day`].
///
/// # Errors
/// When it is no day in that form.
pub fn clearable_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<NaiveDate>>, D::Error> {
    day(deserializer).map(Some)
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
    fn a_day_has_one_form() {
        assert_eq!(parse_day("2027-03-28"), Some(day("2027-03-28")));
        for other in [
            "2027-3-28",
            "+2027-03-28",
            "2027-03-28 ",
            " 2027-03-28",
            "02027-03-2",
            "2027/03/28",
            "2027-02-30",
            "",
            "20270-3-28",
        ] {
            assert_eq!(parse_day(other), None, "{other}");
        }
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
