//! Which hearings somebody means: the filters of lists and of counts, as conditions.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, IntoSql, NullableExpressionMethods, QueryDsl,
    dsl::{not, sql},
    pg::Pg,
    sql_types::{Bool, Text, Timestamptz},
};
use openapi::{
    hearings::{Audience, FacetQuery, HearingQuery, HearingRole, HearingStatus},
    ids::AccountId,
};
use uuid::Uuid;

use crate::{
    db::schema::{hearing, hearing_role},
    hearings::{ReadHearings, visibility},
    identity::Require,
    responses,
};

/// Hearings that can be filtered further.
pub(super) type Query<'a> = hearing::BoxedQuery<'a, Pg>;

/// What the hearings have to be. Several values of one filter are alternatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Filters<'a> {
    pub(super) words: Option<&'a str>,
    pub(super) status: &'a [HearingStatus],
    pub(super) role: &'a [HearingRole],
    pub(super) audience: &'a [Audience],
    pub(super) awaiting_answer: Option<bool>,
    pub(super) answered: Option<bool>,
}

macro_rules! filters_from {
    ($($query:ty),+) => { $(
        impl<'a> From<&'a $query> for Filters<'a> {
            fn from(query: &'a $query) -> Self {
                Self {
                    words: query.q.as_deref().filter(|words| !words.trim().is_empty()),
                    status: &query.status,
                    role: &query.role,
                    audience: &query.audience,
                    awaiting_answer: query.awaiting_answer,
                    answered: query.answered,
                }
            }
        }
    )+ };
}

filters_from!(HearingQuery, FacetQuery);

impl<'a> Filters<'a> {
    /// Whether they are what most people ask for: everything, or one status.
    pub(super) fn are_common(self) -> bool {
        let is_unusual =
            self.status.len() > 1 || self.words.is_some() || !self.role.is_empty() || !self.audience.is_empty();
        !is_unusual && self.awaiting_answer.is_none() && self.answered.is_none()
    }

    /// The hearings that whoever asks sees and that pass.
    pub(super) fn hearings(self, asker: &Require<ReadHearings>) -> Query<'a> {
        let mut hearings = hearing::table.filter(visibility::visible_to(asker)).into_boxed();
        if let Some(words) = self.words {
            let found = sql::<Bool>("hearing.search @@ danish_query(").bind::<Text, _>(words).sql(")");
            hearings = hearings.filter(found);
        }
        if !self.status.is_empty() {
            hearings = hearings.filter(in_statuses(self.status, asker.now()));
        }
        if !self.audience.is_empty() {
            hearings = hearings.filter(hearing::audience.eq_any(self.audience));
        }
        self.of_the_caller(hearings, asker)
    }

    // An anonymous visitor has nothing of his own: asked for what is, he gets nothing, and asked for what is not, all.
    fn of_the_caller(self, mut hearings: Query<'a>, asker: &Require<ReadHearings>) -> Query<'a> {
        let account = asker.actor().map_or(AccountId(Uuid::nil()), |actor| actor.account);
        let with_role = |roles: &[HearingRole]| {
            hearing_role::table
                .filter(hearing_role::account_id.eq(account))
                .filter(hearing_role::role.eq_any(roles.to_vec()))
                .select(hearing_role::hearing_id)
        };
        if !self.role.is_empty() {
            hearings = hearings.filter(hearing::id.eq_any(with_role(self.role)));
        }
        if let Some(awaiting) = self.awaiting_answer {
            let awaits = hearing::id
                .eq_any(with_role(&[HearingRole::Invitee]))
                .and(hearing::id.ne_all(responses::queries::answered_by(account)))
                .and(in_statuses(&[HearingStatus::Open], asker.now()));
            hearings = if awaiting { hearings.filter(awaits) } else { hearings.filter(not(awaits)) };
        }
        if let Some(wanted) = self.answered {
            let mine = hearing::id
                .eq_any(responses::queries::begun_by(account))
                .or(hearing::id.eq_any(responses::queries::sent_by(account)));
            hearings = if wanted { hearings.filter(mine) } else { hearings.filter(not(mine)) };
        }
        hearings
    }
}

/// A hearing's place by its deadline, as the indexes have it: those without one come last.
pub(super) const BY_DEADLINE: &str = "coalesce(hearing.deadline_at, '9999-12-31T23:59:59Z')";
/// The same with the latest first.
pub(super) const BY_DEADLINE_DESCENDING: &str = "coalesce(hearing.deadline_at, '1970-01-01T00:00:00Z')";

/// The status as SQL computes it; an instant and a closing bracket are missing.
pub(super) const STATUS: &str = "hearing_status(hearing.published_at, hearing.starts_at, hearing.deadline_at, \
                                 hearing.cancelled_at, hearing.concluded_at, ";

/// Hearings in one of some statuses, as `hearing_status` computes them; a test compares the two. Written out, because of a
/// function the database does not know how many hearings it lets through, and plans for next to none.
fn in_statuses(statuses: &[HearingStatus], now: DateTime<Utc>) -> visibility::Predicate {
    let none: visibility::Predicate = Box::new(false.into_sql::<Bool>());
    let any = statuses.iter().fold(none, |any, status| Box::new(any.or(in_status(*status, now))));
    // A list by deadline can begin here instead of walking through years of others.
    let lie_ahead = |status: &HearingStatus| [HearingStatus::Scheduled, HearingStatus::Open].contains(status);
    if statuses.iter().all(lie_ahead) {
        Box::new(any.and(sql::<Bool>(&format!("{BY_DEADLINE} > ")).bind::<Timestamptz, _>(now)))
    } else {
        any
    }
}

fn in_status(status: HearingStatus, now: DateTime<Utc>) -> visibility::Predicate {
    let (starts, deadline) = (hearing::starts_at.assume_not_null(), hearing::deadline_at.assume_not_null());
    let published = hearing::published_at.is_not_null();
    let uncancelled = published.and(hearing::cancelled_at.is_null());
    let standing = uncancelled.and(hearing::concluded_at.is_null());
    match status {
        HearingStatus::Draft => Box::new(hearing::published_at.is_null()),
        HearingStatus::Scheduled => Box::new(standing.and(starts.gt(now))),
        HearingStatus::Open => Box::new(standing.and(starts.le(now)).and(deadline.gt(now))),
        HearingStatus::Processing => Box::new(standing.and(deadline.le(now))),
        HearingStatus::Concluded => Box::new(uncancelled.and(hearing::concluded_at.is_not_null())),
        HearingStatus::Cancelled => Box::new(published.and(hearing::cancelled_at.is_not_null())),
        HearingStatus::Unknown => Box::new(false.into_sql::<Bool>()),
    }
}
