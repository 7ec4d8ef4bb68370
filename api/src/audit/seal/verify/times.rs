//! Comparing the three times of an entry: when it happened, by the service's clock; when it was recorded and when it was
//! sealed, both by the database's.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::data_types::PgTimestamp;
use openapi::audit::AuditAction;

use super::{Finding, Report, Request};
use crate::audit::seal::{
    canonical::LoggedEntry,
    rows::{Seal, instant},
};

/// How long an entry may wait for its seal: seconds are usual, and a transaction can stay open for a minute.
const SEALED_WITHIN: TimeDelta = TimeDelta::minutes(5);

/// How far the database's clock may be set back between an entry and its seal.
const SET_BACK: TimeDelta = TimeDelta::minutes(1);

/// How far the time of what an actor did may lie before a seal of format 1 that was made when nothing waited. Those
/// entries do not tell when they were recorded.
const LATE: TimeDelta = TimeDelta::hours(1);

/// A time in which nothing was sealed, as the operator knows it: from, to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standstill {
    /// When the last seal before it was made, or earlier.
    pub from: DateTime<Utc>,
    /// When all was sealed again, or later.
    pub to: DateTime<Utc>,
}

/// Compares the times of an entry with each other. `caught_up`: when the last seal was made at which nothing else waited;
/// before there is one, a log may hold a history that was brought along.
pub(super) fn check(
    seal: &Seal,
    entry: &LoggedEntry,
    caught_up: Option<PgTimestamp>,
    request: &Request,
    report: &mut Report,
) {
    let (position, id, said) = (seal.position, entry.id, instant(entry.occurred_at));
    if seal.format < 2 {
        if let Some(sealed) = caught_up.map(instant)
            && entry.actor_id.is_some()
            && before(said, sealed, LATE)
        {
            report.findings.add(Finding::Late { position, entry: id, said, sealed });
        }
        return;
    }
    let Some(recorded) = entry.recorded_at.filter(|_| entry.transaction_id.is_some()).map(instant) else {
        report.findings.add(Finding::Unrecorded { position, entry: id });
        return;
    };
    let sealed = instant(seal.sealed_at);
    let waited = caught_up.is_some() && before(recorded, sealed, SEALED_WITHIN);
    let known = |standstill: &Standstill| standstill.from <= recorded && sealed <= standstill.to;
    if (waited && !request.standstills.iter().any(known)) || before(sealed, recorded, SET_BACK) {
        report.findings.add(Finding::SealedLate { position, entry: id, recorded, sealed });
    }
    let apart = before(said, recorded, request.apart) || before(recorded, said, request.apart);
    if caught_up.is_some() && apart && !tells_of_a_boundary(entry) {
        report.findings.add(Finding::Backdated { position, entry: id, said, recorded });
    }
}

/// Whether an instant lies before another by more than so much.
fn before(earlier: DateTime<Utc>, later: DateTime<Utc>, more_than: TimeDelta) -> bool {
    later.signed_duration_since(earlier) > more_than
}

/// What the service notices by itself, however late: it carries the time of the boundary.
fn tells_of_a_boundary(entry: &LoggedEntry) -> bool {
    let boundaries = [AuditAction::HearingOpened, AuditAction::HearingDeadlinePassed];
    entry.actor_id.is_none() && boundaries.iter().any(|action| action.as_str() == entry.action)
}
