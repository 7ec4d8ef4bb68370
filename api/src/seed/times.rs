//! When made-up things happened, told from today.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use openapi::time;

use super::dice::Dice;

/// The day so many days from today; before today when negative.
pub(super) fn day(now: DateTime<Utc>, offset: i64) -> NaiveDate {
    let days = Days::new(offset.unsigned_abs());
    let today = time::day_of(now);
    let day = if offset < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) };
    day.unwrap_or(today)
}

/// A time of a day in the municipality's offices, or of the Friday before a weekend; never in the future.
pub(super) fn office_hours(day: NaiveDate, now: DateTime<Utc>, dice: &mut Dice) -> DateTime<Utc> {
    let days_of_weekend = u64::from(day.weekday().num_days_from_monday().saturating_sub(4));
    let day = day.checked_sub_days(Days::new(days_of_weekend)).unwrap_or(day);
    let minutes = i64::try_from(dice.below(8 * 60)).unwrap_or_default();
    (time::start_of_day(day) + TimeDelta::minutes(8 * 60 + minutes)).min(now)
}

/// So many moments from `start` to before `end`, in order: mostly by day, more and more towards the end, as people
/// answer.
pub(super) fn moments(count: usize, start: DateTime<Utc>, end: DateTime<Utc>, dice: &mut Dice) -> Vec<DateTime<Utc>> {
    let whole = (end - start).num_seconds().max(1);
    let mut moments: Vec<DateTime<Utc>> = (0..count)
        .map(|_| {
            let span = usize::try_from(whole).unwrap_or(1);
            let late = dice.below(span).max(dice.below(span));
            let moment = start + TimeDelta::seconds(i64::try_from(late).unwrap_or_default());
            let seconds = i64::try_from(dice.below(14 * 3600)).unwrap_or_default();
            let by_day = time::start_of_day(time::day_of(moment)) + TimeDelta::seconds(7 * 3600 + seconds);
            if (start..end).contains(&by_day) { by_day } else { moment }
        })
        .collect();
    moments.sort_unstable();
    moments
}
