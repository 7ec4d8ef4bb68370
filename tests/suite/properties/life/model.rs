//! The life cycle in the product description's words, with its own reckoning of days: what can happen, and what is then
//! true.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use openapi::{
    audit::AuditAction,
    hearings::{HearingStatus, PublishStart},
    problem::ProblemCode,
};
use proptest::{collection::vec, option, prelude::*};

/// What happens next.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Time passes.
    Until(Moment),
    /// The owner writes down when it begins and ends: so many days from today, or not yet known.
    Dates(Option<i64>, Option<i64>),
    Publish(PublishStart),
    Conclude,
    Delete,
    /// Somebody who has not answered yet begins an answer.
    Begin,
    /// Whoever began last sends.
    Send,
    /// The job runners have their turn, two at once.
    Jobs,
}

/// When the next step is taken; never before the one before it.
#[derive(Debug, Clone)]
pub(super) enum Moment {
    /// So many microseconds from the start.
    Start(i64),
    /// So many microseconds from the deadline.
    Deadline(i64),
    /// So many microseconds from the midnight after so many days, in Copenhagen.
    Midnight(u64, i64),
    /// So many hours later.
    Hours(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let microseconds = || -1..=1_i64;
    let moment = prop_oneof![
        1 => microseconds().prop_map(Moment::Start),
        2 => microseconds().prop_map(Moment::Deadline),
        1 => (1..9_u64, microseconds()).prop_map(|(days, microseconds)| Moment::Midnight(days, microseconds)),
        1 => (1..60_i64).prop_map(Moment::Hours),
    ];
    prop_oneof![
        5 => moment.prop_map(Step::Until),
        3 => (option::weighted(0.8, -1..9_i64), option::weighted(0.9, 0..12_i64))
            .prop_map(|(start, deadline)| Step::Dates(start, deadline)),
        2 => Just(Step::Publish(PublishStart::Now)),
        3 => Just(Step::Publish(PublishStart::OnStartDate)),
        1 => Just(Step::Conclude),
        1 => Just(Step::Delete),
        2 => Just(Step::Begin),
        2 => Just(Step::Send),
        1 => Just(Step::Jobs),
    ]
}

/// Three lives in four are published at once: what can happen to a draft is soon tried.
pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let dates = (0..4_i64, 4..9_i64).prop_map(|(start, deadline)| Step::Dates(Some(start), Some(deadline)));
    let publish = prop_oneof![Just(PublishStart::Now), Just(PublishStart::OnStartDate)].prop_map(Step::Publish);
    let beginning = option::weighted(0.75, (dates, publish).prop_map(<[Step; 2]>::from));
    let all = (beginning, vec(step(), 4..14));
    all.prop_map(|(beginning, steps)| beginning.into_iter().flatten().chain(steps).collect())
}

/// Days on which hearings begin in these cases: shortly before both clock changes, before a leap day, before a new year,
/// and on a day like any other.
pub(super) const BEGINNINGS: [&str; 5] = [
    "2026-03-24T08:00:00Z",
    "2026-10-20T21:59:59.999999Z",
    "2028-02-24T23:30:00Z",
    "2026-12-27T12:00:00Z",
    "2026-06-01T22:00:00Z",
];

/// The first instant of a day in Copenhagen, by the European rule: summer time lasts from the last Sunday of March to
/// the last Sunday of October, and the clocks change after midnight.
pub(super) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let last_sunday = |month| {
        let last = NaiveDate::from_ymd_opt(day.year(), month, 31).unwrap();
        last.iter_days().rev().find(|day| day.weekday() == Weekday::Sun).unwrap()
    };
    let is_summer = last_sunday(3) < day && day <= last_sunday(10);
    day.and_hms_opt(0, 0, 0).unwrap().and_utc() - TimeDelta::hours(if is_summer { 2 } else { 1 })
}

pub(super) fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    let day = instant.date_naive();
    let next = day + Days::new(1);
    if midnight(next) <= instant { next } else { day }
}

/// What is true of the hearing.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) now: DateTime<Utc>,
    pub(super) start_on: Option<NaiveDate>,
    pub(super) deadline_on: Option<NaiveDate>,
    /// Start and deadline, once published.
    pub(super) published: Option<(DateTime<Utc>, DateTime<Utc>)>,
    pub(super) concluded: bool,
    pub(super) sent: i64,
}

pub(super) type Outcome = Result<(), ProblemCode>;

impl Model {
    pub(super) fn status(&self) -> HearingStatus {
        match self.published {
            None => HearingStatus::Draft,
            Some(_) if self.concluded => HearingStatus::Concluded,
            Some((start, _)) if self.now < start => HearingStatus::Scheduled,
            Some((_, deadline)) if self.now < deadline => HearingStatus::Open,
            Some(_) => HearingStatus::Processing,
        }
    }

    pub(super) fn moment(&self, moment: &Moment) -> DateTime<Utc> {
        let microseconds = TimeDelta::microseconds;
        let target = match *moment {
            Moment::Start(offset) => self.published.map(|(start, _)| start + microseconds(offset)),
            Moment::Deadline(offset) => self.published.map(|(_, deadline)| deadline + microseconds(offset)),
            Moment::Midnight(days, offset) => Some(midnight(day_of(self.now) + Days::new(days)) + microseconds(offset)),
            Moment::Hours(hours) => Some(self.now + TimeDelta::hours(hours)),
        };
        target.unwrap_or(self.now).max(self.now)
    }

    /// Whether these days can be published at this moment; a start that does not matter is left out.
    pub(super) fn fits(&self, start: Option<NaiveDate>, deadline: Option<NaiveDate>) -> bool {
        let Some(deadline) = deadline else { return false };
        let is_ahead = midnight(deadline + Days::new(1)) > self.now;
        is_ahead && start.is_none_or(|start| day_of(self.now) <= start && start <= deadline)
    }

    pub(super) fn dates(&mut self, start: Option<NaiveDate>, deadline: Option<NaiveDate>) -> Outcome {
        let changes = (self.start_on, self.deadline_on) != (start, deadline);
        match self.status() {
            HearingStatus::Draft => {}
            HearingStatus::Scheduled if !changes => {}
            HearingStatus::Scheduled if start.is_some() && self.fits(start, deadline) => {
                // On the start date itself it starts at once, never in the past.
                let begins = start.map_or(self.now, |start| midnight(start).max(self.now));
                self.published = deadline.map(|deadline| (begins, midnight(deadline + Days::new(1))));
            }
            HearingStatus::Scheduled => return Err(ProblemCode::HearingIncomplete),
            _ => return Err(ProblemCode::HearingWrongStatus),
        }
        (self.start_on, self.deadline_on) = (start, deadline);
        Ok(())
    }

    pub(super) fn publish(&mut self, start: PublishStart) -> Outcome {
        if self.status() != HearingStatus::Draft {
            return Err(ProblemCode::HearingWrongStatus);
        }
        let start_on = match start {
            PublishStart::Now => day_of(self.now),
            PublishStart::OnStartDate => self.start_on.ok_or(ProblemCode::HearingIncomplete)?,
        };
        let asked = (start == PublishStart::OnStartDate).then_some(start_on);
        let deadline_on = self.deadline_on.filter(|_| self.fits(asked, self.deadline_on));
        let deadline_on = deadline_on.ok_or(ProblemCode::HearingIncomplete)?;
        let begins = if asked.is_some() { midnight(start_on).max(self.now) } else { self.now };
        self.published = Some((begins, midnight(deadline_on + Days::new(1))));
        self.start_on = Some(start_on);
        Ok(())
    }

    pub(super) fn conclude(&mut self) -> Outcome {
        if self.status() != HearingStatus::Processing {
            return Err(ProblemCode::HearingWrongStatus);
        }
        self.concluded = true;
        Ok(())
    }

    /// Whether somebody without a role may answer. What has not begun does not exist for him.
    pub(super) fn takes_answers(&self) -> Outcome {
        match self.status() {
            HearingStatus::Draft | HearingStatus::Scheduled => Err(ProblemCode::NotFound),
            HearingStatus::Open => Ok(()),
            _ => Err(ProblemCode::DeadlinePassed),
        }
    }

    /// The boundaries that lie behind it, and when they were.
    pub(super) fn boundaries(&self) -> BTreeSet<(DateTime<Utc>, &'static str)> {
        let (start, deadline) = match self.published {
            Some((start, deadline)) => (Some(start), Some(deadline)),
            None => (None, None),
        };
        let opened = start.map(|start| (start, AuditAction::HearingOpened.as_str()));
        let passed = deadline.map(|deadline| (deadline, AuditAction::HearingDeadlinePassed.as_str()));
        [opened, passed].into_iter().flatten().filter(|(instant, _)| *instant <= self.now).collect()
    }
}
