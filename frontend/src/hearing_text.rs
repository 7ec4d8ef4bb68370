//! What a hearing's dates and status mean in words: the same in lists, on its page and in the workspace.

use chrono::{DateTime, NaiveDate, Utc};
use openapi::{
    hearings::{Audience, Hearing, HearingStatus},
    time::days_left,
};
use yew::AttrValue;

use crate::{
    i18n::{I18n, key},
    t,
};

/// A status in a word or two: "åben for svar".
pub fn status(status: HearingStatus) -> &'static str {
    match status {
        HearingStatus::Draft => key("status-draft"),
        HearingStatus::Scheduled => key("status-scheduled"),
        HearingStatus::Open => key("status-open"),
        HearingStatus::Processing => key("status-processing"),
        HearingStatus::Concluded => key("status-concluded"),
        HearingStatus::Cancelled => key("status-cancelled"),
        HearingStatus::Unknown => key("unknown-value"),
    }
}

/// An audience as a kind of hearing to look for.
pub fn kind(audience: Audience) -> &'static str {
    match audience {
        Audience::Internal => key("filter-audience-internal"),
        Audience::Public => key("filter-audience-public"),
        Audience::Unknown => key("unknown-value"),
    }
}

/// Who sees a hearing when it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Those invited.
    Invited,
    /// The municipality's employees.
    Employees,
    /// Everybody.
    Everybody,
}

impl Readers {
    /// Who sees this one. An audience that is unknown here counts as everybody, so that nobody is told of too few.
    pub fn of(hearing: &Hearing) -> Readers {
        match (hearing.invitation_only, hearing.audience) {
            (true, _) => Readers::Invited,
            (false, Audience::Internal) => Readers::Employees,
            (false, Audience::Public | Audience::Unknown) => Readers::Everybody,
        }
    }
}

/// How long an open hearing still takes answers: "11 dage tilbage", "i morgen er sidste dag", "sidste dag i dag".
pub fn time_left(deadline_on: NaiveDate, now: DateTime<Utc>, i18n: &I18n) -> AttrValue {
    match days_left(deadline_on, now) {
        ..0 => t!(i18n, "left-none"),
        0 => t!(i18n, "left-today"),
        1 => t!(i18n, "left-tomorrow"),
        days => t!(i18n, "left-days", days = days),
    }
}

/// What matters about a hearing's dates where it is in its life: "Frist fredag den 4. december 2026 kl. 23.59".
pub fn when(
    status: HearingStatus,
    starts_on: Option<NaiveDate>,
    deadline_on: Option<NaiveDate>,
    i18n: &I18n,
) -> Option<AttrValue> {
    let dates = i18n.dates();
    match status {
        HearingStatus::Scheduled => {
            let date = dates.long_day(starts_on?);
            Some(t!(i18n, "when-opens", date = date))
        }
        HearingStatus::Open => {
            let date = dates.deadline(deadline_on?);
            Some(t!(i18n, "when-deadline", date = date))
        }
        HearingStatus::Draft => {
            let date = dates.day(deadline_on?);
            Some(t!(i18n, "when-deadline-planned", date = date))
        }
        HearingStatus::Processing | HearingStatus::Concluded | HearingStatus::Cancelled => {
            let date = dates.day(deadline_on?);
            Some(t!(i18n, "when-deadline-was", date = date))
        }
        HearingStatus::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use yew::Callback;

    use super::*;
    use crate::i18n::{Language, PORTAL};

    fn danish() -> I18n {
        I18n::new(Language::Da, PORTAL, Callback::noop())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_time_left_is_said_as_people_say_it() {
        let left = |now: &str| time_left(day("2026-12-04"), now.parse().unwrap(), &danish());
        assert_eq!(left("2026-11-23T09:00:00Z"), "11 dage tilbage");
        assert_eq!(left("2026-12-03T09:00:00Z"), "Sidste dag er i morgen");
        assert_eq!(left("2026-12-04T22:59:00Z"), "Sidste dag er i dag");
        assert_eq!(left("2026-12-04T23:00:00Z"), "Fristen er udløbet");
    }

    #[test]
    fn each_status_says_the_date_that_matters() {
        let said = |status| when(status, Some(day("2026-11-25")), Some(day("2026-12-04")), &danish());
        assert_eq!(said(HearingStatus::Open).unwrap(), "Frist fredag den 4. december 2026 kl. 23.59");
        assert_eq!(said(HearingStatus::Scheduled).unwrap(), "Åbner onsdag den 25. november 2026");
        assert_eq!(when(HearingStatus::Open, None, None, &danish()), None);
    }
}
