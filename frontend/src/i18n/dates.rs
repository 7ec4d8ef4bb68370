//! Dates and times as people write them, on Copenhagen's calendar.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use openapi::{
    danish,
    time::{ZONE, day_of},
};

use super::Language;

const DANISH_DAYS: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ENGLISH_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Writes dates and times in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    language: Language,
}

impl Dates {
    /// Dates in this language.
    pub fn new(language: Language) -> Dates {
        Dates { language }
    }

    /// "fredag den 4. december 2026", "Friday 4 December 2026".
    pub fn long_day(self, day: NaiveDate) -> String {
        let date = self.day(day);
        match self.language {
            Language::Da => format!("{} den {date}", self.weekday(day)),
            Language::En => format!("{} {date}", self.weekday(day)),
        }
    }

    /// "4. december 2026", "4 December 2026".
    pub fn day(self, day: NaiveDate) -> String {
        match self.language {
            Language::Da => danish::day(day),
            Language::En => format!("{} {} {}", day.day(), english_month(day), day.year()),
        }
    }

    /// "fredag den 4. december 2026 kl. 10.32", "Friday 4 December 2026 at 10:32".
    pub fn long_instant(self, instant: DateTime<Utc>) -> String {
        let day = self.long_day(day_of(instant));
        format!("{day} {}", self.at(instant))
    }

    /// "4. december 2026 kl. 10.32", "4 December 2026 at 10:32".
    pub fn instant(self, instant: DateTime<Utc>) -> String {
        let day = self.day(day_of(instant));
        format!("{day} {}", self.at(instant))
    }

    /// The last minute of a deadline's day: "fredag den 4. december 2026 kl. 23.59".
    pub fn deadline(self, day: NaiveDate) -> String {
        let date = self.long_day(day);
        match self.language {
            Language::Da => format!("{date} kl. 23.59"),
            Language::En => format!("{date} at 23:59"),
        }
    }

    /// "kl. 10.32", "at 10:32".
    pub fn at(self, instant: DateTime<Utc>) -> String {
        match self.language {
            Language::Da => format!("kl. {}", self.clock(instant)),
            Language::En => format!("at {}", self.clock(instant)),
        }
    }

    /// "10.32", "10:32".
    pub fn clock(self, instant: DateTime<Utc>) -> String {
        let local = instant.with_timezone(&ZONE);
        match self.language {
            Language::Da => danish::clock(instant),
            Language::En => format!("{}:{:02}", local.hour(), local.minute()),
        }
    }

    fn weekday(self, day: NaiveDate) -> &'static str {
        let names = match self.language {
            Language::Da => &DANISH_DAYS,
            Language::En => &ENGLISH_DAYS,
        };
        names.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default()
    }
}

fn english_month(day: NaiveDate) -> &'static str {
    ENGLISH_MONTHS.get(day.month0() as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn danish_dates_are_written_out() {
        let dates = Dates::new(Language::Da);
        assert_eq!(dates.deadline(day("2026-12-04")), "fredag den 4. december 2026 kl. 23.59");
        assert_eq!(dates.day(day("2026-02-01")), "1. februar 2026");
        assert_eq!(dates.clock(instant("2026-12-04T08:05:00Z")), "9.05");
        assert_eq!(dates.long_instant(instant("2026-11-23T09:32:00Z")), "mandag den 23. november 2026 kl. 10.32");
    }

    #[test]
    fn english_dates_are_written_out() {
        let dates = Dates::new(Language::En);
        assert_eq!(dates.deadline(day("2026-12-04")), "Friday 4 December 2026 at 23:59");
        assert_eq!(dates.instant(instant("2026-07-01T08:05:00Z")), "1 July 2026 at 10:05");
    }

    #[test]
    fn the_far_ends_of_the_calendar_do_not_fail() {
        let dates = Dates::new(Language::Da);
        assert_eq!(dates.day(day("0000-01-01")), "1. januar 0");
        assert_eq!(dates.day(day("9999-12-31")), "31. december 9999");
    }
}
